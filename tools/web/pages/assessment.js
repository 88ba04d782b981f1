// One assessment: as a form while it is a draft, to be read once it is complete.

import { address, get, getVersioned } from "../api.js";
import { to } from "../router.js";
import { current, may } from "../session.js";
import { backLink, details, done, el, form, h1, inset, link, submit, textarea, showErrors } from "../ui.js";
import { t } from "../texts.js";
import * as device from "../assessment/device.js";
import { readOnly } from "../assessment/ends.js";
import { Frame } from "../assessment/frame.js";
import { stepsOf } from "../assessment/instrument.js";
import { keepPage } from "../assessment/local.js";
import { Work } from "../assessment/work.js";

let open = null; // the one that is worked on: it goes on when the address comes back to it

addEventListener("beforeunload", (event) => {
  if (open?.work.isChanged && !device.isOpen()) event.preventDefault();
});
addEventListener("online", () => open?.work.send());
document.addEventListener("visibilitychange", () => document.hidden && open?.work.send());

/** Makes `work` the one that is worked on. */
export function take(work) {
  open?.frame?.leave();
  open = { work, frame: null };
  return work;
}

async function load(id) {
  if (open?.work.id === id && (open.work.isChanged || device.isOpen())) return open.work;
  const { value: view, etag } = await getVersioned(address("/v1/assessments/{}", id));
  const instrument = await get(address("/v1/instruments/{}", view.instrument));
  return take(new Work({ view, etag, instrument, account: current()?.account.name }));
}

function withdrawal(work) {
  return details(t("as_withdraw"), form({
    fields: [textarea({ name: "reason", label: t("as_withdraw_reason"), rows: 2 }), submit(t("as_withdraw"))],
    send: async (held, made) => {
      if (!held.reason) return showErrors(made, [["reason", t("as_withdraw_missing")]]);
      await work.withdraw(held.reason);
      if (device.isOpen()) await device.wipe();
      location.hash = to("/children/{}/assessments", [work.child]);
      return undefined;
    },
  }));
}

function showRead(place, work, told) {
  const message = el("div");
  const countersign = async () => {
    try {
      await work.finish("countersignature");
      showRead(place, work, t("as_countersigned"));
    } catch (error) {
      if (!("status" in error)) throw error;
      message.replaceChildren(inset(error.message));
    }
  };
  place.replaceChildren(
    backLink(to("/children/{}/assessments", [work.child]), t("as_back")), message,
    h1(work.view.instrument_title, t("as_of_child", { child: work.child })));
  place.append(...[readOnly(work, stepsOf(work.instrument, work.mine.age_band), { countersign, account: current()?.account.name })].flat(Infinity).filter(Boolean));
  if (told) done(message, told);
  if (told) message.firstChild.focus();
}

/** A draft that may be on the device too, not opened: it is opened first, so that nothing of it is lost. */
async function otherOnDevice() {
  return !device.isOpen() && (await device.kept().catch(() => null));
}

export async function show(place, { params, query }) {
  const work = await load(params.id);
  if (!work.isDraft || !may("assessments.save")) return showRead(place, work);
  const frame = new Frame(el("div"), work, {
    back: to("/children/{}/assessments", [work.child]),
    address: (step) => to("/assessments/{}", [work.id], { step }),
    behind: () => withdrawal(work),
    onDone: (text) => showRead(place, work, text),
    onDropped: () => { location.hash = to("/children/{}/assessments", [work.child]); },
  });
  open?.frame?.leave();
  open = { work, frame };
  if (await otherOnDevice()) place.append(inset(t("as_device_there_too"), " ", link("#/device", t("as_device_open"))));
  place.append(frame.place);
  frame.show(query.step || "about");
  work.send();
  keepPage();
  return undefined;
}

