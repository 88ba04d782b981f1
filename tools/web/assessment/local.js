// The page's own files kept by the service worker (sw.js), so that a draft on the device can be opened
// where there is no network.

/** The files that this page is made of so far, those of a draft among them. */
function files() {
  const own = performance.getEntriesByType("resource").map((entry) => new URL(entry.name))
    .filter((url) => url.origin === location.origin && !url.pathname.startsWith("/v1") && !url.search);
  return [location.pathname, ...new Set(own.map((url) => url.pathname))];
}

let asked = false;

export async function keepPage() {
  if (asked || !("serviceWorker" in navigator)) return;
  asked = true;
  try {
    await import("../pages/device.js");
    await navigator.serviceWorker.register("sw.js");
    const registration = await navigator.serviceWorker.ready;
    registration.active.postMessage({ kind: "keep", files: files() });
  } catch {
    // Without it the page works as long as it stays open; a later visit tries again.
    asked = false;
  }
}
