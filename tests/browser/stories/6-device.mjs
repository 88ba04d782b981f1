// A visit off the network: the draft on the device, encrypted, opened again with its PIN, sent when back;
// nothing of it readable there; wiped after ten wrong PINs, and after seven days.

import { check, same } from "../tally.mjs";
import { begin, gradeStep, staff, state } from "../assessment.mjs";

export const name = "device";

const PIN = "480-172-lamp";
const WORD = "Wintergreenporridge";
const DAY_MS = 86400000;

async function keep(visit) {
  const { page } = visit;
  await page.locator("summary", { hasText: "All steps" }).click();
  await page.getByRole("link", { name: "For a visit off the network" }).click();
  await page.getByLabel("Choose a PIN").fill("123456");
  await page.getByLabel("The PIN again").fill("123456");
  await page.getByRole("button", { name: "Keep it on this device" }).click();
  await page.getByText("Choose a PIN that is not a row").first().waitFor();
  await page.getByLabel("Choose a PIN").fill(PIN);
  await page.getByLabel("The PIN again").fill(PIN);
  await page.getByRole("button", { name: "Keep it on this device" }).click();
  await page.getByRole("button", { name: "Take it off this device" }).waitFor();
}

/** All that stands in the page's databases, as one text of bytes; "" when there is no record. */
function onDevice(page) {
  return page.evaluate(async () => {
    const dump = (value) => {
      if (value instanceof ArrayBuffer) return String.fromCharCode(...new Uint8Array(value));
      if (ArrayBuffer.isView(value)) return dump(value.buffer.slice(value.byteOffset, value.byteOffset + value.byteLength));
      return value && typeof value === "object" ? Object.entries(value).map(([key, held]) => key + dump(held)).join("\n") : String(value);
    };
    const texts = [];
    for (const { name, version } of await indexedDB.databases()) {
      const database = await new Promise((resolve) => { const asked = indexedDB.open(name, version); asked.onsuccess = () => resolve(asked.result); });
      for (const store of database.objectStoreNames)
        texts.push(dump(await new Promise((resolve) => { const asked = database.transaction(store).objectStore(store).getAll(); asked.onsuccess = () => resolve(asked.result); })));
      database.close();
    }
    return texts.join("") + Object.entries(localStorage).join() + Object.entries(sessionStorage).join();
  });
}

function nothingReadable(text, id, visit) {
  const wide = [...WORD].join("\0");
  for (const [what, sign] of [["the evidence", WORD], ["the evidence in two-byte letters", wide], ["the child", "LN-1"], ["the assessment", id], ["the PIN", PIN], ["who is signed in", "sam"]])
    check(!text.includes(sign), `${visit.name}: ${what} cannot be read on the device`);
  check(Number(/rounds(\d+)/.exec(text)?.[1]) >= 600000, `${visit.name}: the key is made with enough rounds`);
}

async function away(visit, id) {
  const { page } = visit;
  await visit.go(`#/assessments/${id}?step=A1`);
  // What the page is made of is kept by then.
  await page.waitForFunction(async () => (await (await caches.open("tidemark-page-1")).match("/pages/device.js")) !== undefined);
  const files = await page.evaluate(async () => (await (await caches.open("tidemark-page-1")).keys()).map((request) => new URL(request.url).pathname));
  check(files.length > 10 && files.every((file) => !file.startsWith("/v1")), `${visit.name}: only the page's own files are kept`, files);
  await page.context().setOffline(true);
  await gradeStep(visit, () => "3");
  await page.locator(".tm-remarks summary").first().click();
  await page.getByLabel("Evidence: strengths first").first().fill(`${WORD} on the table.`);
  await state(visit, "Off the network: kept on this device, encrypted.");
  await visit.look("off the network");
  await page.waitForTimeout(300);
  nothingReadable(await onDevice(page), id, visit);
}

async function openAgain(visit) {
  const { page } = visit;
  await page.reload();
  await page.getByLabel("PIN").waitFor();
  await visit.look("asked for the PIN");
  await page.getByLabel("PIN").fill("not this one");
  await page.getByRole("button", { name: "Open the draft" }).click();
  await page.getByText("Wrong PIN. 9 tries are left").first().waitFor();
  await page.getByLabel("PIN").fill(PIN);
  await page.getByRole("button", { name: "Open the draft" }).click();
  await page.getByRole("heading", { name: "About this assessment" }).waitFor();
  await page.locator(".tm-next").click();
  same(await page.locator('.tm-grade[aria-pressed="true"] .tm-grade__value').allTextContents(), ["3", "3", "3", "3"], `${visit.name}: the grades are there again`);
  await page.getByLabel("The child's words").first().fill("More toast.");
  await visit.look("opened off the network");
}

async function back(visit, id) {
  const { page } = visit;
  await page.context().setOffline(false);
  await page.getByRole("heading", { name: "The draft was sent" }).waitFor({ timeout: 60000 });
  await visit.look("sent");
  same(await onDevice(page), "", `${visit.name}: nothing is left on the device`);
  await page.getByRole("link", { name: "Go on with the assessment" }).click();
  await page.getByRole("heading", { name: "About this assessment" }).waitFor();
  const { assessment } = await visit.api(`/v1/assessments/${id}`);
  same([assessment.items, assessment.evidence.A1a, assessment.child_words.A1a], [{ A1a: 3, A1b: 3, A1c: 3, A1d: 3 }, `${WORD} on the table.`, "More toast."], `${visit.name}: the server has what was entered`);
}

async function tenWrong(visit) {
  const { page } = visit;
  await keep(visit);
  await visit.go("#/device");
  for (let left = 9; left > 0; left--) {
    await page.getByLabel("PIN").fill(`wrong number ${left}`);
    await page.getByRole("button", { name: "Open the draft" }).click();
    await page.getByText(left === 1 ? "Wrong PIN. One try is left" : `Wrong PIN. ${left} tries are left`).first().waitFor();
    // A reload gives no try back.
    if (left === 5) await page.reload();
  }
  await page.getByLabel("PIN").fill("the tenth");
  await page.getByRole("button", { name: "Open the draft" }).click();
  await page.getByText("Ten wrong PINs: the draft was wiped").waitFor();
  await visit.look("wiped");
  same(await onDevice(page), "", `${visit.name}: ten wrong PINs wipe it`);
}

async function sevenDays(visit, id) {
  const { page } = visit;
  await visit.go(`#/assessments/${id}`);
  await keep(visit);
  await page.clock.setFixedTime(Date.now() + 7 * DAY_MS + 1000);
  await visit.go("#/device");
  await page.getByText("No draft is on this device").waitFor();
  same(await onDevice(page), "", `${visit.name}: seven days wipe it`);
}

export async function tell(visit) {
  await staff(visit.world);
  await visit.signIn("sam");
  const id = await begin(visit, "Graded care, original structure");
  await keep(visit);
  await visit.look("kept");
  await away(visit, id);
  await openAgain(visit);
  await back(visit, id);
  await tenWrong(visit);
  await sevenDays(visit, id);
}
