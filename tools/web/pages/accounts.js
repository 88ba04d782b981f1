// For an administrator: who has an account, and adding one, with the link that it first signs in with.

import { change, list, newKey } from "../api.js";
import { moment } from "../dates.js";
import { to } from "../router.js";
import { el, form, h1, h2, hint, input, link, p, select, submit, table, tag } from "../ui.js";
import { n, t } from "../texts.js";
import { agencies, agency, ready } from "../words.js";
import { linkOf, showOnce } from "./secret.js";

export const ROLES = ["practitioner", "manager", "analyst", "reviewer", "administrator"];
const COLOURS = { active: "green", locked: "orange", closed: "grey" };

function row(one) {
  return [
    link(to("/accounts/{}", [one.name]), one.name),
    one.title,
    t(`role_${one.role}`),
    one.team,
    agency(one.agency),
    tag(one.state, COLOURS[one.state]),
    one.has_password ? t("has_password_yes") : t("has_password_no"),
  ];
}

/** What it takes to say who somebody is; `one` is how they are now. */
export const whoFields = (one = {}) => [
  input({ name: "title", label: t("account_title"), value: one.title, width: "20" }),
  select({ name: "role", label: t("account_role"), value: one.role, choices: ROLES.map((role) => [role, t(`role_${role}`)]) }),
  input({ name: "team", label: t("account_team"), hint: t("account_team_hint"), value: one.team, width: "20", attributes: { autocapitalize: "none" } }),
  select({ name: "agency", label: t("account_agency"), hint: t("account_agency_hint"), value: one.agency || "childrens-social-care",
    choices: agencies().sort((a, b) => a[1].localeCompare(b[1])) }),
];

function add(told, renew) {
  let key = newKey();
  return form({
    fields: [
      input({ name: "name", label: t("account_add_name"), hint: t("account_add_hint"), width: "20",
        attributes: { autocomplete: "off", autocapitalize: "none", spellcheck: "false" } }),
      whoFields(),
      submit(t("account_keep")),
    ],
    names: ["name", "title", "role", "team", "agency"],
    send: async (held, made) => {
      const body = { name: held.name || "", role: held.role, agency: held.agency, ...(held.title && { title: held.title }), ...(held.team && { team: held.team }) };
      const { value } = await change("POST", "/v1/accounts", { body, key });
      key = newKey();
      made.reset();
      await renew();
      showOnce(told, t("secret_link", { name: value.name }),
        t("secret_link_body", { name: value.title, until: moment(value.link_expires) }), linkOf(value.link));
    },
  });
}

export async function show(place) {
  await ready();
  const found = el("div");
  const told = el("div");
  const renew = async () => {
    const { items, more } = await list("/v1/accounts");
    found.replaceChildren(
      items.length ? table({
        caption: n("accounts", items.length),
        columns: [t("account"), t("name"), t("role"), t("team"), t("agency"), t("account_state"), t("has_password")],
        rows: items.map(row),
      }) : p(t("accounts_none")),
      more ? p(t("list_cut", { count: items.length })) : "");
  };
  await renew();
  place.append(h1(t("accounts_title")), told, hint(t("accounts_hint")), found, h2(t("account_add")), add(told, renew));
}
