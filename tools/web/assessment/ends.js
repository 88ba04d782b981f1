// The steps around those of the sub-areas: what the assessment is about, targets, and the last look before
// it is complete.

import { readDay, words } from "../dates.js";
import { may } from "../session.js";
import { button, checkboxes, el, errorsOf, form, h2, inset, input, outside, p, say, select, showErrors, submit, summary, table } from "../ui.js";
import { n, t } from "../texts.js";
import { address } from "../api.js";
import { answered, gradeOf, stepOf, titlesOf } from "./instrument.js";
import { valueWords } from "./grades.js";
import { wholeScore } from "./score.js";

// --- what it is about ---

const ageChoices = (instrument) => [["", t("choose")], ...instrument.age_bands.map((band) => [band.code, band.title || band.code])];

export function aboutStep(work, again) {
  const { mine, instrument } = work;
  const typed = (name) => ({ autocomplete: "off", oninput: (event) => work.set(name, event.target.value.trim()) });
  // What is no day stays to be mended; the day before it stands until then.
  const takeDay = ({ target }) => {
    const day = readDay(target.value);
    target.setAttribute("aria-invalid", String(!day));
    if (day) work.set("date", day, true);
    if (day) target.value = words(day);
    say(day ? "" : t("as_day_wrong"));
  };
  const conditions = [...new Set(instrument.conditional.map((rule) => rule.condition))];
  const chosen = el("div", { onchange: () => work.set("conditions", [...chosen.querySelectorAll("input:checked")].map((one) => one.value), true) },
    conditions.length ? checkboxes({ name: "conditions", legend: t("as_conditions"), hint: t("as_conditions_hint"), value: mine.conditions || [],
      choices: conditions.map((code) => [code, t("as_condition", { condition: code.replaceAll("-", " ") })]) }) : "");
  return el("div", { class: "tm-narrow" },
    input({ name: "date", label: t("as_date"), hint: t("as_date_hint"), value: mine.date ? words(mine.date) : "", width: "20", attributes: { autocomplete: "off", onchange: takeDay } }),
    instrument.respondent === "carer" ? input({ name: "carer", label: t("as_carer"), hint: t("as_carer_hint"), value: mine.carer || "", width: "20", attributes: typed("carer") }) : "",
    instrument.age_bands.length ? select({ name: "age_band", label: t("as_age_band"), choices: ageChoices(instrument), value: mine.age_band || "",
      onchange: (event) => { work.set("age_band", event.target.value, true); again(); } }) : "",
    chosen);
}

// --- targets ---

function targetTable(work, titles, steps, again) {
  const targets = work.mine.targets || [];
  if (!targets.length) return p(t("as_targets_none"));
  return table({
    caption: t("as_targets"),
    columns: [t("as_item"), t("as_now"), t("as_target"), t("as_by"), t("as_remove")],
    rows: targets.map((one, at) => {
      const step = stepOf(steps, one.item);
      const shown = (value) => (value === undefined || value === null ? "-" : step ? valueWords(step, value) : String(value));
      return [`${titles.get(one.item) || one.item} (${one.item})`, shown(one.current), shown(one.target), one.by ? words(one.by) : "-",
        button(t("as_remove_target", { item: one.item }), () => {
          work.set("targets", targets.filter((_, other) => other !== at), true);
          again();
        }, "secondary")];
    }),
  });
}

function targetForm(work, titles, steps, again) {
  const items = steps.flatMap((step) => step.items.filter((item) => Number.isInteger(work.mine.items?.[item.code])).map((item) => [step, item]));
  if (!items.length) return inset(t("as_targets_first"));
  // What gives most concern is what a target is set for.
  const byGrade = [...items].sort(([a, x], [b, y]) => a.grades.indexOf(gradeOf(a, work.mine.items[x.code])) - b.grades.indexOf(gradeOf(b, work.mine.items[y.code]))).reverse();
  const values = [...new Set(steps.flatMap((step) => step.grades.map((grade) => grade.value)))];
  return form({
    className: "tm-narrow",
    names: ["item", "target", "by"],
    fields: [
      select({ name: "item", label: t("as_item"), value: byGrade[0][1].code, choices: byGrade.map(([, item]) =>
        [item.code, t("as_target_item", { item: titles.get(item.code), code: item.code, grade: work.mine.items[item.code] })]) }),
      select({ name: "target", label: t("as_target"), value: String(values[0]), choices: values.map((value) => [String(value), String(value)]) }),
      input({ name: "by", label: t("as_by"), hint: t("as_by_hint"), width: "20" }),
      submit(t("as_target_add")),
    ],
    send: async (held, made) => {
      const by = readDay(held.by || "");
      if (held.by && !by) return showErrors(made, [["by", t("as_day_wrong")]]);
      const target = { item: held.item, current: work.mine.items[held.item], target: Number(held.target), ...(by ? { by } : {}) };
      work.set("targets", [...(work.mine.targets || []).filter((one) => one.item !== held.item), target], true);
      return again();
    },
  });
}

