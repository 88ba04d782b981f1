// The figures of a period, group by group, each with its definition and, for those who may, the way to the
// children behind it. How a figure is shown is in figure.js.

import { get, withQuery } from "../api.js";
import { period, readDay, words } from "../dates.js";
import { to } from "../router.js";
import { el, form, h1, h2, hint, input, inset, outside, p, select, showErrors, submit, table } from "../ui.js";
import { n, t } from "../texts.js";
import { code, written } from "../words.js";
import { card, measureLink } from "./figure.js";

/** What of an address is asked of the server. */
export const asked = (query) => ({ from: query.from, to: query.to, by: [query.by, query.stretch].filter(Boolean).join(",") });

const PARTS = ["agency", "area", "team"];
const STRETCHES = ["year", "quarter"];

function day(name, label, value) {
  return input({ name, label, width: "10", value, attributes: { autocomplete: "off" } });
}

/** Chooses another period, and what the figures are parted by; `onto` makes the address. */
export function chooser(query, counted, onto) {
  const send = (held, shown) => {
    const days = { from: readDay(held.from || ""), to: readDay(held.to || "") };
    const wrong = ["from", "to"].filter((name) => !days[name]).map((name) => [name, t("card_day_wrong")]);
    if (!wrong.length && days.to < days.from) wrong.push(["to", t("card_period_wrong")]);
    if (wrong.length) showErrors(shown, wrong);
    else location.hash = onto({ ...query, ...days, by: held.by, stretch: held.stretch });
  };
  return form({
    className: "tm-filters", names: ["from", "to", "by"], send,
    fields: [
      day("from", t("card_from"), words(counted.from)),
      day("to", t("card_to"), words(counted.to)),
      select({ name: "by", label: t("card_by"), value: query.by || "",
        choices: [["", t("card_by_none")], ...PARTS.map((one) => [one, code("card_by", one)])] }),
      select({ name: "stretch", label: t("card_stretch"), value: query.stretch || "",
        choices: [["", t("card_by_none")], ...STRETCHES.map((one) => [one, code("card_by", one)])] }),
      submit(t("card_show")),
    ],
  });
}

/** What a reader has to know of all figures. */
export function stance(counted) {
  return [
    p(t("card_body", { period: period(counted.from, counted.to), date: words(counted.as_of), counted: counted.counted })),
    inset(p(t("card_what")), counted.threshold > 1 ? p(t("card_hidden", { least: counted.threshold })) : ""),
  ];
}

function downloads(query) {
  const path = (format) => withQuery("/v1/scorecard", { ...asked(query), format });
  const file = (format, text) => el("a", { class: "govuk-link", download: `scorecard.${format}`, href: path(format) }, text);
  return el("ul", { class: "govuk-list tm-inline tm-tags--apart" },
    [outside(path("html"), t("card_html")), file("xlsx", t("card_xlsx")), file("csv", t("card_csv"))].map((one) => el("li", {}, one)));
}

function silent(measures, query) {
  if (!measures.length) return [];
  return [
    h2(t("card_not_assessed")),
    p(t("card_not_assessed_body")),
    table({
      caption: t("card_not_assessed"), hideCaption: true, columns: [t("measure"), t("reason")],
      rows: measures.map((one) => [measureLink(one, query), one.not_assessed.words]),
    }),
  ];
}

export async function show(place, { query }) {
  const counted = await get("/v1/scorecard", { ...asked(query), page: true });
  const given = { ...query, from: counted.from, to: counted.to };
  const told = counted.measures.filter((one) => !one.not_assessed);
  const groups = [...new Set(told.map((one) => one.group))];
  const wanted = told.filter((one) => !groups.includes(query.group) || one.group === query.group);
  const pick = select({
    name: "group", label: t("card_group"), value: query.group || "",
    choices: [["", t("all")], ...groups.map((group) => [group, written(group)])],
    onchange: (event) => { location.hash = to("/scorecard", [], { ...given, group: event.target.value }); },
  });
  place.append(...[
    h1(t("card_title")),
    stance(counted),
    chooser(given, counted, (next) => to("/scorecard", [], next)),
    downloads(given),
    counted.notes.map((note) => p(note)),
    groups.length > 1 ? el("div", { class: "tm-filters" }, pick) : "",
    told.length ? hint(n("card_figures", wanted.length)) : p(t("card_nothing")),
    groups.filter((group) => wanted.some((one) => one.group === group)).map((group) => [
      h2(written(group)),
      wanted.filter((one) => one.group === group).map((one) => card(one, counted, given)),
    ]),
    silent(counted.measures.filter((one) => one.not_assessed), given),
  ].flat(Infinity).filter(Boolean));
}
