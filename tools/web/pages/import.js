// One return: what its columns were taken for and why, ten rows, what was set aside and why; another map;
// kept or thrown away.

import { address, change, getVersioned } from "../api.js";
import { words } from "../dates.js";
import { to } from "../router.js";
import { may } from "../session.js";
import { backLink, button, details, done, el, form, h1, h2, hidden, input, inset, p, say, select, submit, summary, table } from "../ui.js";
import { n, t } from "../texts.js";
import { agency, ready, written } from "../words.js";
import { stateTag } from "./imports.js";

const FIELDS = ["child", "household", "occurred", "time", "ended", "recorded", "agency", "role", "kind", "theme", "polarity", "significance",
  "child_seen", "seen_alone", "voice", "text", "analysis", "action", "outcome", "reference", "incident"];
const OTHER_FACT = "facts.";

const fieldWords = (field) => (field.startsWith(OTHER_FACT) ? t("im_fact", { fact: written(field.slice(OTHER_FACT.length)).toLowerCase() }) : t(`im_field_${field}`));

/** A table that may be wider than the page: it scrolls in itself, by keyboard too. */
function wide(label, content) {
  return el("div", { class: "tm-wide", role: "region", "aria-label": label, tabindex: "0" }, content);
}

// --- the map ---

const targetOf = (map, heading) => map.columns?.[heading]?.to || "";

function fieldSelect(name, heading, target, facts) {
  const known = [...FIELDS, ...facts].map((field) => [field, fieldWords(field)]);
  const choices = [["", t("im_not_read")], ...known, [OTHER_FACT, t("im_other_fact")]];
  const fact = el("div", { hidden: true }, input({ name: `${name}-fact`, label: t("im_fact_code"), width: "10", attributes: { spellcheck: "false" } }));
  const made = select({ name, label: hidden(t("im_reads", { heading })), choices, value: target,
    onchange: (event) => { fact.hidden = event.target.value !== OTHER_FACT; } });
  return [made, fact];
}

/** The map with other targets; a column that is not read is named as such, so that nothing is passed over. */
function changed(map, headings, held) {
  const columns = {};
  const ignore = new Set(map.ignore || []);
  for (const [at, heading] of headings.entries()) {
    const chosen = held[`column-${at}`] || "";
    const target = chosen === OTHER_FACT ? OTHER_FACT + (held[`column-${at}-fact`] || "") : chosen;
    if (!target || target === OTHER_FACT) ignore.add(heading);
    else {
      // What its words mean is kept only while it is the same thing.
      columns[heading] = targetOf(map, heading) === target ? map.columns[heading] : { to: target };
      ignore.delete(heading);
    }
  }
  return { ...map, columns, ignore: [...ignore] };
}

function mapForm(one, reload) {
  const headings = one.headings.filter(Boolean);
  const why = new Map(one.guesses.map((guess) => [guess.heading, guess.why]));
  const facts = [...new Set(Object.values(one.map.columns || {}).map((column) => column.to).filter((field) => field?.startsWith(OTHER_FACT)))].sort();
  const sample = (at) => (one.sample?.rows || []).map((row) => row[at]).filter(Boolean).slice(0, 2).join("; ");
  return form({
    fields: [
      table({
        caption: t("im_columns"), columns: [t("im_heading"), t("im_meaning"), t("im_why"), t("im_such_as")],
        rows: headings.map((heading, at) => [heading, fieldSelect(`column-${at}`, heading, targetOf(one.map, heading), facts), why.get(heading) || "-", sample(one.headings.indexOf(heading))]),
      }),
      one.state === "waiting" ? submit(t("im_read_again")) : "",
    ],
    send: async (held) => {
      const { value, etag } = await change("PUT", address("/v1/imports/{}/map", one.id), { body: changed(one.map, headings, held) });
      reload(value, etag, t("im_read_again_done"));
    },
  });
}

// --- what came of it ---

function accounts(one) {
  return table({
    caption: t("im_accounts"), columns: [t("im_sheet"), t("im_rows"), t("im_read"), t("im_set_aside")],
    rows: one.accounts.map((account) => [account.sheet || t("im_whole"), String(account.rows), String(account.read), String(account.set_aside)]),
  });
}