export function targetStep(work, steps, again) {
  const titles = titlesOf(work.instrument);
  return [p(t("as_targets_body")), targetTable(work, titles, steps, again), targetForm(work, titles, steps, again)];
}

// --- the last look ---

function unanswered(work, steps, goTo) {
  const open = steps.filter((step) => answered(step, work.mine.items) < step.items.length);
  if (!open.length) return p(t("as_all_answered"));
  return [p(t("as_unanswered")), el("ul", { class: "govuk-list govuk-list--bullet" }, open.map((step) => el("li", {},
    el("a", { class: "govuk-link", href: "#", onclick: (event) => { event.preventDefault(); goTo(step.code); } }, step.title),
    ` (${n("as_items", step.items.length - answered(step, work.mine.items))})`)))];
}

/** The summary of errors: each leads to the step that it is about. */
export function problemSummary(problems, steps, goTo) {
  const line = ({ item, message }) => {
    const step = item && stepOf(steps, item);
    const text = message.replace(/^item [^:]*: /, "");
    const shown = item ? `${item}: ${text}` : text;
    const lead = (event) => { event.preventDefault(); goTo(step ? step.code : message.startsWith("a target") ? "targets" : "about", item); };
    return el("li", {}, el("a", { href: "#", onclick: lead }, shown));
  };
  return el("div", { class: "govuk-error-summary", tabindex: "-1" }, el("div", { role: "alert" },
    el("h2", { class: "govuk-error-summary__title" }, t("error_title")),
    el("div", { class: "govuk-error-summary__body" }, el("ul", { class: "govuk-list govuk-error-summary__list" }, problems.map(line)))));
}

/** What the server told of a refused completion, as problems of items. */
export function problemsOf(error) {
  return errorsOf(error).map(([, message]) => ({ item: /^item ([^:]+): /.exec(message)?.[1] || "", message }));
}

export function checkStep(work, steps, { goTo, complete, isAway }) {
  return [
    unanswered(work, steps, goTo),
    wholeScore(work),
    isAway ? inset(t("as_away_complete")) : "",
    may("assessments.complete") && !isAway ? [h2(t("as_complete")), p(t("as_complete_body")), button(t("as_complete"), complete)] : "",
  ];
}

/** One that is complete: read, printed, countersigned. */
export function readOnly(work, steps, { countersign, account }) {
  const titles = titlesOf(work.instrument);
  const { mine, view } = work;
  const mayCountersign = view.state === "complete" && view.version > 0 && may("assessments.countersign") && view.author !== account;
  return [
    summary([[t("as_state"), t(`as_state_${view.state}`)], [t("as_date"), mine.date && words(mine.date)], [t("as_carer"), mine.carer],
      [t("as_author"), mine.assessor || view.author], [t("as_countersigned_by"), view.countersigned_by]]),
    p(outside(`${address("/v1/assessments/{}/record", work.id)}?format=html`, t("as_print"))),
    mayCountersign ? [p(t("as_countersign_body")), button(t("as_countersign"), countersign)] : "",
    wholeScore(work),
    table({
      caption: t("as_grades"),
      columns: [t("as_item"), t("as_grade"), t("as_evidence"), t("as_child_words")],
      rows: steps.flatMap((step) => step.items.map((item) => [
        `${titles.get(item.code)} (${item.code})`, mine.items?.[item.code] === undefined ? t("as_not_recorded") : valueWords(step, mine.items[item.code]),
        mine.evidence?.[item.code] || "-", mine.child_words?.[item.code] || "-"])),
    }),
    (mine.targets || []).length ? table({
      caption: t("as_targets"), columns: [t("as_item"), t("as_now"), t("as_target"), t("as_by"), t("as_actual")],
      rows: mine.targets.map((one) => [`${titles.get(one.item) || one.item} (${one.item})`, one.current ?? "-", one.target ?? "-", one.by ? words(one.by) : "-", one.actual ?? "-"].map(String)),
    }) : "",
  ];
}
