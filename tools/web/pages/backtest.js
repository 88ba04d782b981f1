// How an indicator answers over the children that one may count, and how it would with other values: a
// number never without its definition.

import { address, change } from "../api.js";
import { words } from "../dates.js";
import { el, form, h3, input, inset, p, select, showErrors, submit, summary, table } from "../ui.js";
import { n, t } from "../texts.js";
import { written } from "../words.js";

const SPAN = /^(\d+) (day|month|working day)s?$/;
const isNumber = (value) => /^-?\d+(\.\d+)?( %)?$/.test(value);

/** A value as a policy writes it; undefined for what is not one of that sort. */
function typed(text, sort) {
  const trimmed = text.trim();
  const span = SPAN.exec(trimmed);
  if (sort === "span") return span ? { [`${span[2].replace(" ", "_")}s`]: Number(span[1]) } : undefined;
  if (sort === "number") return isNumber(trimmed) ? Number(trimmed.replace(" %", "")) : undefined;
  if (sort === "flag") return trimmed === "yes" ? true : trimmed === "no" ? false : undefined;
  return trimmed || undefined;
}

function sortOf(value, choices) {
  if (SPAN.test(value)) return "span";
  if (isNumber(value)) return "number";
  if (value === "yes" || value === "no") return "flag";
  return choices.length > 1 ? "choice" : "";
}

/** The values that a form can hold: each {name, sort, value, choices, doc}. Lists are a policy's business. */
function fieldsOf(one, policy) {
  return Object.entries(one.params).map(([name, param]) => {
    const range = policy.get(name)?.offered || "";
    const choices = / to /.test(range) || !range.includes(",") ? [] : range.split(",").map((choice) => choice.trim());
    const sort = sortOf(param.value, choices);
    // Written in words where it is in force: "closure or step down".
    const value = sort === "choice" ? choices.find((choice) => choice.replaceAll("-", " ") === param.value.replaceAll("-", " ")) || "" : param.value;
    return { name, sort, value, choices, doc: param.doc, range };
  }).filter((field) => field.sort);
}

function fieldElement(field) {
  const hint = [field.doc, field.range && !field.choices.length ? t("bt_range", { range: field.range }) : ""].filter(Boolean).join(". ");
  const shared = { name: field.name, label: written(field.name), hint, value: field.value };
  if (field.sort === "choice") return select({ ...shared, choices: field.choices.map((choice) => [choice, written(choice)]) });
  if (field.sort === "flag") return select({ ...shared, choices: [["yes", t("answer_yes")], ["no", t("answer_no")]] });
  return input({ ...shared, width: "10" });
}

const days = (count) => (count === undefined ? "-" : n("bt_days", count));

function result(titles, answer, wasChanged) {
  const children = answer.children || [];
  return [
    h3(t("bt_result")),
    wasChanged && !answer.against ? inset(t("bt_not_taken")) : "",
    summary([
      [t("bt_as_of"), words(answer.as_of)], [t("bt_asked"), String(answer.children_asked)], [t("bt_policy"), answer.policy], [t("definition"), answer.definition],
      answer.against ? [t("bt_changed_definition"), answer.against.definition] : ["", ""],
    ]),
    table({
      caption: t("bt_counts"), columns: [t("bt_count"), t("bt_number"), t("bt_means")],
      rows: [
        ...(answer.against ? [[t("bt_gained"), String(answer.against.gained), t("bt_gained_means")], [t("bt_lost"), String(answer.against.lost), t("bt_lost_means")]] : []),
        [t("bt_step_ups"), String(answer.step_ups.children), t("bt_step_ups_means")],
        [t("bt_before"), days(answer.step_ups.median_days_before), t("bt_before_means")],
      ],
    }),
    table({
      caption: t("bt_overlaps"), columns: [t("ru_indicator"), t("bt_with_prompt"), t("bt_both")],
      rows: answer.overlaps.filter((other) => other.children).map((other) => [titles.get(other.indicator) || written(other.indicator), String(other.children), String(other.both)]),
    }),
    children.length ? table({
      caption: t("count_children"), columns: [t("child"), t("bt_answer"), t("bt_first_met"), t("bt_step_up")],
      rows: children.map((child) => [child.child, written(child.answer), child.first_met ? words(child.first_met) : "-", child.step_up ? words(child.step_up) : "-"]),
    }) : p(t("bt_counts_only")),
  ].flat(Infinity).filter(Boolean);
}

/** The changed values only, as a policy of their own; null when none was changed, [name, message] for a wrong one. */
function policyOf(one, fields, held) {
  const params = {};
  for (const field of fields) {
    const text = held[field.name] || "";
    if (text === field.value) continue;
    const value = typed(text, field.sort);
    if (value === undefined) return { wrong: [field.name, t("bt_wrong", { value: field.value })] };
    params[field.name] = value;
  }
  if (!Object.keys(params).length) return { policy: undefined };
  return { policy: { policy: 1, title: t("bt_policy_title"), indicators: { [one.id]: { params } } } };
}

export function backtestForm(one, policy, titles) {
  const fields = fieldsOf(one, policy);
  const place = el("div", { "aria-live": "polite" });
  const names = fields.map((field) => field.name);
  const made = form({
    className: "tm-narrow",
    names,
    fields: [p(t("bt_body")), ...fields.map(fieldElement), submit(t("bt_run"))],
    send: async (held, made_) => {
      place.replaceChildren();
      const { policy: against, wrong } = policyOf(one, fields, held);
      if (wrong) return showErrors(made_, [wrong]);
      const { value } = await change("POST", address("/v1/indicators/{}/backtest", one.id), { body: against ? { against } : {} });
      place.replaceChildren(...result(titles, value, Boolean(against)));
      return undefined;
    },
  });
  return [made, place];
}
