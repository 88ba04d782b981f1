// Adding an entry, and correcting one: the same form. A correction says why, and the earlier version stays.

import { address, change, getVersioned, newKey } from "../api.js";
import { to } from "../router.js";
import { today } from "../session.js";
import { backLink, details, el, form, h1, input, inset, newId, radios, select, showErrors, submit, textarea } from "../ui.js";
import { t } from "../texts.js";
import { agencies, agency, code, kind, kinds, ready } from "../words.js";

const THEMES = [
  "physical", "educational", "emotional", "medical", "supervisory", "environmental", "domestic-abuse", "substance", "mental-health",
  "exploitation",
];
const NAMES = [
  "occurred", "time", "recorded", "agency", "role", "kind", "theme", "polarity", "significance", "child_seen", "seen_alone",
  "voice", "text", "analysis", "action", "outcome", "reference", "limited_to", "sharing_basis", "reason",
];
const BASES = [
  "consent", "legal-obligation", "vital-interests", "public-task", "recognised-legitimate-interest", "legitimate-interests",
  "safeguarding-without-consent", "restricted",
];
// What the form does not show of an entry is sent back as it was.
const KEPT = ["incident", "facts"];

const byTitle = (pairs) => [...pairs].sort((a, b) => a[1].localeCompare(b[1]));
const yesNo = (name, legend, value) =>
  radios({ name, legend, inline: true, value: value || "", choices: [["yes", t("answer_yes")], ["no", t("answer_no")], ["", t("answer_none")]] });

function choose(name, label, pairs, value, title) {
  const known = pairs.some(([one]) => one === value);
  const choices = [["", t("choose")], ...byTitle(value && !known ? [...pairs, [value, title(value)]] : pairs)];
  return select({ name, label, choices, value: value || "" });
}

const limitOf = (one) => String(one.facts?.limited_to || "").split(" ").filter(Boolean);

function limits(one) {
  const held = new Set(limitOf(one));
  const tick = ([value, title]) => {
    const id = newId("limited");
    return el("div", { class: "govuk-checkboxes__item" },
      el("input", { class: "govuk-checkboxes__input", id, name: "limited_to", type: "checkbox", value, checked: held.has(value) }),
      el("label", { class: "govuk-label govuk-checkboxes__label", for: id }, title));
  };
  const hint = newId("limited-hint");
  return el("div", { class: "govuk-form-group", "data-field": "limited_to" },
    el("fieldset", { class: "govuk-fieldset", "aria-describedby": hint },
      el("legend", { class: "govuk-fieldset__legend" }, t("limited_to_label")),
      el("div", { class: "govuk-hint", id: hint }, t("limited_to_hint")),
      el("div", { class: "govuk-checkboxes govuk-checkboxes--small" }, byTitle(agencies()).map(tick))));
}

