// Before a case that is not one's own is opened: why. The reason is kept and shown to the manager.

import { address, change } from "../api.js";
import { el, form, h1, input, inset, p, submit, textarea } from "../ui.js";
import { t } from "../texts.js";

export function askReason(place, child, then) {
  place.replaceChildren(
    el("div", { class: "tm-narrow" },
      h1(t("reason_title"), child),
      p(t("reason_body")),
      inset(t("reason_kept")),
      form({
        fields: [
          textarea({ name: "reason", label: t("reason_label"), hint: t("reason_hint"), attributes: { maxlength: 1000 } }),
          submit(t("reason_open")),
        ],
        names: ["reason"],
        send: async (held) => {
          await change("POST", address("/v1/children/{}/access", child), { body: { reason: held.reason || "" } });
          await then();
        },
      })),
  );
}

/** To look for a child that is in no list of one's own. */
export function askChild(then) {
  return form({
    className: "tm-row",
    fields: [
      input({ name: "child", label: t("find_child"), hint: t("find_child_hint"), width: "20", attributes: { autocomplete: "off" } }),
      submit(t("find")),
    ],
    send: async (held) => held.child && then(held.child),
  });
}
