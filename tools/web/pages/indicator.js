// One indicator: what it asks, what exactly counts, on what that rests, its values in force and where each
// comes from; and for those who may, how it would have answered with others.

import { address, get } from "../api.js";
import { to } from "../router.js";
import { may } from "../session.js";
import { backLink, h1, h2, outside, p, summary, table, tag } from "../ui.js";
import { t } from "../texts.js";
import { code, written } from "../words.js";
import { backtestForm } from "./backtest.js";

/** What a policy may say of each value: {value, from, standing, offered} by its name. */
async function offered(id) {
  const policy = await get("/v1/policies/effective");
  const own = policy.values.filter((value) => value.section === "indicators" && value.id === id);
  return new Map(own.map((value) => [value.name.replace(/^params\./, ""), value]));
}

function values(one, policy) {
  const names = Object.keys(one.params);
  if (!names.length) return p(t("ru_values_none"));
  return table({
    caption: t("ru_values"),
    columns: [t("ru_value_of"), t("ru_value"), t("ru_from"), t("ru_offered"), t("ru_standing")],
    rows: names.map((name) => [
      [written(name), one.params[name].doc ? p(one.params[name].doc) : ""], one.params[name].value, one.params[name].from,
      policy.get(name)?.offered || "-", policy.get(name)?.standing ? code("standing", policy.get(name).standing) : "-"]),
  });
}

export async function show(place, { params }) {
  const [one, policy, all] = await Promise.all([get(address("/v1/indicators/{}", params.id)), offered(params.id), get("/v1/indicators")]);
  const titles = new Map(all.map((other) => [other.id, other.title]));
  place.append(...[
    backLink(to("/rules"), t("ru_title")),
    h1(one.title, written(one.group)),
    one.on ? "" : p(tag(t("ru_is_off"), "grey")),
    summary([
      [t("ru_question"), one.question], [t("definition"), one.definition], [t("ru_source"), one.source],
      [t("ru_standing"), one.standing.map((standing) => code("standing", standing)).join(", ")],
      [t("severity"), code("severity", one.severity)], [t("ru_on_from"), one.on_from], [t("ru_version"), `${one.version}, ${one.file}`],
    ]),
    values(one, policy),
    p(outside(address("/v1/indicators/{}/page", one.id), t("ru_page"))),
    may("indicators.backtest") ? [h2(t("bt_title")), backtestForm(one, policy, titles)] : "",
  ].flat(Infinity).filter(Boolean));
}
