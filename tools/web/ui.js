// Small helpers that make elements: by the DOM's own calls only, so that no text of a record is ever read
// as markup. Components look and behave as govuk-frontend's.

import { createAll, ErrorSummary, Radios } from "./vendor/govuk-frontend.js";
import { t } from "./texts.js";

const SVG = "http://www.w3.org/2000/svg";
let made = 0;

/** An id that nothing else on the page has. */
export function newId(stem) {
  made += 1;
  return `${stem}-${made}`;
}

function put(element, name, value) {
  if (value === null || value === undefined || value === false) return;
  if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
  else if (["value", "checked", "selected", "defaultSelected"].includes(name)) element[name] = value;
  else element.setAttribute(name, value === true ? "" : value);
}

function fill(element, children) {
  for (const child of children.flat(Infinity))
    if (child !== null && child !== undefined && child !== false) element.append(child);
  return element;
}

/** el("p", {class: "govuk-body", onclick: f}, "text", otherElement, [more]) */
export function el(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  // The children first: a select takes its value from them.
  fill(element, children);
  for (const [key, value] of Object.entries(attributes)) put(element, key, value);
  return element;
}

export function svg(name, attributes = {}, ...children) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) put(element, key, value);
  return fill(element, children);
}

export const h1 = (text, caption) =>
  el("h1", { class: "govuk-heading-l", tabindex: "-1" }, caption && el("span", { class: "govuk-caption-l" }, caption), text);
export const h2 = (text, attributes) => el("h2", { class: "govuk-heading-m", ...attributes }, text);
export const h3 = (text, attributes) => el("h3", { class: "govuk-heading-s", ...attributes }, text);
export const p = (...children) => el("p", { class: "govuk-body" }, ...children);
export const hint = (...children) => el("p", { class: "govuk-hint" }, ...children);
export const link = (href, ...children) => el("a", { class: "govuk-link", href }, ...children);
export const hidden = (text) => el("span", { class: "govuk-visually-hidden" }, text);
export const inset = (...children) => el("div", { class: "govuk-inset-text" }, ...children);
export const list = (items) =>
  el("ul", { class: "govuk-list govuk-list--bullet" }, items.map((item) => el("li", {}, item)));
export const tag = (text, colour) => el("strong", { class: `govuk-tag${colour ? ` govuk-tag--${colour}` : ""}` }, text);

/** A definition of the server's, which begins small, as a sentence. */
export const sentence = (text) => (text ? `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.?!]$/.test(text) ? "" : "."}` : "");

/** A page of the server's that stands alone: in a tab of its own, where it may run no script. */
export const outside = (href, text) =>
  el("a", { class: "govuk-link", href, target: "_blank", rel: "noopener noreferrer" }, `${text} ${t("new_tab")}`);

export function backLink(href, text) {
  return el("a", { class: "govuk-back-link", href }, text);
}

export function button(text, onclick, kind = "") {
  return el("button", { class: `govuk-button${kind ? ` govuk-button--${kind}` : ""}`, type: "button", onclick }, text);
}

export function submit(text) {
  return el("button", { class: "govuk-button", type: "submit" }, text);
}

/** Rows of a name and what it is; a row without a value is left out. */
export function summary(rows) {
  return el(
    "dl",
    { class: "govuk-summary-list" },
    rows
      .filter(([, value]) => value !== null && value !== undefined && value !== "")
      .map(([name, value]) =>
        el(
          "div",
          { class: "govuk-summary-list__row" },
          el("dt", { class: "govuk-summary-list__key" }, name),
          el("dd", { class: "govuk-summary-list__value" }, value),
        ),
      ),
  );
}

/**
 * A table whose rows become cards on a narrow screen: each cell carries its column's name. `rows`: arrays
 * of cells, or {cells, attributes}. `columns`: texts.
 */
export function table({ caption, columns, rows, hideCaption = false, className = "" }) {
  const cellOf = (cell, at) =>
    el(at === 0 ? "th" : "td", {
      class: at === 0 ? "govuk-table__header" : "govuk-table__cell",
      scope: at === 0 ? "row" : null,
      role: at === 0 ? "rowheader" : "cell",
      "data-column": columns[at],
    }, el("div", {}, cell));
  const rowOf = (row) => {
    const { cells, attributes = {} } = Array.isArray(row) ? { cells: row } : row;
    return el("tr", { class: "govuk-table__row", role: "row", ...attributes }, cells.map(cellOf));
  };
  // The roles stay said when the style makes cards of the rows.
  return el(
    "table",
    { class: `govuk-table tm-table ${className}`, role: "table" },
    el("caption", { class: `govuk-table__caption govuk-table__caption--m${hideCaption ? " govuk-visually-hidden" : ""}` }, caption),
    el("thead", { class: "govuk-table__head", role: "rowgroup" },
      el("tr", { class: "govuk-table__row", role: "row" },
        columns.map((name) => el("th", { class: "govuk-table__header", scope: "col", role: "columnheader" }, name)))),
    el("tbody", { class: "govuk-table__body", role: "rowgroup" }, rows.map(rowOf)),
  );
}

