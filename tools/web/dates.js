// Dates as people read them: "5 March 2024", and doubt in words. Reads the ISO and EDTF texts that the
// server writes; makes no date that is not there.

const MONTHS = [
  "January", "February", "March", "April", "May", "June",
  "July", "August", "September", "October", "November", "December",
];
const DAY_MS = 86400000;

function parts(text) {
  const found = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/.exec(text);
  return found && { year: Number(found[1]), month: Number(found[2] || 0), day: Number(found[3] || 0) };
}

function plain(text) {
  const date = parts(text);
  if (!date) return text;
  if (date.day) return `${date.day} ${MONTHS[date.month - 1]} ${date.year}`;
  return date.month ? `${MONTHS[date.month - 1]} ${date.year}` : String(date.year);
}

function lastDayOf(year, month) {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

// The unit in which an end can be told: how many letters of "2020-01-01" say it. A month that begins or
// ends with the interval was given as a month.
function lettersOf(from, to) {
  const a = parts(from);
  const b = parts(to);
  if ((a && a.day !== 1) || (b && b.day !== lastDayOf(b.year, b.month))) return 10;
  return (a && a.month !== 1) || (b && b.month !== 12) ? 7 : 4;
}

// The first end, without the month and year that the last one repeats.
function firstEnd(from, to) {
  if (from.length === 4 || from.slice(0, 4) !== to.slice(0, 4)) return plain(from);
  const { month, day } = parts(from);
  if (!day) return MONTHS[month - 1];
  return from.slice(0, 7) === to.slice(0, 7) ? String(day) : `${day} ${MONTHS[month - 1]}`;
}

// Word for word as the core writes it (calendar/format.c): a mark of the picture is found by its words.
function interval(from, to) {
  const letters = lettersOf(from, to);
  const preposition = letters === 10 ? "on" : "in";
  if (!from) return `${preposition} or before ${plain(to.slice(0, letters))}`;
  if (!to) return `${preposition} or after ${plain(from.slice(0, letters))}`;
  const [first, last] = [from.slice(0, letters), to.slice(0, letters)];
  return first === last ? plain(first) : `between ${firstEnd(first, last)} and ${plain(last)}`;
}

/** "2024-03-05" -> "5 March 2024"; "[2020-01-01..2022-12-31]" -> "between 2020 and 2022"; "" -> "no date". */
export function words(text) {
  if (!text) return "no date";
  const uncertain = text.endsWith("?");
  const bare = uncertain ? text.slice(0, -1) : text;
  const range = /^\[([^.]*)\.\.([^\]]*)\]$/.exec(bare);
  const said = range ? interval(range[1], range[2]) : plain(bare);
  return uncertain ? `perhaps ${said}` : said;
}

/** Two days: "5 March 2024", or "5 March 2024 to 9 April 2024". */
export function period(from, to) {
  return !to || from === to ? words(from) : `${words(from)} to ${words(to)}`;
}

/** What the evidence of a finding carries: the days between which a row lies. */
export function between(from, to) {
  if (!from && !to) return "no date";
  return from === to ? words(from) : interval(from, to);
}

/** Seconds since 1970 -> "5 March 2024, 14:05" on this device's clock. */
export function moment(seconds) {
  if (!seconds) return "";
  const at = new Date(seconds * 1000);
  const two = (n) => String(n).padStart(2, "0");
  return `${at.getDate()} ${MONTHS[at.getMonth()]} ${at.getFullYear()}, ${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** "2024-03" -> "Mar 2024", for the axis of a picture. */
export function shortMonth(text) {
  const date = parts(text);
  return date?.month ? `${MONTHS[date.month - 1].slice(0, 3)} ${date.year}` : text;
}

/** What a person types for one day ("5 March 2024", "5/3/2024", "2024-03-05") -> "2024-03-05"; "" else. */
export function readDay(text) {
  const named = /^(\d{1,2})\s+([a-z]{3,})\s+(\d{4})$/i.exec(text.trim());
  const figures = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(text.trim());
  const iso = parts(text.trim());
  const month = named && MONTHS.findIndex((name) => name.toLowerCase().startsWith(named[2].toLowerCase())) + 1;
  const [year, number, day] = named ? [named[3], month, named[1]] : figures ? [figures[3], figures[2], figures[1]]
    : iso ? [iso.year, iso.month, iso.day] : [0, 0, 0];
  if (Number(number) < 1 || Number(number) > 12 || Number(day) < 1 || Number(day) > lastDayOf(Number(year), Number(number))) return "";
  return `${year}-${String(number).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
}

/** Days since 1970 of "2024-03-05"; NaN when it is no day. */
export function dayNumber(text) {
  const date = parts(text || "");
  return date?.day ? Date.UTC(date.year, date.month - 1, date.day) / DAY_MS : NaN;
}

export function isoOfDay(number) {
  return new Date(number * DAY_MS).toISOString().slice(0, 10);
}

/** First and last day of an EDTF text, for filters and order; both "" when it has none. */
export function bounds(text) {
  const bare = (text || "").replace(/\?$/, "");
  const range = /^\[([^.]*)\.\.([^\]]*)\]$/.exec(bare);
  if (range) return { from: range[1], to: range[2] };
  const date = parts(bare);
  if (!date) return { from: "", to: "" };
  const two = (n) => String(n).padStart(2, "0");
  const from = `${date.year}-${two(date.month || 1)}-${two(date.day || 1)}`;
  const month = date.month || 12;
  return { from, to: date.day ? from : `${date.year}-${two(month)}-${two(lastDayOf(date.year, month))}` };
}
