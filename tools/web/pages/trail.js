// Entries of the audit trail, chosen by account and days, the latest first: what the page of the whole trail and
// that of one child share.

import { get } from "../api.js";
import { moment, readDay, words } from "../dates.js";
import { to } from "../router.js";
import { el, form, input, link, p, showErrors, submit, table } from "../ui.js";
import { has, n, t } from "../texts.js";
import { code } from "../words.js";

const PAGE = 100;

const written = (day) => (day ? words(day) : "");

/** What was done: "Looked at a child"; of an operation without words its name. */
export function did(operation) {
  const key = `did_${operation.replaceAll(".", "_")}`;
  return has(key) ? t(key) : operation;
}

function who(entry) {
  if (entry.account === "command") return t("audit_command");
  return entry.account ? `${entry.account}${entry.role ? `, ${code("role", entry.role)}` : ""}` : t("audit_nobody");
}

/**
 * `path` is the page's own, without "#"; `fields` stand before the days. What was typed goes into the address, so
 * that back leads to what was seen before.
 */
export function filters({ path, values, query, fields = [], names = [] }) {
  return form({
    className: "tm-filters",
    fields: [
      input({ name: "account", label: t("audit_who"), value: query.account, width: "10", attributes: { autocapitalize: "none" } }),
      fields,
      ...["since", "until"].map((name) => input({ name, label: t(`audit_${name}`), value: written(query[name]), width: "10",
        hint: t("audit_day_hint") })),
      submit(t("audit_show")),
      link(to(path, values), t("audit_all")),
    ],
    names: ["account", "since", "until", ...names],
    send: async (held, made) => {
      const wrong = ["since", "until"].filter((name) => held[name] && !readDay(held[name]));
      if (wrong.length) return showErrors(made, wrong.map((name) => [name, t("audit_day_wrong")]));
      for (const name of ["since", "until"]) if (held[name]) held[name] = readDay(held[name]);
      location.hash = to(path, values, held);
      return undefined;
    },
  });
}

function row(entry, about) {
  return [
    String(entry.number),
    moment(entry.at),
    who(entry),
    did(entry.operation),
    ...(about ? [about(entry)] : []),
    [entry.reason && el("div", { class: "tm-told" }, entry.reason), entry.details && el("div", { class: "tm-told" }, entry.details)],
  ];
}

/** The entries of the server's list at `from`; `about` shows what one is about, where they differ in that. */
export async function entries({ from, path, values, query, about }) {
  const { after, ...chosen } = query;
  const page = await get(from, { ...chosen, newest: true, limit: PAGE, cursor: after });
  const columns = [t("audit_number"), t("audit_when"), t("audit_who"), t("audit_did"), ...(about ? [t("audit_on")] : []), t("audit_why")];
  return el("div", {},
    page.items.length
      ? table({ caption: n("audit_entries", page.items.length), columns, rows: page.items.map((entry) => row(entry, about)),
          hideCaption: true, className: "tm-trail" })
      : p(t("audit_none")),
    page.next ? p(link(to(path, values, { ...chosen, after: page.next }), t("audit_earlier"))) : "");
}
