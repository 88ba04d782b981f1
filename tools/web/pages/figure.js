// One figure of the scorecard: its number in words, its definition, its charts as the server draws them,
// the numbers of its parts, and the way to the children behind each.

import { period } from "../dates.js";
import { to } from "../router.js";
import { current, may } from "../session.js";
import { details, el, h3, hidden, link, list, p, sentence, summary, table } from "../ui.js";
import { t } from "../texts.js";
import { code, written } from "../words.js";

export const measureLink = (measure, query) => link(to("/scorecard/{}", [measure.id], addressed(query)), measure.title);

/** What of an address goes along from page to page. */
const addressed = ({ from, to: until, by, stretch }) => ({ from, to: until, by, stretch });

// A manager sees those whom a figure under the threshold counts: they are children of the own team.
const opens = (figure) => (figure.status === "given" && (figure.numerator || figure.denominator)) ||
  (figure.status === "suppressed" && current().account.role === "manager");

function groupWords(group) {
  return group.all ? t("card_all") : group.name || group.code || t("card_not_recorded");
}

/** The children behind a figure, or a line of it; "" for whom they are not to be seen. */
export function childrenLink(measure, counted, query, figure, line) {
  // Days that returns cover are nobody's.
  if (!may("scorecard.list") || !opens(figure) || measure.unit === "days") return "";
  const group = counted.groups[figure.group];
  const within = counted.periods[figure.period];
  const part = group.all ? "" : group.code || "not-recorded";
  const asked = { ...addressed(query), from: within.from, to: within.to, stretch: within.whole ? query.stretch : "", group: part, line: line?.line };
  return link(to("/scorecard/{}/children", [measure.id], asked), t("card_children"),
    hidden(`: ${[measure.title, group.all ? "" : groupWords(group), line?.line_words].filter(Boolean).join(", ")}`));
}

/** A table of the parts: groups, and periods, where there are several. */
function parts(measure, counted, query) {
  const [isGrouped, isStretched] = [counted.groups.length > 1, counted.periods.length > 1];
  if (!isGrouped && !isStretched) return "";
  const names = (figure) => [
    isGrouped && groupWords(counted.groups[figure.group]),
    isStretched && period(counted.periods[figure.period].from, counted.periods[figure.period].to),
  ].filter((one) => one !== false);
  return table({
    caption: t("card_parts"),
    columns: [isGrouped && t("card_part"), isStretched && t("card_period"), t("card_figure"), t("card_is"), t("card_behind")].filter(Boolean),
    rows: measure.figures.map((figure) => [
      ...names(figure), figure.headline, figure.headline_words, childrenLink(measure, counted, query, figure)]),
  });
}

const shown = (one, name) => (one.status === "given" ? one[name] : undefined);
const percent = (value) => (value === undefined ? "" : value.toFixed(1));
const number = (value) => (value === undefined ? "" : value.toLocaleString("en-GB"));

/** A table of the lines of the whole: what was recorded, or how long it took. */
function lines(measure, counted, query) {
  const [whole] = measure.figures;
  if (!whole.lines?.length) return "";
  const words = { suppressed: "c", none: t("card_none"), "not-assessed": t("card_not_assessed") };
  return table({
    caption: t("card_lines"), columns: [t("card_line"), t("card_count"), t("card_percent"), t("card_behind")],
    rows: whole.lines.map((one) => [
      one.line_words, number(shown(one, "numerator")) || words[one.status] || "0", percent(shown(one, "percent")),
      childrenLink(measure, counted, query, { ...whole, status: one.status, numerator: one.numerator, denominator: 0 }, one)]),
  });
}

function trend(measure) {
  const points = measure.trend?.points || [];
  if (!points.some((point) => point.given)) return "";
  return details(t("card_trend"), table({
    caption: t("card_trend"), hideCaption: true, columns: [t("card_period"), t("card_numerator"), t("card_denominator"), t("card_signals")],
    rows: points.map((point) => [
      period(point.from, point.to), point.given ? number(point.numerator) : t("card_not_given"), number(point.denominator),
      (point.signals || []).map((signal) => written(signal)).join(", ")]),
  }));
}

/** The server's drawings, which hold no text of a record, as elements of this page. */
export function charts(measure) {
  const drawn = new DOMParser().parseFromString(measure.charts || "", "text/html");
  return [...drawn.body.children].map((one) => document.importNode(one, true));
}

export function definition(measure) {
  return summary([
    [t("card_is"), sentence(measure.definition)],
    [t("card_counted"), sentence(measure.numerator)],
    [t("card_out_of"), sentence(measure.denominator)],
    [t("card_left_out"), measure.exclusions.length ? list(measure.exclusions.map(sentence)) : ""],
    [t("card_pitfalls"), measure.pitfalls.length ? list(measure.pitfalls.map(sentence)) : ""],
    [t("card_rounding"), measure.rounding],
    [t("card_source"), measure.source],
    [t("ru_standing"), measure.standing.map((one) => code("standing", one)).join(", ")],
    [t("ru_version"), `${measure.version}, ${measure.file}`],
  ]);
}

function leftOut(figure) {
  const entries = Object.entries(figure.left_out || {});
  return entries.length
    ? p(t("card_left_out_count", { what: entries.map(([why, count]) => `${why.replaceAll("-", " ")} ${count ?? "c"}`).join(", ") }))
    : "";
}

export function headline(measure) {
  const [whole] = measure.figures;
  return el("p", { class: `govuk-body tm-figure__number${whole.status === "given" ? "" : " tm-figure__number--none"}` },
    el("strong", {}, whole.headline), " ", whole.headline_words);
}

const notes = (measure) => (measure.notes.length ? list(measure.notes) : "");

/** Everything of a figure, open. */
export function whole(measure, counted, query) {
  return [
    headline(measure),
    p(childrenLink(measure, counted, query, measure.figures[0])),
    leftOut(measure.figures[0]),
    ...charts(measure),
    parts(measure, counted, query),
    lines(measure, counted, query),
    trend(measure),
    notes(measure),
  ].filter(Boolean);
}

// Charts are made when somebody wants to see them: a scorecard has a hundred.
function closed(measure, counted, query) {
  const inside = el("div");
  const box = details(t("card_more"), inside);
  box.addEventListener("toggle", () => {
    if (!box.open || inside.childElementCount) return;
    inside.append(...[leftOut(measure.figures[0]), ...charts(measure), parts(measure, counted, query), lines(measure, counted, query),
      trend(measure), notes(measure)].filter(Boolean));
  });
  return box;
}

/** A figure among others. */
export function card(measure, counted, query) {
  const behind = childrenLink(measure, counted, query, measure.figures[0]);
  return el("section", { class: "tm-figure" },
    h3(measureLink(measure, query)),
    headline(measure),
    behind ? p(behind) : "",
    details(t("definition"), definition(measure)),
    closed(measure, counted, query));
}
