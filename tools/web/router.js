// From the address behind # to a page: a table of paths, each with the operation that it needs and the
// module that shows it. What a page cannot show, because it was refused, is said here.

import { Problem } from "./api.js";
import { may } from "./session.js";
import { bind, el, h1, p, wordsOf } from "./ui.js";
import { askReason } from "./pages/reason.js";
import { t } from "./texts.js";

/*
 * path          {name} stands for one part
 * needs         what session.may must hold
 * load          the module; its show(place, {params, query}) fills the page
 * nav           text of its line in the navigation; without one it has none
 */
export const routes = [
  { path: "/prompts", needs: "prompts.list", load: () => import("./pages/prompts.js"), nav: "nav_prompts" },
  { path: "/prompts/{key}", needs: "prompts.show", load: () => import("./pages/prompt.js"), under: "/prompts" },
  { path: "/children", needs: "children.list", load: () => import("./pages/children.js"), nav: "nav_children" },
  { path: "/children/{child}", needs: "children.show", load: () => import("./pages/child.js"), under: "/children" },
  { path: "/children/{child}/chronology", needs: "chronology", load: () => import("./pages/chronology.js"), under: "/children" },
  { path: "/children/{child}/entries/new", needs: "events.add", load: () => import("./pages/entry_form.js"), under: "/children" },
  { path: "/children/{child}/entries/{event}", needs: "events.show", load: () => import("./pages/entry.js"), under: "/children" },
  { path: "/children/{child}/entries/{event}/correct", needs: "events.correct", load: () => import("./pages/entry_form.js"), under: "/children" },
  { path: "/children/{child}/quality", needs: "check", load: () => import("./pages/quality.js"), under: "/children" },
  { path: "/children/{child}/assessments", needs: "assessments.list", load: () => import("./pages/assessments.js"), under: "/children" },
  { path: "/assessments/{id}", needs: "assessments.show", load: () => import("./pages/assessment.js"), under: "/children" },
  { path: "/device", needs: "assessments.save", load: () => import("./pages/device.js"), under: "/children" },
  { path: "/caseload", needs: "caseload.show", load: () => import("./pages/caseload.js"), nav: "nav_caseload" },
  { path: "/scorecard", needs: "scorecard.show", load: () => import("./pages/scorecard.js"), nav: "nav_scorecard" },
  { path: "/scorecard/{measure}", needs: "scorecard.show", load: () => import("./pages/measure.js"), under: "/scorecard" },
  { path: "/scorecard/{measure}/children", needs: "scorecard.list", load: () => import("./pages/card_children.js"), under: "/scorecard" },
  { path: "/quality", needs: "quality.show", load: () => import("./pages/quality.js"), nav: "nav_quality" },
  { path: "/children/{child}/allocation", needs: "children.allocate", load: () => import("./pages/allocation.js"), under: "/children" },
  { path: "/children/{child}/trail", needs: "children.trail", load: () => import("./pages/child_trail.js"), under: "/children" },
  { path: "/accesses", needs: "accesses.list", load: () => import("./pages/accesses.js"), nav: "nav_accesses" },
  { path: "/imports", needs: "imports.list", load: () => import("./pages/imports.js"), nav: "nav_imports" },
  { path: "/imports/{id}", needs: "imports.show", load: () => import("./pages/import.js"), under: "/imports" },
  { path: "/rules", needs: "indicators.list", load: () => import("./pages/rules.js"), nav: "nav_rules" },
  { path: "/rules/indicators/{id}", needs: "indicators.explain", load: () => import("./pages/indicator.js"), under: "/rules" },
  { path: "/rules/instruments/{id}", needs: "instruments.show", load: () => import("./pages/instrument.js"), under: "/rules" },
  { path: "/accounts", needs: "accounts.list", load: () => import("./pages/accounts.js"), nav: "nav_accounts" },
  { path: "/accounts/{account}", needs: "accounts.show", load: () => import("./pages/member.js"), under: "/accounts" },
  { path: "/audit", needs: "audit.list", load: () => import("./pages/audit.js"), nav: "nav_audit" },
  { path: "/account", needs: "sessions.password", load: () => import("./pages/account.js") },
];

function match(path, asked) {
  const wanted = path.split("/");
  const given = asked.split("/");
  if (wanted.length !== given.length) return null;
  const params = {};
  for (let i = 0; i < wanted.length; i++) {
    if (wanted[i].startsWith("{")) params[wanted[i].slice(1, -1)] = decode(given[i]);
    else if (wanted[i] !== given[i]) return null;
  }
  return params;
}

function decode(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** "#/a/{}" with values, and what stands behind "?". */
export function to(template, values = [], query = {}) {
  let at = 0;
  const path = template.replaceAll("{}", () => encodeURIComponent(values[at++]));
  const pairs = Object.entries(query).filter(([, value]) => value !== undefined && value !== null && value !== "");
  return `#${path}${pairs.length ? `?${new URLSearchParams(pairs)}` : ""}`;
}

/** Another query on the same page, without going to its beginning. */
export function keepQuery(query) {
  const [path] = location.hash.slice(1).split("?");
  history.replaceState(null, "", to(path, [], query));
}

export const lines = () => routes.filter((route) => route.nav && may(route.needs));

function find(asked) {
  for (const route of routes) {
    const params = match(route.path, asked);
    if (params) return { route, params };
  }
  return null;
}

let turn = 0;

function refuse(place, error, found) {
  const needsReason = error instanceof Problem && error.problem === "reason-needed" && found.params.child;
  if (needsReason && may("children.access")) return askReason(place, found.params.child, () => go(place));
  const title = { 403: "refused_title", 404: "missing_title", 0: "offline_title" }[error.status] || "failed_title";
  place.replaceChildren(h1(t(title)), p(wordsOf(error)));
  return undefined;
}

// A module that cannot be fetched is no fault of the module's.
function unreached(error) {
  throw error instanceof TypeError ? new Problem(0, { code: "offline" }) : error;
}

async function fill(place, found, query) {
  const mine = ++turn;
  const fresh = el("div");
  try {
    if (!may(found.route.needs)) throw new Problem(403, { detail: t("refused_role") });
    const module = await found.route.load().catch(unreached);
    await module.show(fresh, { params: found.params, query });
  } catch (error) {
    if (!(error instanceof Problem)) console.error(error);
    fresh.replaceChildren();
    await refuse(fresh, error instanceof Problem ? error : new Problem(500, {}), found);
  }
  // Somebody who has gone on does not want this page any more.
  if (mine !== turn) return;
  place.replaceChildren(fresh);
  bind(place);
}

/** Shows what the address names; the heading gets the focus, so that a screen reader says where one is. */
export async function go(place, tell = () => {}) {
  const [asked, search = ""] = (location.hash.slice(1) || "/").split("?");
  const found = find(asked);
  if (asked === "/" || !found) {
    const first = lines()[0]?.path || "/account";
    if (asked === "/") return location.replace(to(first));
    place.replaceChildren(h1(t("missing_title")), p(t("missing_body")));
  } else {
    place.setAttribute("aria-busy", "true");
    await fill(place, found, Object.fromEntries(new URLSearchParams(search)));
    place.removeAttribute("aria-busy");
    tell(found.route);
  }
  const heading = place.querySelector("h1");
  document.title = `${heading?.lastChild?.textContent || ""} - ${t("product")}`;
  scrollTo(0, 0);
  heading?.focus({ preventScroll: true });
  return undefined;
}
