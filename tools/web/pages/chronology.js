// One child's chronology: the picture and, in step with it, the table; filters; and the day up to which
// the record is read, so that one sees what could have been known then.

import { address, get } from "../api.js";
import { dayNumber, words } from "../dates.js";
import { keepQuery, to } from "../router.js";
import { may, today } from "../session.js";
import { backLink, button, checkbox, details, el, h1, h2, inset, link, list, newId, outside, p, say, select, table, tag } from "../ui.js";
import { n, t } from "../texts.js";
import { agency, code, kind, limitedTo, ready, source, written } from "../words.js";
import { daysOfChange, slider } from "./replay_slider.js";
import { picture } from "./picture.js";
import { withheld } from "./withheld.js";

const FIRST_ROWS = 200;

// --- what is shown ---

function promptRows(child) {
  return new Set(child.prompts.flatMap((prompt) => prompt.spells.flatMap((spell) => spell.evidence.map((row) => row.event))));
}

function isWanted(event, chosen, ofPrompts) {
  return (
    (!chosen.agency || event.agency === chosen.agency) &&
    (!chosen.theme || (event.theme || []).includes(chosen.theme)) &&
    (!chosen.significance || event.significance === chosen.significance) &&
    (!chosen.prompts || ofPrompts.has(event.id))
  );
}

function told(event) {
  return [
    event.text ? el("p", { class: "tm-told" }, event.text) : "",
    event.action ? el("p", { class: "tm-told" }, el("strong", {}, `${t("action")}: `), event.action) : "",
    event.outcome ? el("p", { class: "tm-told" }, el("strong", {}, `${t("outcome")}: `), event.outcome) : "",
  ];
}

function marks(event, incidents, ofPrompts) {
  return [
    event.significance ? tag(code("significance", event.significance), event.significance === "high" ? "orange" : "grey") : "",
    event.seen_alone === "yes" ? tag(t("seen_alone"), "green") : event.child_seen === "yes" ? tag(t("child_seen"), "green") : "",
    event.child_seen === "no" ? tag(t("child_not_seen"), "red") : "",
    event.voice === "yes" ? tag(t("child_heard"), "green") : "",
    incidents.has(event.id) ? tag(t("told_by_several"), "purple") : "",
    ofPrompts.has(event.id) ? tag(t("in_a_prompt"), "yellow") : "",
    "limited_to" in (event.facts || {}) ? tag(t("limited_to_mark", { agencies: limitedTo(event.facts) }), "red") : "",
  ];
}

function entryRow(child, event, incidents, ofPrompts) {
  const when = words(event.occurred);
  return {
    attributes: { "data-event": event.id, tabindex: "-1" },
    cells: [
      event.time ? `${when}, ${event.time}` : when,
      agency(event.agency),
      [el("strong", {}, kind(event.kind)), told(event), el("p", { class: "tm-tags" }, marks(event, incidents, ofPrompts))],
      source(event.source),
      may("events.show")
        ? link(to("/children/{}/entries/{}", [child, event.id]), t("open_entry"),
            el("span", { class: "govuk-visually-hidden" }, `: ${kind(event.kind)}, ${when}`))
        : "",
    ],
  };
}

function fillTable(place, child, events, sets, all = false) {
  const shown = all ? events : events.slice(0, FIRST_ROWS);
  place.replaceChildren(
    table({
      caption: n("entries_shown", events.length), className: "tm-chronology",
      columns: [t("date"), t("agency"), t("what"), t("source"), t("entry")],
      rows: shown.map((event) => entryRow(child, event, sets.incidents, sets.ofPrompts)),
    }),
    shown.length < events.length
      ? button(t("show_all_entries", { count: events.length }), () => fillTable(place, child, events, sets, true), "secondary")
      : "",
  );
}

// --- as of a day ---

function knownThen(child, asOf, later) {
  const met = child.prompts.filter((prompt) => prompt.answer === "met");
  return inset(
    el("p", { class: "govuk-body" }, t("as_of_body", { date: words(asOf) }), " ", later ? n("later_hidden", later) : ""),
    met.length ? details(n("met_then", met.length), list(met.map((prompt) => prompt.sentence))) : p(t("met_none")),
  );
}

async function showReplay(place, child) {
  place.replaceChildren(p(t("replay_working")));
  const [answer, indicators] = await Promise.all([
    get(address("/v1/children/{}/replay", child)),
    may("indicators.list") ? get("/v1/indicators") : [],
  ]);
  const titles = new Map(indicators.map((indicator) => [indicator.id, indicator.title]));
  const [one] = answer.children;
  const found = one.indicators.filter((line) => line.met_on || line.possible_on);
  place.replaceChildren(table({
    caption: t("replay_title"),
    columns: [t("indicator"), t("knowable_on"), t("first_met_on"), t("replay_lag")],
    rows: found.map((line) => [
      titles.get(line.indicator) || written(line.indicator),
      line.met_on ? words(line.met_on) : t("possible_on", { date: words(line.possible_on) }),
      line.first_met ? words(line.first_met) : t("not_recorded"),
      line.lag_days === null || line.lag_days === undefined ? "" : n("days", line.lag_days),
    ]),
  }));
  say(t("replay_title"));
}

