// An assessment as fields that can be told apart and put together again: "items.A1a", "evidence.A1a",
// "date". Two people's versions are compared by them.

const PARTED = ["items", "evidence", "child_words"];
// Set by the server; a person never chooses between two of them.
const FIXED = ["type", "instrument", "version", "id", "child", "status"];

const isEmpty = (value) => value === undefined || value === null || value === "" || (Array.isArray(value) && !value.length);

/** Members in one order, so that the same thing is the same text. */
function plain(value) {
  if (Array.isArray(value)) return value.map(plain);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.keys(value).sort().filter((key) => !isEmpty(value[key])).map((key) => [key, plain(value[key])]));
}

export const same = (a, b) => (isEmpty(a) && isEmpty(b)) || JSON.stringify(plain(a)) === JSON.stringify(plain(b));

export function fieldsOf(assessment) {
  const fields = new Map();
  for (const [name, value] of Object.entries(assessment || {})) {
    if (FIXED.includes(name)) continue;
    if (!PARTED.includes(name)) fields.set(name, value);
    else for (const [code, held] of Object.entries(value || {})) fields.set(`${name}.${code}`, held);
  }
  return fields;
}

/**
 * What differs between `mine` and `theirs`, both begun from `base`: {name, base, mine, theirs, by} with by
 * "mine", "theirs" or "both", which of them changed it.
 */
export function differences(base, mine, theirs) {
  const [a, b, c] = [fieldsOf(base), fieldsOf(mine), fieldsOf(theirs)];
  const names = [...new Set([...b.keys(), ...c.keys()])].sort();
  return names
    .filter((name) => !same(b.get(name), c.get(name)))
    .map((name) => {
      const mineChanged = !same(a.get(name), b.get(name));
      const theirsChanged = !same(a.get(name), c.get(name));
      return { name, base: a.get(name), mine: b.get(name), theirs: c.get(name),
        by: mineChanged && theirsChanged ? "both" : mineChanged ? "mine" : "theirs" };
    });
}

/** A copy of `assessment` with one field set, or taken out when the value is empty. */
export function withField(assessment, name, value) {
  const copy = structuredClone(assessment);
  const [member, code] = PARTED.includes(name.split(".")[0]) ? [name.slice(0, name.indexOf(".")), name.slice(name.indexOf(".") + 1)] : [name];
  if (code === undefined) {
    if (isEmpty(value)) delete copy[member];
    else copy[member] = value;
    return copy;
  }
  const held = { ...copy[member] };
  if (isEmpty(value)) delete held[code];
  else held[code] = value;
  copy[member] = held;
  if (member !== "items" && !Object.keys(held).length) delete copy[member];
  return copy;
}

/** `theirs` with what a person chose of `mine`: `chosen` maps a name to "mine" or "theirs". */
export function settle(theirs, mine, chosen) {
  const held = fieldsOf(mine);
  let settled = structuredClone(theirs);
  for (const [name, side] of chosen) if (side === "mine") settled = withField(settled, name, held.get(name));
  return settled;
}
