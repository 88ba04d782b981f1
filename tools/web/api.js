// The one place that asks the server: headers, CSRF token, versions, and errors as they are told. It
// knows no page and keeps nothing but the token of the session.

let csrf = "";
let onLost = () => {};

/** Who is told when the server no longer knows the session. */
export function whenLost(tell) {
  onLost = tell;
}

export function setToken(token) {
  csrf = token || "";
}

/** What the server refused (RFC 9457), or that it could not be reached (`code` "offline"). */
export class Problem extends Error {
  constructor(status, told) {
    super(told.detail || told.title || String(status));
    this.status = status;
    this.code = told.code || "";
    this.problem = told.problem || "";
    this.problems = told.problems || [];
    this.retryAfter = told.retryAfter || 0;
  }
}

/** "/v1/children/{}" and values: each is encoded, so that no value changes the address. */
export function address(template, ...values) {
  let at = 0;
  return template.replaceAll("{}", () => encodeURIComponent(values[at++]));
}

export function withQuery(path, query = {}) {
  const pairs = Object.entries(query).filter(([, value]) => value !== undefined && value !== null && value !== "");
  return pairs.length ? `${path}?${new URLSearchParams(pairs.map(([name, value]) => [name, String(value)]))}` : path;
}

async function refusal(response) {
  let told = {};
  try {
    told = await response.json();
  } catch {
    // A proxy's own page is no reason that anybody could use.
  }
  told.retryAfter = Number(response.headers.get("Retry-After") || 0);
  return new Problem(response.status, told);
}

/** The response of one request; a Problem is thrown for everything that is not 2xx. */
async function send(method, path, { query, body, etag, key, raw } = {}) {
  const headers = { Accept: "application/json" };
  if (method !== "GET" && csrf) headers["X-CSRF-Token"] = csrf;
  if (etag) headers["If-Match"] = etag;
  if (key) headers["Idempotency-Key"] = key;
  if (body !== undefined) headers["Content-Type"] = raw || "application/json";
  let response;
  try {
    response = await fetch(withQuery(path, query), {
      method,
      headers,
      body: body === undefined || raw ? body : JSON.stringify(body),
      credentials: "same-origin",
      redirect: "error",
    });
  } catch {
    throw new Problem(0, { code: "offline" });
  }
  if (response.ok) return response;
  const problem = await refusal(response);
  if (response.status === 401 && path !== "/v1/sessions" && path !== "/v1/session") onLost();
  throw problem;
}

async function content(response) {
  if (response.status === 204) return null;
  const type = response.headers.get("Content-Type") || "";
  return type.startsWith("application/json") ? response.json() : response.text();
}

export async function get(path, query) {
  return content(await send("GET", path, { query }));
}

/** What is there, with the version to give back when it is changed: {value, etag}. */
export async function getVersioned(path, query) {
  const response = await send("GET", path, { query });
  return { value: await content(response), etag: response.headers.get("ETag") };
}

/** `options`: body, etag, key (see newKey), raw (the media type of a body that is no JSON). */
export async function change(method, path, options) {
  const response = await send(method, path, options);
  return { value: await content(response), etag: response.headers.get("ETag") };
}

/** One key for one thing that is posted: sent twice, it is done once. */
export function newKey() {
  return crypto.randomUUID();
}

/** All items of a list, page by page, up to `most`; `more` says that there are others. */
export async function list(path, query = {}, most = 1000) {
  const items = [];
  let cursor, page;
  do {
    page = await get(path, { ...query, limit: 200, cursor });
    items.push(...page.items);
    cursor = page.next;
  } while (cursor && items.length < most);
  return { items, more: Boolean(cursor), withheld: page.withheld };
}
