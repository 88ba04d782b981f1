// For the manager who has the case: to whom else it is open, and ending that before its time.

import { address, change, list, newKey, Problem } from "../api.js";
import { moment } from "../dates.js";
import { button, done, el, form, h2, hidden, p, submit, table, textarea, wordsOf } from "../ui.js";
import { n, t } from "../texts.js";
import { code } from "../words.js";

function endForm(child, one, told, renew) {
  const key = newKey();
  return [
    h2(t("opening_end_title", { account: one.account }), { tabindex: "-1" }),
    form({
      fields: [textarea({ name: "reason", label: t("opening_end_reason"), hint: t("opening_end_hint"), rows: 2 }), submit(t("opening_end_keep"))],
      names: ["reason"],
      send: async (held) => {
        await change("POST", address("/v1/children/{}/openings/{}/end", child, one.number), { body: { reason: held.reason || "" }, key });
        await renew();
        done(told, t("opening_ended", { account: one.account }));
        told.firstChild.focus();
      },
    }),
  ];
}

function row(one, ask) {
  return [
    one.account,
    one.limited ? [code("opening", one.kind), t("opening_limited")].join(", ") : code("opening", one.kind),
    moment(one.from),
    moment(one.until),
    el("div", { class: "tm-told" }, one.reason),
    one.is_open ? button([t("opening_end"), hidden(`: ${one.account}`)], () => ask(one), "secondary") : t("opening_over"),
  ];
}

/** The section, and a function that reads it anew. A case that is another team's is not theirs to look at. */
export async function openings(child, told) {
  const found = el("div");
  const asked = el("div");
  const ask = (one) => {
    asked.replaceChildren(...endForm(child, one, told, renew));
    asked.firstChild.focus();
  };
  async function renew() {
    const { items } = await list(address("/v1/children/{}/openings", child));
    asked.replaceChildren();
    found.replaceChildren(items.length
      ? table({
          caption: n("openings", items.length),
          columns: [t("account"), t("opening_kind"), t("from"), t("until"), t("reason"), t("account_state")],
          rows: items.reverse().map((one) => row(one, ask)),
        })
      : p(t("openings_none")));
  }
  try {
    await renew();
  } catch (error) {
    if (!(error instanceof Problem) || error.status !== 403) throw error;
    found.replaceChildren(p(wordsOf(error)));
  }
  return { section: [h2(t("openings_title")), found, asked], renew };
}
