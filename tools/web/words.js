// Codes in words: agencies, kinds of entry, states. Titles come from the server's vocabulary, once a
// session; a code without a title is written out.

import { get } from "./api.js";
import { may } from "./session.js";
import { t, has } from "./texts.js";

let asked = null;
const titles = { agency: new Map(), kind: new Map() };

async function read(path, into) {
  const answer = await get(path);
  for (const one of answer.items || answer) into.set(one.code, one.title);
}

/** To be awaited before a title is wanted. */
export function ready() {
  asked ??= Promise.all([
    may("agencies.list") && read("/v1/agencies", titles.agency),
    may("kinds.list") && read("/v1/kinds", titles.kind),
  ]).catch((error) => {
    asked = null;
    throw error;
  });
  return asked;
}

/** "case-closure" -> "Case closure" */
export function written(code) {
  const text = String(code || "").replaceAll(/[-_]/g, " ");
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export const agency = (code) => titles.agency.get(code) || written(code);
export const kind = (code) => titles.kind.get(code) || written(code);
export const agencies = () => [...titles.agency];
export const kinds = () => [...titles.kind];

/** "Police, Housing": who may see an entry beside the agency that wrote it. */
export function limitedTo(facts) {
  const codes = String(facts?.limited_to || "").split(" ").filter(Boolean);
  return codes.length ? codes.map(agency).join(", ") : t("limited_to_writer");
}

/** A code of the page's own texts: code("state", "acted-on") is the text state_acted_on. */
export function code(group, value) {
  const key = `${group}_${String(value).replaceAll("-", "_")}`;
  return has(key) ? t(key) : written(value);
}

/** Where a row came from: "police.tsv, row 2". */
export function source(from) {
  if (!from?.file) return "";
  const sheet = from.sheet ? `, ${t("sheet", { sheet: from.sheet })}` : "";
  return from.row ? `${from.file}${sheet}, ${t("row", { row: from.row })}` : from.file + sheet;
}
