// What the grades come to so far, as the server worked it out, and what decided it. Strengths stand first.

import { words } from "../dates.js";
import { el, h2, h3, list, p, table } from "../ui.js";
import { n, t } from "../texts.js";
import { titlesOf } from "./instrument.js";

const named = (titles, code) => (titles.get(code) ? `${titles.get(code)} (${code})` : code);
const namedAll = (titles, codes) => codes.map((code) => named(titles, code)).join(", ");

function decided(part, titles, own) {
  const codes = part.decided_by.filter((code) => code !== own);
  if (!codes.length) return "";
  return t(part.override ? "as_decided_worst" : part.majority_not_clear ? "as_decided_unclear" : "as_decided", { items: namedAll(titles, codes) });
}

function open(part) {
  const count = part.not_recorded + part.not_seen;
  return count ? ` ${t("as_open", { items: n("as_items", count) })}` : "";
}

function graded(part, titles, code) {
  if (part.grade === null || part.grade === undefined) return t("as_not_yet") + open(part);
  return `${t("as_so_far_grade", { grade: part.grade })} ${decided(part, titles, code)}${open(part)}`;
}

/** Beside a step: its sub-area and its area, as far as they are graded. */
export function stepScore(work, step) {
  const titles = titlesOf(work.instrument);
  const area = work.view.score?.areas?.[step.area.code];
  const subArea = area?.sub_areas?.[step.code];
  if (!area) return p(t("as_no_score"));
  const line = (title, part, code) => el("div", { class: "tm-so-far__line" }, el("dt", {}, title), el("dd", {}, graded(part, titles, code)));
  return el("dl", { class: "tm-so-far__list" },
    subArea ? line(step.title, subArea, step.code) : "",
    step.area.title === step.title ? "" : line(t("as_area", { area: step.area.title }), area, step.area.code));
}

function areaTable(work, titles) {
  return table({
    caption: t("as_areas"),
    columns: [t("as_area_column"), t("as_grade"), t("as_what_decided"), t("as_open_column")],
    rows: work.instrument.areas.map((area) => {
      const part = work.view.score.areas[area.code];
      if (!part) return [area.title, t("as_not_yet"), "", ""];
      return [area.title, part.grade === null ? t("as_not_yet") : String(part.grade), decided(part, titles, area.code) || "-",
        part.not_recorded || part.not_seen ? t("as_open_counts", { open: part.not_recorded, unseen: part.not_seen }) : t("as_open_none")];
    }),
  });
}

function total(score) {
  if (!score.total || score.total.value === null) return "";
  const { value, low, high, max } = score.total;
  const said = low !== undefined && low !== high ? t("as_total_between", { low, high, max }) : t("as_total", { value, max });
  return p(said);
}

/** All of it, for the last step and for one that is complete. */
export function wholeScore(work) {
  const { score } = work.view;
  const titles = titlesOf(work.instrument);
  if (!score) return [p(t("as_no_score"))];
  const codes = (title, found, none) => [h3(title), found.length ? list(found.map((code) => named(titles, code))) : p(none)];
  return [
    h2(t("as_strengths")), score.strengths.length ? list(score.strengths.map((code) => named(titles, code))) : p(t("as_strengths_none")),
    areaTable(work, titles),
    total(score),
    codes(t("as_concerns"), score.concerns, t("as_concerns_none")),
    score.flags.length ? [h3(t("as_flags")), list(score.flags.map((flag) => flag.text || String(flag)))] : "",
    score.sentence ? [h3(t("as_in_words")), p(score.sentence)] : "",
    score.next_due ? p(t("as_next_due", { date: words(score.next_due) })) : "",
  ];
}
