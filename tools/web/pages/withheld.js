// That something is limited to other agencies, on top of what is made without it: how much, never what.

import { el } from "../ui.js";
import { n } from "../texts.js";

/** Of an answer of the API; nothing where nothing is withheld. */
export function withheld(answer) {
  const { rows = 0, siblings_rows: siblings = 0, prompts = 0 } = answer.withheld || {};
  const said = [
    rows && n("withheld_rows", rows),
    siblings && n("withheld_siblings", siblings),
    prompts && n("withheld_prompts", prompts),
  ].filter(Boolean);
  return said.length ? el("div", { class: "govuk-inset-text tm-withheld" }, said.join(" ")) : "";
}
