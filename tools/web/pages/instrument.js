// One instrument: where it comes from, what is graded and how the grades are put together.

import { address, get } from "../api.js";
import { to } from "../router.js";
import { backLink, details, h1, h2, inset, list, outside, p, summary, table } from "../ui.js";
import { t } from "../texts.js";
import { written } from "../words.js";
import { gradesOf } from "../assessment/instrument.js";

const gradeWords = (grade) => `${grade.value}${grade.label ? `, ${grade.label}` : ""}${grade.meaning ? ` (${grade.meaning})` : ""}`;

function parts(instrument) {
  return table({
    caption: t("ru_parts"), columns: [t("as_area_column"), t("ru_sub_area"), t("ru_items")],
    rows: instrument.areas.flatMap((area) => area.sub_areas.map((subArea) => [
      `${area.title} (${area.code})`, `${subArea.title} (${subArea.code})`,
      subArea.items ? subArea.items.map((item) => `${item.title} (${item.code})`).join(", ") : t("ru_graded_directly")])),
  });
}

function bands(instrument) {
  return instrument.bands.map((band) => details(t("ru_bands", { of: band.of }), p(band.source),
    list(band.ranges.map((range) => `${range.from}${range.to === null ? "+" : ` - ${range.to}`}: ${range.label}`))));
}

export async function show(place, { params }) {
  const one = await get(address("/v1/instruments/{}", params.id));
  const [area] = one.areas;
  place.append(...[
    backLink(to("/rules"), t("ru_title")),
    h1(one.title, t("ru_instrument_version", { version: one.version })),
    inset(one.licence),
    summary([
      [t("ru_source"), one.source], [t("ru_respondent"), written(one.respondent)],
      [t("ru_scoring_items"), written(one.chosen_by_policy || one.scoring.items)], [t("ru_scoring_sub_areas"), written(one.chosen_by_policy || one.scoring.sub_areas)],
      [t("ru_scoring_areas"), written(one.scoring.areas)],
    ]),
    h2(t("ru_scale")), list(gradesOf(one, area).map(gradeWords)),
    parts(one), bands(one),
    p(outside(`${address("/v1/instruments/{}/form", one.id)}?format=html`, t("ru_form"))),
  ].flat(Infinity).filter(Boolean));
}
