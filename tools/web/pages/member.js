// For an administrator: one account, with its link and the tokens of its programs.

import { address, change, get, getVersioned, newKey } from "../api.js";
import { moment } from "../dates.js";
import { to } from "../router.js";
import { current } from "../session.js";
import { backLink, button, checkboxes, done, el, form, h1, h2, hidden, input, inset, p, radios, submit, summary, table, tag } from "../ui.js";
import { n, t } from "../texts.js";
import { code, ready } from "../words.js";
import { whoFields } from "./accounts.js";
import { linkOf, showOnce } from "./secret.js";

const STATES = ["active", "locked", "closed"];
// What an account of the role may grant; the server looks again.
const SCOPES = {
  practitioner: ["rules:read"],
  manager: ["rules:read", "case:read", "case:write", "caseload:read", "store:read", "store:write"],
  analyst: ["rules:read", "caseload:read"],
  reviewer: ["rules:read"],
  administrator: ["rules:read", "store:read", "store:write"],
};

function tell(told, text) {
  done(told, text);
  told.firstChild.focus();
}

// --- the account ---

function changes(one, etag, told, renew) {
  return form({
    careful: true,
    fields: [
      whoFields(one),
      radios({ name: "state", legend: t("account_state"), hint: t("account_state_hint"), value: one.state,
        choices: STATES.map((state) => [state, code("account_state", state)]) }),
      submit(t("account_save")),
    ],
    names: ["title", "role", "team", "agency", "state"],
    send: async (held) => {
      const body = { title: held.title || one.title, role: held.role, team: held.team || "", agency: held.agency, state: held.state };
      await change("PUT", address("/v1/accounts/{}", one.name), { body, etag });
      await renew();
      tell(told, t("account_changed"));
    },
  });
}

function newLink(one, told, renew) {
  return form({
    fields: [p(t("link_new_body")), submit(t("link_make"))],
    send: async () => {
      const { value } = await change("PUT", address("/v1/accounts/{}", one.name), { body: { link: true } });
      await renew();
      showOnce(told, t("secret_link", { name: value.name }),
        t("secret_link_body", { name: value.title, until: moment(value.link_expires) }), linkOf(value.link));
    },
  });
}

// --- tokens ---

const now = () => Date.now() / 1000;
const stateOf = (token) => (token.revoked ? "revoked" : token.expires <= now() ? "over" : "live");

function tokenRow(token, told, renew) {
  const revoke = async (event) => {
    event.target.disabled = true;
    await change("DELETE", address("/v1/tokens/{}", token.id));
    await renew();
    tell(told, t("token_revoked_done"));
  };
  const state = stateOf(token);
  return [
    token.label,
    el("ul", { class: "govuk-list" }, token.scopes.map((scope) => el("li", {}, code("scope", scope.replace(":", "_"))))),
    moment(token.expires),
    token.last_used ? moment(token.last_used) : t("token_never"),
    tag(code("token", state), { live: "green", over: "grey", revoked: "orange" }[state]),
    state === "live" ? button([t("token_revoke"), hidden(`: ${token.label}`)], revoke, "warning") : "",
  ];
}

function tokenTable(tokens, told, renew) {
  return tokens.length
    ? table({
        caption: n("tokens", tokens.length),
        columns: [t("token_label"), t("token_scopes"), t("token_expires"), t("token_used"), t("token_state"), t("token_revoke")],
        rows: tokens.map((token) => tokenRow(token, told, renew)),
      })
    : p(t("tokens_none"));
}

function newToken(one, told, renew) {
  let key = newKey();
  return form({
    many: ["scopes"],
    fields: [
      input({ name: "label", label: t("token_label"), width: "20" }),
      checkboxes({ name: "scopes", legend: t("token_scopes"), value: [],
        choices: SCOPES[one.role].map((scope) => [scope, code("scope", scope.replace(":", "_"))]) }),
      input({ name: "days", label: t("token_days"), hint: t("token_days_hint"), value: "90", width: "4", attributes: { inputmode: "numeric" } }),
      submit(t("token_make")),
    ],
    names: ["label", "scopes", "days"],
    send: async (held, made) => {
      const body = { label: held.label || "", scopes: held.scopes || [], days: Number(held.days) || 0 };
      const { value } = await change("POST", address("/v1/accounts/{}/tokens", one.name), { body, key });
      key = newKey();
      made.reset();
      await renew();
      showOnce(told, t("secret_token"), t("secret_token_body"), value.token);
    },
  });
}

// --- the page ---

function fill(body, { value: one, etag }, tokens, told, renew) {
  const isOwn = one.name === current().account.name;
  const isActive = one.state === "active";
  body.replaceChildren(
    summary([[t("role"), t(`role_${one.role}`)], [t("team"), one.team], [t("account_state"), code("account_state", one.state)],
      [t("has_password"), t(one.has_password ? "has_password_yes" : "has_password_no")],
      [t("created"), moment(one.created)], [t("changed"), moment(one.changed)]]),
    h2(t("account_change")),
    isOwn ? inset(t("account_own")) : "",
    changes(one, etag, told, renew),
    ...(isActive ? [h2(t("link_new")), newLink(one, told, renew)] : []),
    h2(t("tokens_title")), p(t("tokens_body")), tokenTable(tokens, told, renew),
    ...(isActive ? [el("h3", { class: "govuk-heading-s" }, t("token_new")), newToken(one, told, renew)] : []));
}

export async function show(place, { params }) {
  await ready();
  const told = el("div");
  const body = el("div");
  const renew = async () => {
    const [one, tokens] = await Promise.all([
      getVersioned(address("/v1/accounts/{}", params.account)), get(address("/v1/accounts/{}/tokens", params.account))]);
    fill(body, one, tokens.items, told, renew);
  };
  await renew();
  place.append(backLink(to("/accounts"), t("accounts_title")), h1(t("account_of", { name: params.account })), told, body);
}