export function details(text, ...children) {
  return el("details", { class: "govuk-details" },
    el("summary", { class: "govuk-details__summary" }, el("span", { class: "govuk-details__summary-text" }, text)),
    el("div", { class: "govuk-details__text" }, ...children));
}

// --- forms ---

const groupOf = (name, ...children) => el("div", { class: "govuk-form-group", "data-field": name }, ...children);

function described(id, hintText) {
  return hintText && el("div", { class: "govuk-hint", id: `${id}-hint` }, hintText);
}

/** A labelled input. `options`: name, label, hint, value, type, width (govuk's: 10, 20), attributes. */
export function input({ name, label, hint: hintText, value = "", type = "text", width = "", attributes = {} }) {
  const id = newId(name);
  return groupOf(name,
    el("label", { class: "govuk-label", for: id }, label),
    described(id, hintText),
    el("input", { class: `govuk-input${width ? ` govuk-input--width-${width}` : ""}`, id, name, type, value,
      "aria-describedby": hintText ? `${id}-hint` : null, ...attributes }));
}

export function textarea({ name, label, hint: hintText, value = "", rows = 4, attributes = {} }) {
  const id = newId(name);
  return groupOf(name,
    el("label", { class: "govuk-label", for: id }, label),
    described(id, hintText),
    el("textarea", { class: "govuk-textarea", id, name, rows, value, "aria-describedby": hintText ? `${id}-hint` : null,
      ...attributes }));
}

/** `choices`: [value, text] each. */
export function select({ name, label, hint: hintText, choices, value = "", onchange }) {
  const id = newId(name);
  return groupOf(name,
    el("label", { class: "govuk-label", for: id }, label),
    described(id, hintText),
    el("select", { class: "govuk-select", id, name, value, onchange, "aria-describedby": hintText ? `${id}-hint` : null },
      choices.map(([code, text]) => el("option", { value: code, defaultSelected: code === value }, text))));
}

function choice(kind, name, id, code, text, isChosen) {
  return el("div", { class: `govuk-${kind}__item` },
    el("input", { class: `govuk-${kind}__input`, id, name, type: kind === "radios" ? "radio" : "checkbox", value: code,
      checked: isChosen }),
    el("label", { class: `govuk-label govuk-${kind}__label`, for: id }, text));
}

function choiceSet(kind, { name, legend, hint: hintText, choices, value, small = true, inline = false }) {
  const id = newId(name);
  const chosen = [value].flat();
  return groupOf(name,
    el("fieldset", { class: "govuk-fieldset", "aria-describedby": hintText ? `${id}-hint` : null },
      el("legend", { class: "govuk-fieldset__legend govuk-fieldset__legend--s" }, legend),
      described(id, hintText),
      el("div", { class: `govuk-${kind}${small ? ` govuk-${kind}--small` : ""}${inline ? ` govuk-${kind}--inline` : ""}`,
        "data-module": kind === "radios" ? "govuk-radios" : null },
        choices.map(([code, text], at) => choice(kind, name, `${id}-${at}`, code, text, chosen.includes(code))))));
}

export const radios = (options) => choiceSet("radios", options);
export const checkboxes = (options) => choiceSet("checkboxes", options);

export function checkbox({ name, label, checked = false, onchange }) {
  const id = newId(name);
  return el("div", { class: "govuk-form-group tm-tick", "data-field": name },
    el("div", { class: "govuk-checkboxes govuk-checkboxes--small" },
      el("div", { class: "govuk-checkboxes__item" },
        el("input", { class: "govuk-checkboxes__input", id, name, type: "checkbox", value: "yes", checked, onchange }),
        el("label", { class: "govuk-label govuk-checkboxes__label", for: id }, label))));
}

/** What a form holds: texts trimmed, empty ones left out; `many` names those that may be several. */
export function values(form, many = []) {
  const held = {};
  for (const [name, value] of new FormData(form)) {
    const text = String(value).trim();
    if (many.includes(name)) (held[name] ??= []).push(text);
    else if (text) held[name] = text;
  }
  return held;
}

// --- errors, as govuk shows them: a summary on top that leads to the field, and the words at the field ---

