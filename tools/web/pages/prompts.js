// The worklist: prompts of the children one may see, by child or by indicator. A prompt that was met at
// several times has one line, with a way to each of those times.

import { list, withQuery } from "../api.js";
import { words } from "../dates.js";
import { keepQuery, to } from "../router.js";
import { checkbox, el, h1, h2, link, p, say, select, tag } from "../ui.js";
import { n, t } from "../texts.js";
import { code, ready } from "../words.js";
import { withheld } from "./withheld.js";

const WEEK_SECONDS = 7 * 86400;
const EXPORT_MOST = 200;
const SEVERITY_ORDER = { soon: 0, review: 1, information: 2 };
export const SEVERITY_COLOURS = { soon: "orange", review: "blue", information: "grey" };
const STATES = ["open", "new", "seen", "acted-on", "dismissed", "all"];

const isNew = (prompt) => prompt.first_seen >= Date.now() / 1000 - WEEK_SECONDS;

// What the server says of a time that the prompt's sentence is not about.
const ANOTHER = "Another time of the same: ";
// The time that a card shows: a current one, of these the one that the sentence is about; the others behind it, latest first.
const rankOf = (time) => [time.current ? 1 : 0, time.sentence.startsWith(ANOTHER) ? 0 : 1, time.first_met || ""];
function latestFirst(a, b) {
  const [one, other] = [rankOf(a), rankOf(b)];
  const at = one.findIndex((value, i) => value !== other[i]);
  if (at < 0) return a.key.localeCompare(b.key);
  return one[at] < other[at] ? 1 : -1;
}

/** Prompts of one child and indicator together, as the time of them that a look is needed for; such ones on top. */
function together(prompts) {
  const found = new Map();
  for (const prompt of prompts) {
    const key = `${prompt.child}\n${prompt.indicator}`;
    if (!found.has(key)) found.set(key, []);
    found.get(key).push(prompt);
  }
  const lines = [...found.values()].map((times) => times.sort(latestFirst)).map((times) => ({ ...times[0], times }));
  const rank = (line) => (line.current ? 0 : 10) + (SEVERITY_ORDER[line.severity] ?? 3);
  return lines.sort((a, b) => rank(a) - rank(b) || a.title.localeCompare(b.title) || a.child.localeCompare(b.child));
}

function wayTo(time, at, line) {
  const several = time.first_met ? t("time_on", { date: words(time.first_met) }) : t("time_of", { at: at + 1 });
  const words_ = line.times.length > 1 ? several : t("why");
  return el("li", {},
    link(to("/prompts/{}", [time.key]), words_, el("span", { class: "govuk-visually-hidden" }, `: ${line.title}, ${line.child}`)),
    time.state === "new" ? "" : ` (${code("state", time.state)})`);
}

function card(line, by) {
  return el("li", { class: "tm-prompt", "data-severity": line.severity },
    el("h3", { class: "govuk-heading-s tm-prompt__title" },
      link(to("/prompts/{}", [line.times[0].key]), by === "child" ? line.title : line.child)),
    el("p", { class: "govuk-body tm-prompt__sentence" }, line.sentence),
    el("p", { class: "tm-tags" },
      tag(code("severity", line.severity), SEVERITY_COLOURS[line.severity]),
      tag(line.current ? t("is_current") : t("is_past"), line.current ? "yellow" : "grey"),
      line.answer === "possible" && tag(t("answer_possible"), "purple"),
      line.times.some(isNew) && tag(t("is_new"), "green"),
      el("span", { class: "govuk-body-s" }, line.first_met ? t("first_met", { date: words(line.first_met) }) : "")),
    el("ul", { class: "govuk-list tm-inline" }, line.times.map((time, at) => wayTo(time, at, line))));
}

function groups(prompts, by) {
  const found = new Map();
  for (const line of together(prompts)) {
    const key = by === "child" ? line.child : line.indicator;
    if (!found.has(key)) found.set(key, { title: by === "child" ? t("child_title", { child: key }) : line.title, lines: [] });
    found.get(key).lines.push(line);
  }
  const all = [...found.values()];
  return by === "child" ? all.sort((a, b) => a.title.localeCompare(b.title)) : all;
}

function shown(prompts, chosen) {
  return prompts.filter((prompt) =>
    (!chosen.child || prompt.child === chosen.child) &&
    (!chosen.indicator || prompt.indicator === chosen.indicator) &&
    (!chosen.severity || prompt.severity === chosen.severity) &&
    (!chosen.current || prompt.current) &&
    (!chosen.fresh || isNew(prompt)));
}

function fill(place, prompts, chosen) {
  const left = shown(prompts, chosen);
  const lines = together(left).length;
  const said = lines ? n("prompts_found", lines) : t("prompts_none");
  place.replaceChildren(
    p(said),
    ...groups(left, chosen.by).map((group) =>
      el("section", {}, h2(group.title), el("ul", { class: "govuk-list" }, group.lines.map((line) => card(line, chosen.by))))),
  );
  say(said);
}

const choicesOf = (prompts, code_, title) => [
  ["", t("all")],
  ...[...new Map(prompts.map((prompt) => [prompt[code_], prompt[title]]))].sort((a, b) => a[1].localeCompare(b[1])),
];

// The server's export has the filters that the server has.
function exportLink(chosen) {
  return el("a", { class: "govuk-link", download: "prompts.csv",
    href: withQuery("/v1/prompts", { format: "csv", limit: EXPORT_MOST, state: chosen.state, severity: chosen.severity, indicator: chosen.indicator }) },
    t("export_csv"));
}

export async function show(place, { query }) {
  await ready();
  const chosen = { by: "child", state: "open", ...query };
  const { items, more, withheld: left } = await list("/v1/prompts", { state: chosen.state });
  const found = el("div");
  const way = el("p", { class: "govuk-body" });
  const change = async (name, value) => {
    chosen[name] = value;
    keepQuery({ ...chosen });
    // What the server was asked for is another list.
    if (name === "state") dispatchEvent(new HashChangeEvent("hashchange"));
    else {
      way.replaceChildren(exportLink(chosen));
      fill(found, items, chosen);
    }
  };
  const pick = (name, label, choices) =>
    select({ name, label, choices, value: chosen[name] || "", onchange: (event) => change(name, event.target.value) });
  const tick = (name, label) =>
    checkbox({ name, label, checked: Boolean(chosen[name]), onchange: (event) => change(name, event.target.checked ? "yes" : "") });
  place.append(
    h1(t("prompts_title")),
    p(t("prompts_what")),
    withheld({ withheld: left }),
    el("form", { class: "tm-filters", "aria-label": t("filters"), onsubmit: (event) => event.preventDefault() },
      pick("by", t("group_by"), [["child", t("by_child")], ["indicator", t("by_indicator")]]),
      pick("state", t("state"), STATES.map((state) => [state, code("state", state)])),
      pick("child", t("child"), choicesOf(items, "child", "child")),
      pick("indicator", t("indicator"), choicesOf(items, "indicator", "title")),
      pick("severity", t("severity"), [["", t("all")], ...Object.keys(SEVERITY_ORDER).map((one) => [one, code("severity", one)])]),
      tick("current", t("only_current")),
      tick("fresh", t("only_new"))),
    way,
    items.length > EXPORT_MOST ? p(t("export_cut")) : "",
    more ? p(t("list_cut", { count: items.length })) : "",
    found,
  );
  way.append(exportLink(chosen));
  fill(found, items, chosen);
}
