// The draft on this device: opened with its PIN, with the network to be sent, without it to be worked on.

import { Problem } from "../api.js";
import { askPin } from "../assessment/keep.js";
import * as device from "../assessment/device.js";
import { Frame } from "../assessment/frame.js";
import { Work } from "../assessment/work.js";
import { to } from "../router.js";
import { current, resume } from "../session.js";
import { el, h1, inset, p, say } from "../ui.js";
import { t } from "../texts.js";

const IDLE_MS = 15 * 60000;

function workOf(record) {
  const work = new Work({ ...record, view: { ...record.view, assessment: record.base } });
  work.wasAway = true;
  // Who is signed in sends it, and nobody else does.
  work.ready = async () => {
    const session = current() || (await resume());
    if (!session) throw new Problem(401, {});
    if (record.account && session.account.name !== record.account) throw new Problem(403, { detail: t("as_device_account", { account: record.account }) });
  };
  return work;
}

async function sent(place, work) {
  await device.wipe();
  place.replaceChildren(h1(t("as_sent_title")), inset(t("as_sent_body")), p(
    el("a", { class: "govuk-link", href: to("/assessments/{}", [work.id]), onclick: () => current() && setTimeout(() => location.reload(), 0) }, t("as_sent_on"))));
  place.querySelector("h1").focus();
  say(t("as_sent_title"));
}

// Nobody is signed in here, so the lock of the session does not watch: the PIN is asked for again.
function watchIdle() {
  let last = Date.now();
  for (const kind of ["pointerdown", "keydown"]) addEventListener(kind, () => { last = Date.now(); }, { passive: true, capture: true });
  setInterval(() => {
    if (current() || Date.now() - last < IDLE_MS) return;
    device.close();
    location.reload();
  }, 5000);
}

function workOn(place, work) {
  const frame = new Frame(place, work, {
    address: (step) => to("/device", [], { step }),
    onDone: () => {},
    onDropped: () => { location.hash = to("/assessments/{}", [work.id]); location.reload(); },
    needsSignIn: () => work.problem?.status === 401,
  });
  addEventListener("online", () => work.send());
  work.addEventListener("saved", async () => {
    if (work.isChanged) return;
    frame.leave();
    await sent(place, work);
  });
  frame.show("about");
}

async function opened(place, record) {
  const work = workOf(record);
  if (!work.isChanged && current()) return sent(place, work);
  workOn(place, work);
  return work.send();
}

export async function show(place) {
  await askPin(place, (record) => opened(place, record));
}

/** Where the page was loaded off the network: the draft, if there is one; false when there is none. */
export async function showAway(place) {
  if (!(await device.kept().catch(() => null))) return false;
  await askPin(place, (record) => opened(place, record));
  watchIdle();
  return true;
}
