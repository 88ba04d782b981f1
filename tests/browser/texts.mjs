// The page's texts without a browser: every text that is asked for is there, every text is asked for, and
// dates are in the words that people use.

import { readdirSync, readFileSync } from "node:fs";
import { between, period, readDay, words } from "../../tools/web/dates.js";
import { check, same } from "./tally.mjs";

const WEB = new URL("../../tools/web/", import.meta.url);
const TEXTS = ["texts.js", "texts_keeping.js"];
// Keys that are written together from a code: t(`role_${...}`), t(`${name}_missing`), code("state", ...).
const FAMILIES = [/\bcode\("([a-z_]+)"/g, /`([a-z_]+)_\$\{/g];
const ENDINGS = /`\$\{[a-z]+\}(_[a-z_]+)`/g;

const DATES = [
  ["2024-03-05", "5 March 2024"],
  ["2024-03", "March 2024"],
  ["2024", "2024"],
  ["2022-05-14?", "perhaps 14 May 2022"],
  ["[2020-01-01..2022-12-31]", "between 2020 and 2022"],
  ["[2021-01-01..2021-04-30]", "between January and April 2021"],
  ["[2023-02-10..2023-02-14]", "between 10 and 14 February 2023"],
  ["[2023-02-10..2023-04-14]", "between 10 February and 14 April 2023"],
  ["[2023-12-30..2024-01-02]", "between 30 December 2023 and 2 January 2024"],
  ["[..2024-03-05]", "on or before 5 March 2024"],
  ["[2024-03-01..]", "in or after March 2024"],
  ["[..2023-12-31]", "in or before 2023"],
  ["", "no date"],
];
const TYPED = [
  ["5 March 2024", "2024-03-05"], ["5 mar 2024", "2024-03-05"], ["05/03/2024", "2024-03-05"], ["2024-03-05", "2024-03-05"],
  ["29 February 2024", "2024-02-29"], ["29 February 2023", ""], ["31/04/2024", ""], ["5 Foo 2024", ""], ["March 2024", ""], ["", ""],
];

function checkDates() {
  for (const [text, wanted] of DATES) same(words(text), wanted, `words of ${text}`);
  for (const [text, wanted] of TYPED) same(readDay(text), wanted, `day typed ${text}`);
  same(period("2024-03-05", "2024-04-09"), "5 March 2024 to 9 April 2024", "period");
  same(between("2022-04-01", "2022-04-30"), "April 2022", "a month as two days");
}

export function checkTexts() {
  checkDates();
  const files = readdirSync(WEB, { recursive: true }).map(String)
    .filter((name) => name.endsWith(".js") && !name.startsWith("node_modules") && !name.startsWith("vendor") && !TEXTS.includes(name));
  const code = files.map((name) => readFileSync(new URL(name, WEB), "utf8")).join("\n");
  const texts = TEXTS.map((name) => readFileSync(new URL(name, WEB), "utf8")).join("\n");
  const keys = new Set([...texts.matchAll(/^ {2}([a-z_0-9]+): /gm)].map((found) => found[1]));
  const asked = new Set([...code.matchAll(/\b[tn]\("([a-z_0-9]+)"/g)].map((found) => found[1]));
  const families = FAMILIES.flatMap((pattern) => [...code.matchAll(pattern)].map((found) => `${found[1]}_`));
  const endings = [...code.matchAll(ENDINGS)].map((found) => found[1]);
  const isUsed = (key) => asked.has(key) || code.includes(`"${key}"`) || families.some((family) => key.startsWith(family)) ||
    endings.some((ending) => key.endsWith(ending));
  check(asked.size > 200, "the page asks for its texts", asked.size);
  same([...asked].filter((key) => !keys.has(key)), [], "every text that is asked for is there");
  same([...keys].filter((key) => !isUsed(key)), [], "every text is used");
  for (const name of files) {
    const own = readFileSync(new URL(name, WEB), "utf8");
    check(!/innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(/.test(own), `${name} makes no markup of texts`);
    check(!/https?:\/\/(?!www\.w3\.org)/.test(own), `${name} names no other server`);
  }
}
