// What the stories of assessments share: two people of the children's own team, and the ways of the form.

import { PASSWORDS } from "./world.mjs";

const STAFF = [["sam", "practitioner", "Sam Visitor", "kettle on a wet day"], ["max", "manager", "Max Reader", "ladders by the canal"]];

async function join(world, [name, role, title, password]) {
  const told = world.command("user", "add", name, world.store, "--role", role, "--team", "north", "--title", title, "--format", "json");
  const post = (path, body, more = {}) =>
    fetch(world.base + path, { method: more.method || "POST", body: JSON.stringify(body), headers: { "Content-Type": "application/json", ...more.headers } });
  const opened = await post("/v1/sessions", { link: JSON.parse(told).link });
  const headers = { cookie: opened.headers.get("set-cookie").split(";")[0], "X-CSRF-Token": (await opened.json()).csrf };
  await post("/v1/session/password", { old: "", new: password }, { headers });
  PASSWORDS[name] = password;
  return (path, body) => post(path, body, { headers, method: "PUT" });
}

/** sam works with LN-1; max is the manager of the team. Made once for all stories. */
export async function staff(world) {
  if (world.staffed) return;
  world.staffed = true;
  const [, put] = [await join(world, STAFF[0]), await join(world, STAFF[1])];
  await put("/v1/children/LN-1/allocation", { accounts: ["sam"], team: "north" });
}

/** Begins one of LN-1; its id. */
export async function begin(visit, title) {
  const { page } = visit;
  await visit.go("#/children/LN-1/assessments");
  await page.getByLabel("Instrument").selectOption({ label: title });
  await page.getByRole("button", { name: "Begin an assessment" }).click();
  await page.waitForURL(/#\/assessments\/[0-9a-f]{32}/);
  await page.locator(".tm-next").waitFor();
  return /[0-9a-f]{32}/.exec(page.url())[0];
}

/** Grades the items of the step from its heading on, by keys alone; how many there were. */
export async function gradeStep(visit, gradeOf) {
  const { page } = visit;
  const items = await page.locator(".tm-item").count();
  await page.keyboard.press("Tab");
  for (let at = 0; at < items; at++) await page.keyboard.press(gradeOf(at));
  return items;
}

export function countPuts(page) {
  const puts = { count: 0 };
  page.on("request", (request) => { puts.count += request.method() === "PUT"; });
  return puts;
}

/** Waits until the line of the state says so. */
export function state(visit, wanted) {
  return visit.page.locator(".tm-saved", { hasText: wanted }).waitFor();
}