// --- the page ---

async function read(child, asOf) {
  const asked = { with_events: true, as_of: asOf };
  const [review, drawing] = await Promise.all([
    get(address("/v1/children/{}/review", child), asked),
    may("timeline") ? get(address("/v1/children/{}/timeline", child), { as_of: asOf }) : "",
  ]);
  const found = review.children.find((one) => one.child === child) || { events: [], prompts: [], incidents: [] };
  return { child: found, drawing, withheld: review.withheld };
}

function filters(chosen, events, change) {
  const codes = (name) => [...new Set(events.flatMap((event) => event[name] ?? []))].sort();
  const pick = (name, label, choices) => choices.length < 2 ? "" :
    select({ name, label, choices: [["", t("all")], ...choices], value: chosen[name] || "", onchange: (e) => change(name, e.target.value) });
  return el("form", { class: "tm-filters", "aria-label": t("filters"), onsubmit: (event) => event.preventDefault() },
    pick("agency", t("agency"), codes("agency").map((one) => [one, agency(one)])),
    pick("theme", t("theme"), codes("theme").map((one) => [one, code("theme", one)])),
    pick("significance", t("significance"), ["high", "medium", "low"].map((one) => [one, code("significance", one)])),
    checkbox({ name: "prompts", label: t("only_prompt_rows"), checked: Boolean(chosen.prompts),
      onchange: (event) => change("prompts", event.target.checked ? "yes" : "") }));
}

function ways(child) {
  const path = address("/v1/children/{}/chronology", child);
  return el("ul", { class: "govuk-list tm-inline" },
    may("events.add") && el("li", {}, link(to("/children/{}/entries/new", [child]), t("add_entry"))),
    el("li", {}, outside(`${path}?format=html`, t("printable"))),
    ["docx", "xlsx", "csv"].map((format) => el("li", {}, el("a", { class: "govuk-link", href: `${path}?format=${format}` }, t(`as_${format}`)))));
}

export async function show(place, { params, query }) {
  await ready();
  const chosen = { ...query };
  const whole = await read(params.child, undefined);
  const days = daysOfChange(whole.child.events, today());
  const places = { known: el("div"), picture: el("div"), filters: el("div"), table: el("div", { id: newId("entries") }), replay: el("div") };
  let held = whole;
  let drawn = null;

  const refresh = () => {
    keepQuery(chosen);
    const events = held.child.events.filter((event) => !event.after);
    const ofPrompts = promptRows(held.child);
    const incidents = new Set(held.child.incidents.flatMap((incident) => incident.events));
    const wanted = events.filter((event) => isWanted(event, chosen, ofPrompts));
    fillTable(places.table, params.child, wanted, { incidents, ofPrompts });
    drawn?.keep(new Set(wanted.map((event) => event.id)));
    say(n("entries_shown", wanted.length));
  };
  const draw = () => {
    const later = held.child.events.length - held.child.events.filter((event) => !event.after).length;
    const past = chosen.as_of && dayNumber(chosen.as_of) < dayNumber(today());
    places.known.replaceChildren(past ? knownThen(held.child, chosen.as_of, later) : "");
    places.filters.replaceChildren(filters(chosen, held.child.events, (name, value) => { chosen[name] = value; refresh(); }));
    drawn = held.drawing ? picture(held.drawing, held.child.events, (id) => focusRow(places.table, id)) : null;
    places.picture.replaceChildren(drawn?.element || "");
    refresh();
  };
  const goTo = async (day) => {
    chosen.as_of = day === today() ? "" : day;
    const asked = chosen.as_of;
    places.table.setAttribute("aria-busy", "true");
    const answer = asked ? await read(params.child, asked) : whole;
    places.table.removeAttribute("aria-busy");
    // The slider went on meanwhile.
    if (chosen.as_of !== asked) return;
    held = answer;
    draw();
  };

  place.append(
    backLink(to("/children/{}", [params.child]), t("child_title", { child: params.child })),
    h1(t("chronology_title"), t("child_title", { child: params.child })),
    withheld(whole),
    ways(params.child),
    days.length > 1 ? slider(days, chosen.as_of || today(), goTo) : "",
    places.known,
    may("replay")
      ? details(t("replay_title"), p(t("replay_body")), button(t("replay_show"), () => showReplay(places.replay, params.child), "secondary"), places.replay)
      : "",
    places.picture,
    h2(t("entries")),
    places.filters,
    places.table,
  );
  if (chosen.as_of && dayNumber(chosen.as_of) < dayNumber(today())) await goTo(chosen.as_of);
  else draw();
}

function focusRow(place, id) {
  const row = place.querySelector(`[data-event="${CSS.escape(id)}"]`);
  row?.scrollIntoView({ block: "center" });
  row?.focus({ preventScroll: true });
}