export function clearErrors(form) {
  form.querySelector(".govuk-error-summary")?.remove();
  for (const old of form.querySelectorAll(".govuk-error-message")) old.remove();
  for (const group of form.querySelectorAll(".govuk-form-group--error")) group.classList.remove("govuk-form-group--error");
  for (const field of form.querySelectorAll("[aria-invalid]")) field.removeAttribute("aria-invalid");
}

function markField(form, name, message) {
  const group = form.querySelector(`[data-field="${CSS.escape(name)}"]`);
  const field = group?.querySelector("input, select, textarea");
  if (!field) return null;
  const words = el("p", { class: "govuk-error-message", id: newId("error") }, hidden(t("error_prefix")), message);
  group.classList.add("govuk-form-group--error");
  (group.querySelector("fieldset > div, select, textarea") || field.closest(".govuk-input__wrapper") || field).before(words);
  field.setAttribute("aria-invalid", "true");
  field.setAttribute("aria-describedby", `${field.getAttribute("aria-describedby") || ""} ${words.id}`.trim());
  return field;
}

/** `errors`: [field name or "", message] each. Focus goes to the summary. */
export function showErrors(form, errors) {
  clearErrors(form);
  const items = errors.map(([name, message]) => {
    const field = name && markField(form, name, message);
    return el("li", {}, field
      ? el("a", { href: `#${field.id}`, onclick: (event) => { event.preventDefault(); field.focus(); } }, message)
      : message);
  });
  const box = el("div", { class: "govuk-error-summary", "data-module": "govuk-error-summary" },
    el("div", { role: "alert" },
      el("h2", { class: "govuk-error-summary__title" }, t("error_title")),
      el("div", { class: "govuk-error-summary__body" }, el("ul", { class: "govuk-list govuk-error-summary__list" }, items))));
  form.prepend(box);
  createAll(ErrorSummary, undefined, form);
}

/** A refusal of the server's in words that help, with the field it names. */
export function errorsOf(problem, names = []) {
  const told = problem.problems?.length ? problem.problems.map((one) => one.message || one.detail || String(one)) : [wordsOf(problem)];
  return told.map((message) => {
    const name = /^([a-z_]+): /.exec(message)?.[1];
    return name && names.includes(name) ? [name, message.slice(name.length + 2)] : ["", message];
  });
}

export function wordsOf(problem) {
  const known = { offline: "problem_offline", locked: "problem_locked", csrf: "problem_csrf" };
  const key = known[problem.code] || known[problem.problem] || (problem.status === 412 ? "problem_stale" : "");
  if (key) return t(key);
  if (problem.status === 429 || problem.status === 503) return t("problem_busy", { seconds: problem.retryAfter || 5 });
  return problem.status >= 500 || !problem.message ? t("problem_server") : problem.message;
}

const unsaved = new WeakSet();

/** Whether a careful form holds what was typed and not sent. */
export const isUnsaved = () => [...document.querySelectorAll("form")].some((one) => unsaved.has(one));

/**
 * `send` is called with what the form holds; what it throws is shown in the form. `careful`: nobody leaves
 * the page with something typed in it without being asked.
 */
export function form({ fields, many, names, send, className = "", careful = false }) {
  const typed = () => careful && unsaved.add(made_);
  const made_ = el("form", { class: className, novalidate: true, oninput: typed, onsubmit: async (event) => {
    event.preventDefault();
    // Pressed twice, it is sent once.
    if (made_.getAttribute("aria-busy")) return;
    clearErrors(made_);
    made_.setAttribute("aria-busy", "true");
    try {
      await send(values(made_, many), made_);
      if (!made_.querySelector(".govuk-error-summary")) unsaved.delete(made_);
    } catch (error) {
      if (!("status" in error)) throw error;
      showErrors(made_, errorsOf(error, names));
    } finally {
      made_.removeAttribute("aria-busy");
    }
  } }, fields);
  return made_;
}

/** Said by a screen reader, where nothing that is seen changes its place. */
export function say(text) {
  document.getElementById("live").textContent = text;
}

/** Said and seen: what was just kept. */
export function done(place, text) {
  place.replaceChildren(
    el("div", { class: "govuk-notification-banner govuk-notification-banner--success", role: "alert", tabindex: "-1" },
      el("div", { class: "govuk-notification-banner__header" },
        el("p", { class: "govuk-notification-banner__title" }, t("done"))),
      el("div", { class: "govuk-notification-banner__content" },
        el("p", { class: "govuk-notification-banner__heading" }, text))));
}

/** Behaviour of govuk's components below `place`. */
export function bind(place) {
  createAll(Radios, undefined, place);
}