function diagnostics(one) {
  if (!one.diagnostics.length) return p(t("im_fine"));
  const more = (one.diagnostic_count || 0) - one.diagnostics.length;
  return [
    table({
      caption: t("im_told"), columns: [t("im_row"), t("im_column"), t("im_severity"), t("im_what")],
      rows: one.diagnostics.map((told) => [told.row ? String(told.row) : "-", told.column || "-", t(`im_severity_${told.severity}`), told.message]),
    }),
    more > 0 ? p(t("im_told_more", { count: more })) : "",
  ];
}

function rows(one) {
  if (!one.sample?.rows?.length) return "";
  return [h2(n("im_sample", one.sample.rows.length)), wide(t("im_sample_label"), el("table", { class: "govuk-table" },
    el("caption", { class: "govuk-table__caption govuk-visually-hidden" }, t("im_sample_label")),
    el("thead", {}, el("tr", {}, one.sample.headings.map((heading) => el("th", { class: "govuk-table__header", scope: "col" }, heading || t("im_no_heading"))))),
    el("tbody", {}, one.sample.rows.map((row) => el("tr", {}, row.map((cell) => el("td", { class: "govuk-table__cell" }, cell)))))))];
}

function counts(one) {
  if (!one.counts) return "";
  return table({
    caption: t("im_kept"), columns: [t("im_what_kept"), t("im_added"), t("im_known"), t("im_differs")],
    rows: Object.entries(one.counts).map(([name, count]) => [written(name), String(count.added), String(count.known), String(count.differs)]),
  });
}

// --- kept or thrown away ---

function ends(one, etag, reload) {
  const act = async (ask) => {
    try {
      await ask();
    } catch (error) {
      if (!("status" in error)) throw error;
      reload(one, etag, error.message, true);
    }
  };
  return [
    h2(t("im_confirm_title")), p(t("im_confirm_body")),
    el("div", { class: "govuk-button-group" },
      button(t("im_confirm"), () => act(async () => {
        const { value, etag: now } = await change("POST", address("/v1/imports/{}/confirmation", one.id), { body: {}, etag });
        reload(value, now, t("im_confirmed"));
      })),
      button(t("im_discard"), () => act(async () => {
        await change("DELETE", address("/v1/imports/{}", one.id), { etag });
        location.hash = to("/imports");
      }), "secondary")),
  ];
}

function draw(place, one, etag, told = "", isWrong = false) {
  const reload = (value, now, text, wrong) => { draw(place, value, now, text, wrong); place.querySelector("[role=alert], h1").focus(); };
  const message = el("div");
  const isWaiting = one.state === "waiting";
  place.replaceChildren(...[
    backLink(to("/imports"), t("im_title")), message,
    h1(t("im_return", { number: one.id }), one.agency ? agency(one.agency) : ""),
    summary([[t("im_state"), stateTag(one.state)], [t("im_received"), words(one.received)], [t("im_format"), one.format], [t("im_size"), n("im_bytes", one.bytes)],
      one.children ? [t("im_children"), t("im_children_counts", { known: one.children.known, unknown: one.children.new })] : ["", ""]]),
    one.children?.new && isWaiting ? inset(t("im_children_new")) : "",
    counts(one),
    one.accounts ? accounts(one) : "",
    one.diagnostics ? diagnostics(one) : "",
    isWaiting && one.map?.columns && one.headings?.length ? [h2(t("im_map_title")), p(t("im_map_body")), mapForm(one, reload)] : "",
    isWaiting && !one.map ? p(t("im_built_in", { format: one.format })) : "",
    rows(one),
    isWaiting && may("imports.confirm") ? ends(one, etag, reload) : "",
    one.map ? details(t("im_map_json"), el("pre", { class: "tm-wide", tabindex: "0" }, JSON.stringify(one.map, null, 2))) : "",
  ].flat(Infinity).filter(Boolean));
  if (told && isWrong) message.replaceChildren(inset(told));
  else if (told) done(message, told);
  if (told) say(told);
}

export async function show(place, { params }) {
  await ready();
  const { value, etag } = await getVersioned(address("/v1/imports/{}", params.id));
  draw(place, value, etag);
}
