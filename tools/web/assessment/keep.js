// A draft on the device, as people see it: a PIN for it, the PIN asked for again, and taking it off.

import { moment } from "../dates.js";
import { button, el, form, h1, h2, inset, input, p, showErrors, submit } from "../ui.js";
import { n, t } from "../texts.js";
import * as device from "./device.js";

// No password: a browser is not to offer to keep it.
const pinField = (name, label, hint) =>
  input({ name, label, hint, type: "password", width: "10", attributes: { autocomplete: "one-time-code", spellcheck: "false" } });

function wrong(error) {
  if (!(error instanceof device.DeviceProblem)) throw error;
  return error.code === "wrong" ? n("as_pin_wrong", error.left) : t(`as_pin_${error.code}`);
}

function checkNew(pin, again) {
  if (pin.length < device.PIN_SHORTEST) return [["pin", t("as_pin_short", { count: device.PIN_SHORTEST })]];
  // A row of one sign, or the digits in their order, is what is tried first.
  if (/^(.)\1*$/.test(pin) || "0123456789012345".includes(pin) || "9876543210987654".includes(pin)) return [["pin", t("as_pin_easy")]];
  return pin === again ? [] : [["again", t("as_pin_differs")]];
}

/** Asks for a new PIN and puts the draft on the device. `then` is called when it is there. */
export function setPin(work, then) {
  const made = form({
    className: "tm-narrow",
    fields: [pinField("pin", t("as_pin_new"), t("as_pin_hint", { count: device.PIN_SHORTEST })), pinField("again", t("as_pin_again")), submit(t("as_device_keep"))],
    send: async (_, made_) => {
      const [pin, again] = ["pin", "again"].map((name) => made_.elements[name].value);
      const errors = checkNew(pin, again);
      if (errors.length) return showErrors(made_, errors);
      try {
        await device.begin(pin, work.record);
      } catch (error) {
        return showErrors(made_, [["pin", wrong(error)]]);
      }
      made_.reset();
      return then();
    },
  });
  return made;
}

/** What stands on the device about this draft, and what one may do about it. */
export function deviceBox(work, again) {
  const place = el("section", { class: "tm-device", "aria-labelledby": "device-title" });
  const title = h2(t("as_device_title"), { id: "device-title" });
  const fill = async () => {
    const kept = await device.kept().catch(() => null);
    if (device.isOpen() && kept) {
      place.replaceChildren(title, p(t("as_device_on", { until: moment(kept.until / 1000) })),
        button(t("as_device_off"), async () => { await device.wipe(); fill(); again(); }, "secondary"));
    } else if (kept) {
      place.replaceChildren(title, p(t("as_device_other", { until: moment(kept.until / 1000) })),
        el("a", { class: "govuk-link", href: "#/device" }, t("as_device_open")));
    } else {
      place.replaceChildren(title, p(t("as_device_offer")), setPin(work, () => { fill(); again(); }));
    }
  };
  fill();
  return place;
}

/** Asks for the PIN of the draft on the device; `then` is called with what stood there. */
export async function askPin(place, then) {
  const kept = await device.kept();
  if (!kept) {
    place.replaceChildren(h1(t("as_device_title")), p(t("as_pin_none")));
    return;
  }
  const made = form({
    className: "tm-narrow",
    fields: [pinField("pin", t("as_pin"), n("as_pin_left", kept.left)), submit(t("as_device_unlock"))],
    send: async (_, made_) => {
      try {
        const record = await device.unlock(made_.elements.pin.value);
        made_.reset();
        return await then(record);
      } catch (error) {
        made_.elements.pin.value = "";
        if (error.code !== "wiped" && error.code !== "none") return showErrors(made_, [["pin", wrong(error)]]);
        place.replaceChildren(h1(t("as_device_title")), el("div", { role: "alert" }, inset(t(`as_pin_${error.code}`))));
        return undefined;
      }
    },
  });
  place.replaceChildren(h1(t("as_device_title")), p(t("as_device_there", { until: moment(kept.until / 1000) })), made,
    button(t("as_device_wipe"), () => confirmWipe(place, then), "secondary"));
  place.querySelector("h1").focus();
}

function confirmWipe(place, then) {
  place.replaceChildren(h1(t("as_device_wipe")), p(t("as_device_wipe_body")),
    button(t("as_device_wipe"), async () => {
      await device.wipe();
      place.replaceChildren(h1(t("as_device_title")), p(t("as_device_wiped")));
      place.querySelector("h1").focus();
    }, "warning"), " ",
    button(t("as_device_not"), () => askPin(place, then), "secondary"));
  place.querySelector("h1").focus();
}
