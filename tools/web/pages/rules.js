// What the prompts and scores are made by: the indicators that are on, by group, and the instruments.

import { get } from "../api.js";
import { to } from "../router.js";
import { may } from "../session.js";
import { h1, h2, inset, link, p, table, tag } from "../ui.js";
import { t } from "../texts.js";
import { written } from "../words.js";

function indicatorTables(indicators) {
  const groups = [...new Set(indicators.map((one) => one.group))];
  return groups.map((group) => table({
    caption: written(group),
    columns: [t("ru_indicator"), t("ru_on")],
    rows: indicators.filter((one) => one.group === group).map((one) => [
      link(to("/rules/indicators/{}", [one.id]), one.title), one.on ? t("ru_is_on") : tag(t("ru_is_off"), "grey")]),
  }));
}

export async function show(place) {
  const [indicators, instruments] = await Promise.all([get("/v1/indicators"), may("instruments.list") ? get("/v1/instruments") : []]);
  place.append(...[
    h1(t("ru_title")), inset(t("ru_body")),
    h2(t("ru_indicators")), indicatorTables(indicators),
    h2(t("ru_instruments")),
    instruments.length ? table({
      caption: t("ru_instruments"), hideCaption: true, columns: [t("as_instrument"), t("ru_source")],
      rows: [...instruments].sort((a, b) => a.title.localeCompare(b.title)).map((one) => [link(to("/rules/instruments/{}", [one.id]), one.title), one.source]),
    }) : p(t("ru_instruments_none")),
  ].flat(Infinity).filter(Boolean));
}
