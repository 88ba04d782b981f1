// Two people changed one draft: what differs, side by side, field by field, for a person to choose. Nothing
// is merged that was not shown.

import { button, el, form, h1, inset, p, radios, showErrors, submit } from "../ui.js";
import { n, t } from "../texts.js";
import { moment, words } from "../dates.js";
import * as device from "./device.js";
import { differences, settle } from "./fields.js";
import { stepOf, stepsOf, titlesOf } from "./instrument.js";
import { valueWords } from "./grades.js";

function nameWords(work, name) {
  const [member, code] = name.split(".");
  const titles = titlesOf(work.instrument);
  if (!code) return t(`as_field_${member}`);
  return t(`as_field_${member}`, { item: titles.get(code) ? `${titles.get(code)} (${code})` : code });
}

function targetWords(target) {
  return t("as_target_words", { item: target.item, target: target.target ?? "-", by: target.by ? words(target.by) : "-" });
}

function shown(work, name, value) {
  if (value === undefined || value === null || value === "" || (Array.isArray(value) && !value.length)) return t("as_nothing");
  const [member, code] = name.split(".");
  if (member === "items") {
    const step = stepOf(stepsOf(work.instrument), code);
    return step ? valueWords(step, value) : String(value);
  }
  if (member === "targets") return value.map(targetWords).join("; ");
  if (member === "date") return words(value);
  if (member === "window") return value.map(words).join(" - ");
  return typeof value === "string" ? value : Array.isArray(value) ? value.join(", ") : String(value.id ?? JSON.stringify(value));
}

function fieldOf(work, difference) {
  const { name, by } = difference;
  const side = (who) => el("div", { class: "tm-side" }, el("span", { class: "govuk-body-s tm-side__who" }, t(`as_side_${who}`)),
    el("span", { class: "tm-side__value" }, shown(work, name, difference[who])));
  // Only where one of the two touched it is that one's proposed.
  return radios({ name, legend: nameWords(work, name), hint: t(`as_changed_${by}`), value: by === "both" ? "" : by,
    choices: [["mine", side("mine")], ["theirs", side("theirs")]] });
}

/** The form that asks; `then` is called when it is settled and sent. `way`: as a frame's. */
export function showConflict(place, work, way, then) {
  const { view } = work.theirs;
  if (view.state !== "draft") return showClosed(place, work, way);
  const found = differences(work.base, work.mine, view.assessment);
  const made = form({
    fields: [...found.map((difference) => fieldOf(work, difference)), submit(t("as_conflict_keep"))],
    send: async (held, made_) => {
      const open = found.filter(({ name }) => !held[name]).map(({ name }) => [name, t("as_conflict_missing", { field: nameWords(work, name) })]);
      if (open.length) return showErrors(made_, open);
      await work.resolve(settle(view.assessment, work.mine, new Map(Object.entries(held))));
      return then();
    },
  });
  place.replaceChildren(h1(t("as_conflict_title"), t("as_of_child", { child: work.child })),
    inset(t("as_conflict_body", { time: moment(view.changed) }), " ", n("as_conflict_count", found.length)), made);
  return place.querySelector("h1").focus();
}

// Complete or withdrawn meanwhile: nothing can be sent, and nothing typed is thrown away unseen.
function showClosed(place, work, way) {
  const { view } = work.theirs;
  const found = differences(work.base, work.mine, view.assessment).filter(({ by }) => by !== "theirs");
  place.replaceChildren(h1(t("as_closed_title"), t("as_of_child", { child: work.child })),
    inset(t("as_closed_body", { state: t(`as_state_${view.state.replaceAll("-", "_")}`) })),
    el("dl", { class: "govuk-summary-list" }, found.map((difference) => el("div", { class: "govuk-summary-list__row" },
      el("dt", { class: "govuk-summary-list__key" }, nameWords(work, difference.name)),
      el("dd", { class: "govuk-summary-list__value" }, shown(work, difference.name, difference.mine))))),
    found.length ? "" : p(t("as_closed_nothing")),
    button(t("as_closed_drop"), async () => {
      if (device.isOpen()) await device.wipe();
      work.drop();
      way.onDropped();
    }));
  place.querySelector("h1").focus();
}
