// How good the record is: of one child, or of all the children one may see. Says what to mend in the
// record, nothing about a child or a worker.

import { address, get } from "../api.js";
import { between, words } from "../dates.js";
import { to } from "../router.js";
import { may } from "../session.js";
import { backLink, details, el, h1, h2, h3, inset, link, outside, p, sentence, table, tag } from "../ui.js";
import { n, t } from "../texts.js";
import { agency, code, kind, ready, source } from "../words.js";

function measures(quality, caption) {
  return table({
    caption, columns: [t("measure"), t("value"), t("definition")],
    rows: Object.values(quality).map((one) => [one.title, one.value, sentence(one.definition)]),
  });
}

function evidence(child, found) {
  if (!found.evidence.length) return "";
  return details(n("rows", found.evidence.length + (found.more_rows || 0)),
    table({
      caption: found.sentence, hideCaption: true, columns: [t("date"), t("agency"), t("what"), t("source"), t("entry")],
      rows: found.evidence.map((row) => [
        row.from ? between(row.from, row.to) : words(row.occurred),
        agency(row.agency), kind(row.kind), source(row.source),
        row.event && may("events.show")
          ? link(to("/children/{}/entries/{}", [child, row.event]), t("open_entry"),
              el("span", { class: "govuk-visually-hidden" }, `: ${kind(row.kind)}, ${source(row.source)}`))
          : "",
      ]),
    }),
    found.more_rows ? p(n("more_rows", found.more_rows)) : "");
}

function finding(child, found, checks) {
  const check = checks.get(found.check);
  return el("section", { class: "tm-finding" },
    h3(check?.title || found.check),
    p(found.sentence),
    el("p", { class: "tm-tags" }, tag(code("severity", found.severity), found.severity === "information" ? "grey" : "blue"),
      found.answer === "possible" && tag(t("answer_possible"), "purple")),
    check ? details(t("definition"), p(sentence(check.definition))) : "",
    evidence(child, found));
}

async function showChild(place, child) {
  const path = address("/v1/children/{}/quality", child);
  const report = await get(path);
  const one = report.children.find((other) => other.child === child) || { checks: [], quality: {} };
  const checks = new Map(report.checks.map((check) => [check.id, check]));
  place.append(
    backLink(to("/children/{}", [child]), t("child_title", { child })),
    h1(t("quality_title"), t("child_title", { child })),
    p(t("quality_body", { date: words(report.as_of) })),
    p(outside(`${path}?format=html`, t("printable"))),
    h2(n("findings", one.checks.length)),
    ...one.checks.map((found) => finding(child, found, checks)),
    measures(one.quality, t("measures_child")),
  );
}

function checkCounts(report) {
  const checks = report.checks || [];
  const found = checks.filter((one) => one.children);
  return [
    table({
      caption: t("checks_caption"),
      columns: [t("check"), t("count_children"), t("count_findings"), t("definition")],
      rows: found.map((one) => [one.title, String(one.children), String(one.findings), sentence(one.definition)]),
    }),
    p(t("checks_silent", { count: checks.length - found.length })),
  ];
}

async function showAll(place) {
  const report = await get("/v1/quality");
  place.append(
    h1(t("quality_title")),
    p(t("quality_all", { date: words(report.as_of), children: n("children", report.children) })),
    inset(t("quality_what")),
    ...checkCounts(report),
    measures(report.quality, t("measures_all")),
    may("children.list") ? p(link(to("/children"), t("quality_choose"))) : "",
  );
}

export async function show(place, { params }) {
  await ready();
  if (params.child) await showChild(place, params.child);
  else await showAll(place);
}
