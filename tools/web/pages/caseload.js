// How many children have which prompt, and since when, each number with its definition; and the way to
// those children that one may see.

import { get } from "../api.js";
import { shortMonth, words } from "../dates.js";
import { to } from "../router.js";
import { may } from "../session.js";
import { details, el, h1, h2, h3, inset, link, p, sentence, svg, table } from "../ui.js";
import { n, t } from "../texts.js";
import { written } from "../words.js";

const WIDTH = 320;
const HEIGHT = 96;
const BASE = 76;
const MONTHS = 24;

function monthsUpTo(last, count) {
  const [year, month] = last.split("-").map(Number);
  return Array.from({ length: count }, (_, at) => {
    const number = year * 12 + month - 1 - (count - 1 - at);
    return `${Math.floor(number / 12)}-${String((number % 12) + 1).padStart(2, "0")}`;
  });
}

/** The picture, or in words that there is nothing to draw. */
function trend(one, asOf) {
  const begun = one.months.map((month) => month.month).filter(Boolean).sort();
  if (!begun.length) return "";
  const [first] = monthsUpTo(asOf.slice(0, 7), MONTHS);
  return begun.at(-1) >= first ? bars(one, asOf) : p(t("bars_none", { count: MONTHS, month: words(begun.at(-1)) }));
}

/** Bars for two years; a month without a bar has none. The table beneath says the same in numbers. */
function bars(one, asOf) {
  const counts = new Map(one.months.map((month) => [month.month, month.met ?? month.children ?? 0]));
  const months = monthsUpTo(asOf.slice(0, 7), MONTHS);
  const most = Math.max(1, ...months.map((month) => counts.get(month) || 0));
  const step = WIDTH / MONTHS;
  const bar = (month, at) => {
    const count = counts.get(month) || 0;
    const height = (BASE - 16) * (count / most);
    return count ? svg("rect", { x: at * step + 1, y: BASE - height, width: step - 2, height, fill: "#1d3c4f" }) : "";
  };
  const label = (x, anchor, text) => svg("text", { x, y: HEIGHT - 4, "text-anchor": anchor, "font-size": 12, fill: "#0b0c0c" }, text);
  return svg("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: "tm-bars", role: "img",
    "aria-label": t("bars_label", { title: one.title, from: shortMonth(months[0]), to: shortMonth(months.at(-1)), most }) },
    months.map(bar),
    svg("line", { x1: 0, x2: WIDTH, y1: BASE, y2: BASE, stroke: "#505a5f" }),
    svg("text", { x: 0, y: 12, "font-size": 12, fill: "#0b0c0c" }, t("bars_most", { most })),
    label(0, "start", shortMonth(months[0])),
    label(WIDTH, "end", shortMonth(months.at(-1))));
}

function monthTable(one) {
  const earlier = one.months.filter((month) => month.month);
  const undated = one.months.find((month) => !month.month);
  return details(t("months_show"),
    earlier.length
      ? table({
          caption: t("months_caption"), hideCaption: true, columns: [t("month"), t("count_met"), t("count_possible")],
          rows: earlier.map((month) => [words(month.month), String(month.met ?? month.children ?? 0), String(month.possible ?? 0)]),
        })
      : p(t("months_none")),
    undated ? p(t("months_undated", { count: undated.met ?? undated.children })) : "");
}

function number(count, text) {
  return el("div", { class: "tm-number" }, el("span", { class: "tm-number__count" }, String(count)), el("span", { class: "govuk-body-s" }, text));
}

function card(one, caseload) {
  return el("section", { class: "tm-count" },
    h3(one.title),
    p(one.question),
    el("div", { class: "tm-count__body" },
      el("div", { class: "tm-numbers" },
        number(one.met, t("count_met")),
        number(one.possible, t("count_possible")),
        one.not_assessed === undefined ? "" : number(one.not_assessed, t("count_not_assessed")),
        number(one.new_7_days, t("count_new"))),
      trend(one, caseload.as_of)),
    details(t("definition"), p(sentence(one.definition))),
    monthTable(one),
    may("prompts.list") && one.months.length
      ? p(link(to("/prompts", [], { indicator: one.id, state: "all", by: "child" }), t("drill", { title: one.title })))
      : "");
}

const hasSomething = (one) => one.met || one.possible || one.months.length;

export async function show(place) {
  const caseload = await get("/v1/caseload");
  const children = caseload.children ?? caseload.children_in_store;
  const found = caseload.indicators.filter(hasSomething);
  const silent = caseload.indicators.filter((one) => !hasSomething(one));
  const groups = [...new Set(found.map((one) => one.group))];
  place.append(h1(t("caseload_title")));
  if (!caseload.as_of) {
    place.append(inset(t("caseload_never")));
    return;
  }
  place.append(
    p(t("caseload_body", { date: words(caseload.as_of), children: n("children", children), counted: caseload.counted || t("counted_default") })),
    inset(t("caseload_what")),
    ...groups.flatMap((group) => [
      h2(written(group)),
      el("div", { class: "tm-counts" }, found.filter((one) => one.group === group).map((one) => card(one, caseload))),
    ]),
    h2(t("caseload_silent")),
    p(t("caseload_silent_body")),
    table({
      caption: t("caseload_silent"), hideCaption: true, columns: [t("indicator"), t("definition")],
      rows: silent.map((one) => [one.title, sentence(one.definition)]),
    }),
  );
}