function fields(one, isNew) {
  const codes = (group, list) => [["", t("not_stated")], ...list.map((value) => [value, code(group, value)])];
  return [
    input({ name: "occurred", label: t("occurred"), hint: t("occurred_hint"), value: one.occurred_as_written || one.occurred, width: "20" }),
    input({ name: "time", label: t("time"), hint: t("time_hint"), value: one.time, width: "5" }),
    choose("agency", t("agency"), agencies(), one.agency, agency),
    choose("kind", t("what_happened"), kinds(), one.kind, kind),
    textarea({ name: "text", label: t("text_label"), hint: t("text_hint"), value: one.text, rows: 5 }),
    textarea({ name: "action", label: t("action_label"), hint: t("action_hint"), value: one.action, rows: 3 }),
    yesNo("child_seen", t("child_seen"), one.child_seen),
    yesNo("seen_alone", t("seen_alone"), one.seen_alone),
    yesNo("voice", t("child_heard"), one.voice),
    details(t("more_fields"),
      textarea({ name: "analysis", label: t("analysis_label"), value: one.analysis, rows: 3 }),
      textarea({ name: "outcome", label: t("outcome"), value: one.outcome, rows: 2 }),
      select({ name: "significance", label: t("significance"), choices: codes("significance", ["high", "medium", "low"]), value: one.significance || "" }),
      select({ name: "polarity", label: t("polarity"), choices: codes("polarity", ["concern", "strength", "neutral"]), value: one.polarity || "" }),
      select({ name: "theme", label: t("theme"), choices: codes("theme", THEMES), value: one.theme?.[0] || "" }),
      input({ name: "role", label: t("role_label"), value: one.role, width: "20" }),
      input({ name: "reference", label: t("reference"), value: one.reference, width: "20" }),
      input({ name: "recorded", label: t("recorded_label"), hint: t("recorded_hint"), value: one.recorded || (isNew ? today() : ""), width: "10" })),
    details(t("sharing"),
      select({
        name: "sharing_basis", label: t("sharing_basis"), hint: t("sharing_basis_hint"), value: one.facts?.sharing_basis || "",
        choices: [["", t("not_stated")], ...BASES.map((value) => [value, code("basis", value)])],
      }),
      limits(one)),
    isNew ? "" : textarea({ name: "reason", label: t("correct_reason"), hint: t("correct_reason_hint"), rows: 2 }),
    submit(t(isNew ? "add_keep" : "correct_keep")),
  ];
}

function missing(held, isNew) {
  const needed = { occurred: "occurred_missing", agency: "agency_missing", kind: "kind_missing", ...(isNew ? {} : { reason: "correct_reason_missing" }) };
  return Object.entries(needed).filter(([name]) => !held[name]).map(([name, key]) => [name, t(key)]);
}

// What was chosen; a list that names the same agencies goes back as it was.
function sharing(held, one) {
  const before = limitOf(one);
  const chosen = held.limited_to || [];
  const same = before.length === chosen.length && before.every((value) => chosen.includes(value));
  const limit = same && "limited_to" in (one.facts || {}) ? one.facts.limited_to : chosen.join(" ");
  return { limited_to: limit, sharing_basis: held.sharing_basis || "" };
}

function bodyOf(held, one) {
  const body = { ...held };
  // A list of themes of which the form shows the first keeps the others.
  if (body.theme) body.theme = [body.theme, ...(one.theme || []).slice(1).filter((theme) => theme !== body.theme)];
  for (const name of KEPT) if (one[name] !== undefined) body[name] = one[name];
  body.facts = { ...one.facts, ...sharing(held, one) };
  delete body.limited_to;
  delete body.sharing_basis;
  // The end of an episode is an entry of its own, to be corrected there.
  if (one.ended && !one.episode) body.ended = one.ended;
  return body;
}

export async function show(place, { params }) {
  await ready();
  const isNew = !params.event;
  const entries = address("/v1/children/{}/events", params.child);
  const { value: one, etag } = isNew ? { value: {}, etag: null } : await getVersioned(`${entries}/${encodeURIComponent(params.event)}`);
  const key = newKey();
  const made = form({
    className: "tm-narrow",
    careful: true,
    fields: fields(one, isNew),
    many: ["limited_to"],
    names: NAMES,
    send: async (held, made_) => {
      const errors = missing(held, isNew);
      if (errors.length) return showErrors(made_, errors);
      const body = bodyOf(held, one);
      const { value } = isNew
        ? await change("POST", entries, { body, key })
        : await change("PUT", `${entries}/${encodeURIComponent(params.event)}`, { body, etag });
      location.hash = to("/children/{}/entries/{}", [params.child, value?.event || params.event]);
      return undefined;
    },
  });
  place.append(
    isNew
      ? backLink(to("/children/{}/chronology", [params.child]), t("chronology_title"))
      : backLink(to("/children/{}/entries/{}", [params.child, params.event]), t("entry")),
    h1(t(isNew ? "add_entry" : "correct_entry"), t("child_title", { child: params.child })),
    isNew ? "" : inset(t("correct_body")),
    made,
  );
}
