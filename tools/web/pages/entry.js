// One entry of a record: what it says and where it came from, its versions, every telling of the same
// incident, and which agency knew of it when.

import { address, get } from "../api.js";
import { words, between } from "../dates.js";
import { to } from "../router.js";
import { may } from "../session.js";
import { backLink, el, h1, h2, link, list, p, summary, table, tag } from "../ui.js";
import { n, t } from "../texts.js";
import { agency, code, kind, limitedTo, ready, source, written } from "../words.js";
import { withheld } from "./withheld.js";

const yesNo = (value) => (value ? t(`answer_${value}`) : t("not_recorded"));

// Shown in lines of their own.
const SHARING = ["limited_to", "sharing_basis"];

function factsOf(facts) {
  const others = Object.entries(facts || {}).filter(([name]) => !SHARING.includes(name));
  return others.length ? list(others.map(([name, value]) => `${written(name)}: ${written(value)}`)) : undefined;
}

function about(one) {
  const said = words(one.occurred);
  const other = one.occurred_as_written && ![one.occurred, said].includes(one.occurred_as_written);
  const asWritten = other ? ` (${t("as_written", { text: one.occurred_as_written })})` : "";
  return summary([
    [t("date"), `${said}${one.time ? `, ${one.time}` : ""}${asWritten}`],
    [t("ended"), one.ended && words(one.ended)],
    [t("recorded"), one.recorded ? words(one.recorded) : t("not_recorded")],
    [t("agency"), one.role ? `${agency(one.agency)}, ${one.role}` : agency(one.agency)],
    [t("text"), one.text],
    [t("analysis"), one.analysis],
    [t("action"), one.action],
    [t("outcome"), one.outcome],
    [t("theme"), one.theme?.map((theme) => code("theme", theme)).join(", ")],
    [t("significance"), one.significance && code("significance", one.significance)],
    [t("polarity"), one.polarity && code("polarity", one.polarity)],
    [t("child_seen"), yesNo(one.child_seen)],
    [t("seen_alone"), yesNo(one.seen_alone)],
    [t("child_heard"), yesNo(one.voice)],
    [t("reference"), one.reference],
    [t("facts"), factsOf(one.facts)],
    [t("limited_to"), one.facts && "limited_to" in one.facts ? limitedTo(one.facts) : undefined],
    [t("sharing_basis"), one.facts?.sharing_basis && code("basis", one.facts.sharing_basis)],
    [t("source"), source(one.source)],
  ]);
}

function versions(one) {
  return table({
    caption: n("versions", one.versions.length),
    columns: [t("received"), t("who"), t("date"), t("what"), t("reason"), t("state")],
    rows: one.versions.map((version) => [
      words(version.received),
      version.by || t("by_return"),
      words(version.occurred),
      [el("strong", {}, kind(version.kind)), version.text ? el("p", { class: "tm-told" }, version.text) : ""],
      version.reason || "",
      version.stands ? tag(t("stands"), "green") : tag(t("replaced"), "grey"),
    ]),
  });
}

function tellings(child, one) {
  if (!one.incident_members.length) return p(t("tellings_none"));
  return table({
    caption: t("tellings_caption"), hideCaption: true,
    columns: [t("date"), t("agency"), t("what"), t("source"), t("entry")],
    rows: one.incident_members.map((row) => [
      row.from ? between(row.from, row.to) : words(row.occurred),
      agency(row.agency),
      kind(row.kind),
      source(row.source),
      link(to("/children/{}/entries/{}", [child, row.event]), t("open_entry"),
        el("span", { class: "govuk-visually-hidden" }, `: ${kind(row.kind)}, ${agency(row.agency)}`)),
    ]),
  });
}

function lag(known) {
  if (!known.lag_days) return "";
  const { least, most } = known.lag_days;
  return least === most ? n("days", least) : t("days_between", { least, most });
}

function knew(one) {
  if (!one.knew.length) return p(t("knew_none"));
  return table({
    caption: t("knew_caption"), hideCaption: true,
    columns: [t("agency"), t("knew"), t("recorded"), t("lag")],
    rows: one.knew.map((known) => [
      agency(known.agency),
      code("knew", known.knew),
      known.recorded ? t(known.or_earlier ? "or_earlier" : "on_day", { date: words(known.recorded) })
        : known.knew === "recorded" ? t("day_not_recorded") : "",
      lag(known),
    ]),
  });
}

export async function show(place, { params }) {
  await ready();
  const one = await get(address("/v1/children/{}/events/{}", params.child, params.event));
  place.append(
    backLink(to("/children/{}/chronology", [params.child]), t("chronology_title")),
    h1(kind(one.kind), `${t("child_title", { child: params.child })}, ${words(one.occurred)}`),
    withheld(one),
    about(one),
    may("events.correct") ? p(link(to("/children/{}/entries/{}/correct", [params.child, params.event]), t("correct_entry"))) : "",
    h2(t("tellings_title")),
    tellings(params.child, one),
    h2(t("knew_title")),
    knew(one),
    versions(one),
  );
}
