// The children and entries behind one figure: by name for who may see them, by code for others, and only
// where the figure itself is shown.

import { address, get } from "../api.js";
import { between, period, words } from "../dates.js";
import { to } from "../router.js";
import { may } from "../session.js";
import { backLink, el, h1, hidden, inset, link, p, sentence, summary, table } from "../ui.js";
import { n, t } from "../texts.js";
import { agency, code, kind, ready, written } from "../words.js";
import { asked } from "./scorecard.js";

const PAGE = 100;

function row(one, listed) {
  const child = listed.names && may("children.show") ? link(to("/children/{}", [one.child]), one.child) : one.child;
  const entry = one.event && may("events.show")
    ? link(to("/children/{}/entries/{}", [one.child, one.event]), t("open_entry"), hidden(`: ${one.child}, ${kind(one.kind)}`))
    : "";
  const counted = one.reason ? written(one.reason) : listed.of === "numerator" || one.in_numerator === undefined ? "" : t(one.in_numerator ? "card_in" : "card_in_denominator");
  return [child, one.from ? between(one.from, one.to) : one.occurred ? words(one.occurred) : "", one.kind ? kind(one.kind) : "",
    one.agency ? agency(one.agency) : "", one.line_words || "", counted, one.length === undefined ? "" : String(one.length), entry];
}

/** Without the columns that would be empty. */
function entries(listed) {
  const columns = [t("child"), t("date"), t("what"), t("agency"), t("card_line"), t("card_how_counted"), t("card_length"), t("entry")];
  const rows = listed.items.map((one) => row(one, listed));
  const filled = columns.map((_, at) => rows.some((cells) => cells[at] !== ""));
  const kept = (cells) => cells.filter((_, at) => filled[at]);
  return table({ caption: t("card_behind_caption"), hideCaption: true, columns: kept(columns), rows: rows.map(kept) });
}

function others(query, listed) {
  const one = (of) => (of === listed.of ? el("strong", {}, code("card_of", of))
    : link(to("/scorecard/{}/children", [listed.measure], { ...query, of, cursor: "" }), code("card_of", of)));
  return el("ul", { class: "govuk-list tm-inline tm-tags--apart" }, listed.parts.map((of) => el("li", {}, one(of))));
}

function body(listed, query) {
  if (listed.not_assessed) return [inset(t("card_not_assessed_here", { why: listed.not_assessed }))];
  if (listed.suppressed) return [inset(t("card_withheld"))];
  const more = listed.next
    ? link(to("/scorecard/{}/children", [listed.measure], { ...query, cursor: listed.next }), t("card_more_entries"))
    : "";
  return [
    p(t("card_list_count", { entries: n("card_entries", listed.entries), children: n("children", listed.children) })),
    listed.names ? "" : p(t("card_codes")),
    listed.items.length ? entries(listed) : "",
    more ? p(more) : "",
  ];
}

export async function show(place, { params, query }) {
  await ready();
  const { group, line, of, cursor } = query;
  const listed = await get(address("/v1/scorecard/{}/children", params.measure), { ...asked(query), group, line, of, cursor, limit: PAGE });
  const back = { from: query.from, to: query.to, by: query.by, stretch: query.stretch };
  place.append(...[
    backLink(to("/scorecard/{}", [params.measure], back), listed.title),
    h1(t("card_behind_title"), listed.title),
    summary([
      [t("card_is"), sentence(listed.definition)],
      [t("card_period"), period(listed.from, listed.to)],
      [t("card_part"), listed.group === undefined ? "" : listed.group_name || listed.group || t("card_not_recorded")],
      [t("card_line"), listed.line_words],
      [t("card_looked_at"), listed.counted],
    ]),
    others(query, listed),
    body(listed, query),
  ].flat(Infinity).filter(Boolean));
}
