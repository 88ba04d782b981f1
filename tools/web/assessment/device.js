// One draft on this device, for a visit off the network: encrypted with a key from a PIN, which is never
// kept. It is wiped after ten wrong PINs, after it was sent, or after seven days. There is room for one
// draft of one child, and nothing else is put on the device. What this protects against, and against what
// not, stands in README.md.

const DATABASE = "tidemark";
const STORE = "draft";
const KEY = "only";
export const ROUNDS = 1000000;
export const TRIES = 10;
export const PIN_SHORTEST = 6;
export const DAYS = 7;
const DAY_MS = 86400000;

/** code: "wrong" (`left` says how many tries there are), "wiped", "none", "taken", "unable". */
export class DeviceProblem extends Error {
  constructor(code, left = 0) {
    super(code);
    this.code = code;
    this.left = left;
  }
}

let key = null; // while the draft is open; not extractable
let header = null;

// --- the one record ---

function open() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(new DeviceProblem("unable"));
  });
}

/** `work` gets the store and gives a request or nothing; resolved when all of it is on the disk. */
async function within(mode, work) {
  const database = await open();
  try {
    return await new Promise((resolve, reject) => {
      const transaction = database.transaction(STORE, mode, { durability: "strict" });
      const request = work(transaction.objectStore(STORE));
      transaction.oncomplete = () => resolve(request?.result);
      transaction.onerror = transaction.onabort = () => reject(new DeviceProblem("unable"));
    });
  } finally {
    database.close();
  }
}

const read = () => within("readonly", (store) => store.get(KEY));
const write = (record) => within("readwrite", (store) => store.put(record, KEY));

export async function wipe() {
  key = null;
  header = null;
  await within("readwrite", (store) => store.clear());
}

// A clock that was set back is no reason to keep it for longer.
function isOver(record, now) {
  return now - record.made >= DAYS * DAY_MS || record.made - now > DAY_MS || record.tries >= TRIES;
}

async function current() {
  const record = await read();
  if (!record) return null;
  if (!isOver(record, Date.now())) return record;
  await wipe();
  return null;
}

/** Whether there is a draft, and until when: {until, left} or null. One that is over is wiped here. */
export async function kept() {
  if (!("indexedDB" in globalThis)) return null;
  const record = await current();
  return record && { until: record.made + DAYS * DAY_MS, left: TRIES - record.tries };
}

export const isOpen = () => key !== null;

// --- the key, and what it locks ---

const text = new TextEncoder();

async function keyOf(pin, salt, rounds) {
  const material = await crypto.subtle.importKey("raw", text.encode(pin.normalize("NFKC")), "PBKDF2", false, ["deriveKey"]);
  return crypto.subtle.deriveKey({ name: "PBKDF2", hash: "SHA-256", salt, iterations: rounds }, material,
    { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

// So that neither the rounds nor the day can be changed without the draft being lost.
const bound = ({ made, rounds }) => text.encode(`tidemark draft 1 ${rounds} ${made}`);

async function locked(value) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const plain = text.encode(JSON.stringify(value));
  const data = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: bound(header) }, key, plain);
  return { ...header, tries: 0, iv, data };
}

/** Puts a draft on the device under a new PIN. "taken": another one is there. */
export async function begin(pin, value) {
  if (!globalThis.crypto?.subtle) throw new DeviceProblem("unable");
  if (await current()) throw new DeviceProblem("taken");
  header = { made: Date.now(), rounds: ROUNDS, salt: crypto.getRandomValues(new Uint8Array(16)) };
  key = await keyOf(pin, header.salt, header.rounds);
  await keep(value);
  // Asked for, so that a browser short of room does not throw it away; what it answers changes nothing.
  navigator.storage?.persist?.().catch(() => {});
}

let turn = Promise.resolve();

/** Writes the draft anew, the one after the other. Only while it is open. */
export function keep(value) {
  turn = turn.catch(() => {}).then(async () => {
    if (key) await write(await locked(value));
  });
  return turn;
}

async function countTry(record) {
  const tried = { ...record, tries: record.tries + 1 };
  await write(tried);
  return tried;
}

/** The draft, when the PIN is right. The try is counted before it is made, so that a reload gives none back. */
export async function unlock(pin) {
  const record = await current();
  if (!record) throw new DeviceProblem("none");
  const tried = await countTry(record);
  const found = await keyOf(pin, record.salt, record.rounds);
  try {
    const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv: record.iv, additionalData: bound(record) }, found, record.data);
    await write({ ...record, tries: 0 });
    key = found;
    header = { made: record.made, rounds: record.rounds, salt: record.salt };
    return JSON.parse(new TextDecoder().decode(plain));
  } catch (error) {
    if (error instanceof DeviceProblem) throw error;
  }
  if (tried.tries < TRIES) throw new DeviceProblem("wrong", TRIES - tried.tries);
  await wipe();
  throw new DeviceProblem("wiped");
}

/** Forgets the key; the draft stays where it is. */
export function close() {
  key = null;
  header = null;
}
