// One measure of the scorecard: its figure with everything that belongs to it, and what it means.

import { get } from "../api.js";
import { to } from "../router.js";
import { backLink, h1, h2, inset, p } from "../ui.js";
import { t } from "../texts.js";
import { written } from "../words.js";
import { definition, whole } from "./figure.js";
import { asked, chooser, stance } from "./scorecard.js";

export async function show(place, { params, query }) {
  const counted = await get("/v1/scorecard", { ...asked(query), measure: params.measure, page: true });
  const [measure] = counted.measures;
  const given = { ...query, from: counted.from, to: counted.to };
  place.append(...[
    backLink(to("/scorecard", [], given), t("card_title")),
    h1(measure.title, written(measure.group)),
    stance(counted),
    chooser(given, counted, (next) => to("/scorecard/{}", [measure.id], next)),
    measure.not_assessed
      ? inset(p(t("card_not_assessed_here", { why: measure.not_assessed.words })))
      : whole(measure, counted, given),
    h2(t("definition")),
    definition(measure),
  ].flat(Infinity).filter(Boolean));
}
