// The assessments of a child: the list, a new one, and what changed from one visit to the next.

import { address, change, get, newKey } from "../api.js";
import { readDay, words } from "../dates.js";
import { to } from "../router.js";
import { may, today } from "../session.js";
import { backLink, details, form, h1, h2, h3, input, link, outside, p, radios, select, showErrors, submit, table, tag } from "../ui.js";
import { t } from "../texts.js";
import { agencies, ready } from "../words.js";
import { titlesOf } from "../assessment/instrument.js";

function assessmentTable(items) {
  if (!items.length) return p(t("as_none"));
  return table({
    caption: t("as_list"),
    columns: [t("as_instrument"), t("as_date"), t("as_state"), t("as_author")],
    rows: items.map((one) => [
      link(to("/assessments/{}", [one.id]), one.instrument_title), one.date ? words(one.date) : t("as_not_recorded"),
      tag(t(`as_state_${one.state}`), one.state === "draft" ? "yellow" : one.state === "withdrawn" ? "grey" : "green"), one.author]),
  });
}

async function beginForm(child, items) {
  await ready();
  const instruments = await get("/v1/instruments");
  const key = newKey();
  const byTitle = [...instruments].sort((a, b) => a.title.localeCompare(b.title));
  const choices = agencies().sort((a, b) => a[1].localeCompare(b[1]));
  return form({
    className: "tm-narrow",
    names: ["instrument", "purpose", "date", "agency"],
    fields: [
      select({ name: "instrument", label: t("as_instrument"), choices: byTitle.map((one) => [one.id, one.title]),
        value: instruments.some((one) => one.id === "graded-care") ? "graded-care" : byTitle[0].id }),
      radios({ name: "purpose", legend: t("as_purpose"), inline: true, value: items.length ? "review" : "baseline",
        choices: [["baseline", t("as_purpose_baseline")], ["review", t("as_purpose_review")]] }),
      input({ name: "date", label: t("as_date"), hint: t("as_date_hint"), value: words(today()), width: "20" }),
      select({ name: "agency", label: t("as_agency"), choices: [["", t("choose")], ...choices] }),
      submit(t("as_begin")),
    ],
    send: async (held, made) => {
      const date = readDay(held.date || "");
      if (!date) return showErrors(made, [["date", t("as_day_wrong")]]);
      const { value } = await change("POST", address("/v1/children/{}/assessments", child), { body: { ...held, date }, key });
      location.hash = to("/assessments/{}", [value.id]);
      return undefined;
    },
  });
}

const CHANGES = { better: "green", worse: "orange" };

function comparison(one, titles) {
  const grade = (value) => (value === null || value === undefined ? t("as_not_yet") : String(value));
  const row = (code, part) => [`${titles.get(code) || code} (${code})`, grade(part.before), grade(part.now), tag(t(`as_change_${part.change.replaceAll("-", "_")}`), CHANGES[part.change] || "grey"), part.sentence];
  return [
    h3(t("as_compared", { before: words(one.before.date), now: words(one.now.date) })),
    one.carer ? p(t("as_compared_carer", { carer: one.carer })) : "",
    one.comparable ? table({ caption: t("as_areas"), hideCaption: true, className: "tm-words",
      columns: [t("as_area_column"), t("as_then"), t("as_now"), t("as_change"), t("as_in_words")],
      rows: Object.entries(one.areas).map(([code, area]) => row(code, area)) }) : p(one.reason || t("as_not_comparable")),
    one.comparable ? details(t("as_sub_areas"), table({ caption: t("as_sub_areas"), hideCaption: true, className: "tm-words",
      columns: [t("as_area_column"), t("as_then"), t("as_now"), t("as_change"), t("as_in_words")],
      rows: Object.values(one.areas).flatMap((area) => Object.entries(area.sub_areas || {}).map(([code, part]) => row(code, part))) })) : "",
  ];
}

async function comparisons(child) {
  const path = address("/v1/children/{}/comparison", child);
  let found;
  try {
    found = await get(path, { format: "json" });
  } catch (error) {
    if (error.status !== 422) throw error;
    return [p(t("as_compare_none"))];
  }
  const instruments = [...new Set(found.map((one) => one.instrument))];
  const shown = new Map(await Promise.all(instruments.map(async (id) => [id, await get(address("/v1/instruments/{}", id))])));
  // The latest first.
  return [p(outside(`${path}?format=html`, t("as_compare_print"))),
    [...found].reverse().map((one) => comparison(one, titlesOf(shown.get(one.instrument))))];
}

export async function show(place, { params }) {
  const { child } = params;
  const { items } = await get(address("/v1/children/{}/assessments", child));
  place.append(...[
    backLink(to("/children/{}", [child]), t("child_title", { child })),
    h1(t("as_title"), t("as_of_child", { child })),
    assessmentTable(items),
    may("assessments.begin") ? [h2(t("as_begin")), await beginForm(child, items)] : "",
    may("compare") ? [h2(t("as_compare")), await comparisons(child)] : "",
  ].flat(Infinity).filter(Boolean));
}
