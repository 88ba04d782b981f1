// One item of a form: large buttons for its grades, "not seen" beside them, last time's grade once there is
// one of one's own, and the evidence and the child's words. A grade leads on to the next item.

import { words } from "../dates.js";
import { el, newId, textarea } from "../ui.js";
import { t } from "../texts.js";
import { NOT_APPLICABLE, NOT_SEEN, gradeOf } from "./instrument.js";

function choicesOf(step) {
  const grades = step.grades.map((grade) => ({
    value: grade.value, shown: String(grade.value), label: grade.label, key: String(grade.value), kind: grade.meaning || "plain" }));
  return [...grades,
    { value: NOT_SEEN, shown: t("as_not_seen"), label: "", key: "n", kind: "not-seen" },
    { value: NOT_APPLICABLE, shown: t("as_not_applicable"), label: "", key: "x", kind: "not-seen" }];
}

export function valueWords(step, value) {
  if (value === NOT_SEEN) return t("as_not_seen");
  if (value === NOT_APPLICABLE) return t("as_not_applicable");
  const grade = gradeOf(step, value);
  return grade?.label ? t("as_grade_words", { grade: value, label: grade.label }) : String(value);
}

function buttonOf(choice, chosen, act) {
  const label = choice.label && el("span", { class: "tm-grade__label" }, choice.label);
  return el("button", { type: "button", class: `tm-grade tm-grade--${choice.kind}`, "aria-pressed": String(choice.value === chosen),
    "data-value": choice.value, onclick: () => act(choice.value) },
    el("span", { class: "tm-grade__value" }, choice.shown), label);
}

// One stop for the tab key a group; the arrows go from button to button.
function rove(group, at) {
  const buttons = [...group.querySelectorAll("button")];
  for (const [place, button] of buttons.entries()) button.tabIndex = place === at ? 0 : -1;
  return buttons[at];
}

function markChosen(group, value) {
  const buttons = [...group.querySelectorAll("button")];
  for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset.value === String(value)));
  rove(group, Math.max(0, buttons.findIndex((button) => button.dataset.value === String(value))));
}

function onKey(event, group, choices, act, move) {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  const buttons = [...group.querySelectorAll("button")];
  const at = buttons.indexOf(document.activeElement);
  const steps = { ArrowRight: 1, ArrowLeft: -1 };
  const choice = choices.find((one) => one.key === event.key.toLowerCase());
  if (choice) act(choice.value);
  else if (event.key in steps) rove(group, (at + steps[event.key] + buttons.length) % buttons.length).focus();
  else if (event.key === "Home" || event.key === "End") rove(group, event.key === "Home" ? 0 : buttons.length - 1).focus();
  else if (event.key === "ArrowDown" || event.key === "ArrowUp") move(event.key === "ArrowDown" ? 1 : -1);
  else return;
  event.preventDefault();
}

/** Last time's grade: only where there is one of one's own, so that it does not lead the hand. */
async function showBefore(place, work, step, item) {
  if (work.mine.items?.[item.code] === undefined) return place.replaceChildren();
  const before = await work.previous();
  const value = before?.items?.[item.code];
  if (value === undefined) return place.replaceChildren();
  return place.replaceChildren(t("as_before", { date: words(before.date), grade: valueWords(step, value) }));
}

function remarks(work, item) {
  const held = (member) => work.mine[member]?.[item.code] || "";
  const isOpen = Boolean(held("evidence") || held("child_words"));
  const field = (member, label, hint) =>
    textarea({ name: `${member}-${item.code}`, label: t(label), hint: t(hint), value: held(member), rows: 3,
      // Off: so that the browser does not keep it on the disk to bring a closed page back.
      attributes: { autocomplete: "off", oninput: (event) => work.set(`${member}.${item.code}`, event.target.value) } });
  return el("details", { class: "govuk-details tm-remarks", open: isOpen },
    el("summary", { class: "govuk-details__summary" },
      el("span", { class: "govuk-details__summary-text" }, t("as_remarks"),
        el("span", { class: "govuk-visually-hidden" }, ` ${t("as_remarks_of", { item: item.title })}`))),
    el("div", { class: "govuk-details__text" },
      field("evidence", "as_evidence", "as_evidence_hint"),
      field("child_words", "as_child_words", "as_child_words_hint")));
}

/** `lead(by)`: to the item so many further on. */
export function itemGroup({ work, step, item, lead }) {
  const id = newId("item");
  const choices = choicesOf(step);
  const before = el("p", { class: "govuk-body-s tm-before", "aria-live": "polite" });
  const chosen = () => work.mine.items?.[item.code];
  const act = (value) => {
    const again = chosen() === value;
    work.set(`items.${item.code}`, again ? undefined : value, true);
    markChosen(group, again ? undefined : value);
    showBefore(before, work, step, item);
    if (!again) lead(1);
  };
  const group = el("div", { class: `tm-grades tm-grades--${Math.min(step.grades.length, 9)}`, role: "group", "aria-labelledby": id },
    choices.map((choice) => buttonOf(choice, chosen(), act)));
  group.addEventListener("keydown", (event) => onKey(event, group, choices, act, lead));
  markChosen(group, chosen());
  showBefore(before, work, step, item);
  const isWhole = item.code === step.code;
  return el("section", { class: "tm-item", "data-item": item.code },
    el("h2", { class: "govuk-heading-m tm-item__title", id }, isWhole ? step.title : item.title, el("span", { class: "tm-item__code" }, ` ${item.code}`)),
    group, before, remarks(work, item));
}
