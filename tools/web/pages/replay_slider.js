// The day up to which a record is read: a slider over the days on which something became known, two
// buttons beside it, and a field for any other day.

import { bounds, readDay, words } from "../dates.js";
import { button, el, hidden, newId } from "../ui.js";
import { t } from "../texts.js";

/** Days on which the record grew, the first to today. */
export function daysOfChange(events, today) {
  const days = new Set(events.map((event) => event.recorded || bounds(event.occurred).from).filter((day) => day && day < today));
  return [...days].sort().concat(today);
}

/** `then(day)` is called when a day is settled on. */
export function slider(days, day, then) {
  const id = newId("slider");
  const last = days.length - 1;
  const at = () => Number(range.value);
  const output = el("output", { class: "tm-slider__day", for: id });
  const range = el("input", {
    type: "range", id, min: 0, max: last, step: 1, class: "tm-slider__range", "aria-describedby": `${id}-hint`,
    oninput: () => tell(days[at()]),
    onchange: () => then(days[at()]),
  });
  const nearest = (asked) => Math.max(0, days.findLastIndex((one) => one <= asked));
  const tell = (shown) => {
    const said = shown === days[last] ? t("slider_today", { date: words(shown) }) : words(shown);
    output.textContent = said;
    range.setAttribute("aria-valuetext", said);
    back.disabled = at() === 0;
    on.disabled = at() === last;
  };
  const go = (shown) => {
    range.value = nearest(shown);
    tell(shown);
    then(shown);
  };
  const back = button(t("slider_back"), () => go(days[Math.max(0, at() - 1)]), "secondary");
  const on = button(t("slider_on"), () => go(days[Math.min(last, at() + 1)]), "secondary");
  range.value = nearest(day);
  tell(day);
  return el("section", { class: "tm-slider", "aria-labelledby": `${id}-title` },
    el("h2", { class: "govuk-heading-s", id: `${id}-title` }, t("slider_title")),
    el("p", { class: "govuk-hint", id: `${id}-hint` }, t("slider_hint")),
    el("div", { class: "tm-slider__row" },
      el("label", { class: "govuk-label", for: id }, hidden(t("slider_label"))), range),
    el("div", { class: "tm-slider__row" }, back, output, on),
    otherDay(id, days, go));
}

// A day on which nothing changed: of a meeting, say.
function otherDay(id, days, go) {
  const wrong = el("p", { class: "govuk-error-message", id: `${id}-wrong`, role: "alert" });
  const typed = el("input", { class: "govuk-input", id: `${id}-date`, "aria-describedby": wrong.id, autocomplete: "off" });
  return el("form", { class: "tm-slider__row tm-slider__other", novalidate: true, onsubmit: (event) => {
    event.preventDefault();
    const day = readDay(typed.value);
    const isThere = day && day >= days[0] && day <= days.at(-1);
    wrong.textContent = isThere ? "" : t("slider_wrong");
    if (isThere) go(day);
    else typed.focus();
  } },
  wrong,
  el("label", { class: "govuk-label", for: typed.id }, t("slider_other")),
  typed,
  el("button", { class: "govuk-button govuk-button--secondary", type: "submit" }, t("slider_go")));
}
