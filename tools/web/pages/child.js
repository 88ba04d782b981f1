// One child at a glance: who it is, with whom it lives, which agencies know it, who works with it, and the
// way on to its chronology, prompts and quality report.

import { address, get } from "../api.js";
import { period, words } from "../dates.js";
import { to } from "../router.js";
import { may } from "../session.js";
import { backLink, el, h1, h2, inset, link, list, outside, p, summary, table } from "../ui.js";
import { t } from "../texts.js";
import { withheld } from "./withheld.js";

function ways(child) {
  const path = (end) => address("/v1/children/{}", child) + end;
  return el("ul", { class: "govuk-list tm-ways" },
    [
      may("chronology") && link(to("/children/{}/chronology", [child]), t("way_chronology")),
      may("assessments.list") && link(to("/children/{}/assessments", [child]), t("as_title")),
      may("prompts.list") && link(to("/prompts", [], { child }), t("way_prompts")),
      may("check") && link(to("/children/{}/quality", [child]), t("way_quality")),
      may("review") && outside(`${path("/review")}?format=html&cumulative=true`, t("way_report")),
      may("compare") && outside(`${path("/comparison")}?format=html`, t("way_comparison")),
      may("knew") && outside(`${path("/knew")}?format=html`, t("way_knew")),
    ].filter(Boolean).map((way) => el("li", {}, way)));
}

function siblings(one) {
  if (!one.siblings.length) return p(t("siblings_none"));
  return list(one.siblings.map((other) => [
    link(to("/children/{}", [other.child]), other.child),
    other.born ? `, ${t("born", { date: words(other.born) })}` : "",
  ]));
}

function agencies(one) {
  return table({
    caption: t("agencies_title"),
    columns: [t("agency"), t("entries"), t("first_to_last")],
    rows: one.agencies.map((by) => [by.title, String(by.rows), by.first ? period(by.first, by.last) : t("no_date")]),
  });
}

function people(one) {
  if (!one.allocated.length) return p(t("allocated_none"));
  return list(one.allocated.map((to_) => t(to_.account ? "allocated_account" : "allocated_team", {
    who: to_.title || to_.account || to_.team, since: words(to_.since),
  })));
}

export async function show(place, { params }) {
  const one = await get(address("/v1/children/{}", params.child));
  place.append(
    backLink(to("/children"), t("children_title")),
    h1(t("child_title", { child: one.child }), one.household && t("household_of", { household: one.household })),
    withheld(one),
    inset(one.access.sentence || t("access_own"), one.access.until ? ` ${t("access_until", { until: words(one.access.until) })}` : ""),
    ways(one.child),
    h2(t("child_about")),
    summary([
      [t("age"), one.age],
      [t("date_of_birth"), one.born && words(one.born)],
      [t("date_expected"), one.expected && words(one.expected)],
      [t("date_of_death"), one.died && words(one.died)],
      [t("sex"), one.sex],
      [t("area"), one.area],
    ]),
    h2(t("siblings_title")),
    siblings(one),
    h2(t("allocated_title")),
    people(one),
    may("children.allocate") ? p(link(to("/children/{}/allocation", [one.child]), t("allocate_title"))) : "",
    may("children.trail") ? p(link(to("/children/{}/trail", [one.child]), t("trail_title"))) : "",
    agencies(one),
  );
}
