// One prompt, in the order in which a reader asks: what it says, which rows made it, what it looks for and
// where its numbers come from, and what was done about it.

import { address, change, get, getVersioned } from "../api.js";
import { between, moment, words } from "../dates.js";
import { to } from "../router.js";
import { may } from "../session.js";
import { backLink, details, done, el, form, h1, h2, inset, link, outside, p, radios, sentence, showErrors, submit, summary, table, tag, textarea } from "../ui.js";
import { n, t } from "../texts.js";
import { agency, code, kind, ready, source, written } from "../words.js";
import { SEVERITY_COLOURS } from "./prompts.js";

function rowsOf(prompt, spell) {
  return table({
    caption: n("rows_behind", spell.evidence.length + (spell.more_rows || 0)),
    columns: [t("date"), t("agency"), t("what"), t("source"), t("entry")],
    rows: spell.evidence.map((row) => [
      between(row.from, row.to),
      agency(row.agency),
      kind(row.kind),
      source(row.source),
      row.event && may("events.show")
        ? link(to("/children/{}/entries/{}", [prompt.child, row.event]), t("open_entry"),
            el("span", { class: "govuk-visually-hidden" }, `: ${kind(row.kind)}, ${between(row.from, row.to)}`))
        : "",
    ]),
  });
}

function why(prompt) {
  return [
    h2(t("why_title")),
    p(t(prompt.answer === "possible" ? "why_possible" : "why_met")),
    prompt.spells.map((spell) => spell.evidence?.length ? rowsOf(prompt, spell) : p(t("why_no_rows"))),
    prompt.spells.some((spell) => spell.more_rows) ? p(t("why_more_rows")) : "",
    may("chronology") ? p(link(to("/children/{}/chronology", [prompt.child]), t("whole_chronology"))) : "",
  ];
}

async function rule(prompt) {
  const asked = may("indicators.explain") ? await get(address("/v1/indicators/{}", prompt.indicator)) : {};
  const numbers = Object.entries(asked.params || {});
  return [
    h2(t("rule_title")),
    prompt.question ? el("p", { class: "govuk-body govuk-!-font-weight-bold" }, prompt.question) : "",
    p(sentence(prompt.definition || asked.definition) || t("rule_gone")),
    numbers.length
      ? details(t("numbers_title"), table({
          caption: t("numbers_title"), hideCaption: true,
          columns: [t("number"), t("value"), t("set_in")],
          rows: numbers.map(([name, set]) => [set.doc || written(name), String(set.value), set.from]),
        }))
      : "",
    summary([
      [t("rests_on"), prompt.source || asked.source],
      [t("standing"), (prompt.standing || asked.standing || []).map((one) => code("standing", one)).join(", ")],
      [t("indicator"), [prompt.title, asked.version ? `, ${t("version", { version: asked.version })}` : ""]],
    ]),
    may("indicators.doc") ? p(outside(address("/v1/indicators/{}/page", prompt.indicator), t("indicator_page"))) : "",
  ];
}

function history(prompt) {
  return table({
    caption: t("history_title"),
    columns: [t("state"), t("who"), t("when"), t("reason")],
    rows: prompt.history.map((step) => [code("state", step.state), step.by || t("by_run"), moment(step.at), step.reason || ""]),
  });
}

function act(prompt, etag, again) {
  return form({
    careful: true,
    fields: [
      radios({ name: "state", legend: t("act_legend"), value: "", choices:
        ["seen", "acted-on", "dismissed", "new"].filter((state) => state !== prompt.state).map((state) => [state, code("act", state)]) }),
      textarea({ name: "reason", label: t("act_reason"), hint: t("act_reason_hint"), rows: 3, attributes: { maxlength: 1000 } }),
      submit(t("act_keep")),
    ],
    names: ["state", "reason"],
    send: async (held, made) => {
      if (!held.state) return showErrors(made, [["state", t("act_missing")]]);
      if (["acted-on", "dismissed"].includes(held.state) && !held.reason) return showErrors(made, [["reason", t("act_reason_missing")]]);
      await change("POST", address("/v1/prompts/{}/states", prompt.key), { etag, body: { state: held.state, reason: held.reason || "" } });
      return again(t("act_kept", { state: code("state", held.state) }));
    },
  });
}

async function fill(place, key, said = "") {
  const { value: prompt, etag } = await getVersioned(address("/v1/prompts/{}", key));
  const told = el("div");
  place.replaceChildren(
    told,
    backLink(to("/prompts"), t("prompts_title")),
    h1(prompt.title, t("child_title", { child: prompt.child })),
    el("p", { class: "govuk-body-l" }, prompt.sentence),
    el("p", { class: "tm-tags tm-tags--apart" },
      tag(code("severity", prompt.severity), SEVERITY_COLOURS[prompt.severity]),
      tag(prompt.current ? t("is_current") : t("is_past"), prompt.current ? "yellow" : "grey"),
      prompt.answer === "possible" && tag(t("answer_possible"), "purple"),
      tag(code("state", prompt.state), "grey"),
      el("span", { class: "govuk-body-s" }, prompt.first_met ? t("first_met", { date: words(prompt.first_met) }) : "")),
    prompt.gone ? inset(t("is_gone")) : "",
    ...why(prompt).flat(),
    ...(await rule(prompt)),
    h2(t("act_title")),
    may("prompts.act") ? act(prompt, etag, (words_) => fill(place, key, words_)) : p(t("act_not_yours")),
    history(prompt),
  );
  if (said) {
    done(told, said);
    told.firstChild.focus();
  }
}

export async function show(place, { params }) {
  await ready();
  await fill(place, params.key);
}

