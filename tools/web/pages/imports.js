// Returns: one is dropped or chosen, looked at, and kept or thrown away. The file's name stays here: names
// of files name children.

import { change, list as all, newKey } from "../api.js";
import { moment, readDay, words } from "../dates.js";
import { to } from "../router.js";
import { may, today } from "../session.js";
import { el, form, h1, h2, input, inset, link, p, select, showErrors, submit, table, tag } from "../ui.js";
import { n, t } from "../texts.js";
import { agencies, agency, ready } from "../words.js";

const COLOURS = { waiting: "yellow", confirmed: "green", discarded: "grey" };
export const stateTag = (state) => tag(t(`im_state_${state}`), COLOURS[state]);

/** Where a file is dropped or chosen; `file()` gives it. */
function dropArea() {
  const chooser = el("input", { type: "file", class: "govuk-file-upload", id: "return-file", name: "file", "aria-describedby": "return-hint",
    accept: ".csv,.tsv,.txt,.xlsx,.docx,.xml,.json,.ndjson" });
  const told = el("p", { class: "govuk-body-s", "aria-live": "polite" });
  const area = el("div", { class: "tm-drop" },
    el("label", { class: "govuk-label", for: "return-file" }, t("im_file")), el("p", { class: "govuk-hint", id: "return-hint" }, t("im_file_hint")), chooser, told);
  const over = (is) => (event) => {
    event.preventDefault();
    area.classList.toggle("tm-drop--over", is);
  };
  area.addEventListener("dragover", over(true));
  area.addEventListener("dragleave", over(false));
  area.addEventListener("drop", (event) => {
    over(false)(event);
    if (event.dataTransfer.files.length) chooser.files = event.dataTransfer.files;
    chooser.dispatchEvent(new Event("change"));
  });
  chooser.addEventListener("change", () => { told.textContent = chooser.files[0] ? t("im_chosen", { size: n("im_bytes", chooser.files[0].size) }) : ""; });
  return { area: el("div", { class: "govuk-form-group", "data-field": "file" }, area), file: () => chooser.files[0] };
}

function sendForm() {
  const drop = dropArea();
  const choices = agencies().sort((a, b) => a[1].localeCompare(b[1]));
  return form({
    className: "tm-narrow",
    names: ["agency", "received"],
    fields: [
      drop.area,
      select({ name: "agency", label: t("im_agency"), hint: t("im_agency_hint"), choices: [["", t("im_agency_within")], ...choices] }),
      input({ name: "received", label: t("im_received"), hint: t("im_received_hint"), value: words(today()), width: "20" }),
      submit(t("im_send")),
    ],
    send: async (held, made) => {
      const received = readDay(held.received || "");
      const errors = [!drop.file() && ["file", t("im_file_missing")], !received && ["received", t("as_day_wrong")]].filter(Boolean);
      if (errors.length) return showErrors(made, errors);
      // Its bytes, and nothing else of it.
      const body = await drop.file().arrayBuffer();
      const { value } = await change("POST", "/v1/imports", { query: { agency: held.agency, received }, body, raw: "application/octet-stream", key: newKey() });
      location.hash = to("/imports/{}", [value.id]);
      return undefined;
    },
  });
}

function sentTable(items) {
  if (!items.length) return p(t("im_none"));
  return table({
    caption: t("im_sent"),
    columns: [t("im_number"), t("im_agency"), t("im_received"), t("im_state"), t("im_at")],
    rows: [...items].reverse().map((one) => [
      link(to("/imports/{}", [one.id]), t("im_return", { number: one.id })), one.agency ? agency(one.agency) : "-", words(one.received), stateTag(one.state), moment(one.at)]),
  });
}

export async function show(place) {
  await ready();
  const { items } = await all("/v1/imports");
  place.append(...[
    h1(t("im_title")), inset(t("im_body")),
    may("imports.receive") ? [h2(t("im_send_title")), sendForm()] : "",
    sentTable(items),
  ].flat(Infinity).filter(Boolean));
}
