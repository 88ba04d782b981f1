// What keeps a record from those with no business in it: the reason for a case that is not one's own, the
// lock after 15 idle minutes with what was typed still there, and a whole way by keyboard.

import { check, same } from "../tally.mjs";
import { PASSWORDS } from "../world.mjs";

export const name = "safe";

async function giveReason(visit) {
  const { page } = visit;
  await visit.signIn("pat");
  await visit.go("#/children/LN-2/chronology");
  const heading = await visit.heading();
  // At the second width the case is open already.
  if (visit.width === 1280) {
    same(heading, "Say why you open this case", "a reason is asked for");
    await visit.look("a reason");
    await page.getByLabel("Why you need to see this record").fill("short");
    await page.getByRole("button", { name: "Open the case" }).click();
    await page.locator(".govuk-error-summary").waitFor();
    await page.getByLabel("Why you need to see this record").fill("Duty worker: the school rang about this sibling today.");
    await page.getByRole("button", { name: "Open the case" }).click();
    await page.getByRole("heading", { name: "Chronology" }).waitFor();
    await visit.settled();
  }
  same(await visit.heading(), "Chronology", "the case is open");
}

// The manager sees who, and why.
async function seeAccess(visit) {
  const other = await visit.world.visit("safe, the manager", visit.width);
  await other.signIn("mia");
  await other.go("#/accesses");
  const rows = await other.texts("main tbody tr");
  check(rows.some((row) => row.includes("pat") && row.includes("LN-2") && row.includes("the school rang")), "who opened it, and why", rows);
  await other.look("accesses");
  await other.go("#/children/LN-2/allocation");
  await other.page.getByRole("button", { name: "Open the case" }).click();
  await other.page.getByRole("link", { name: "Write a day such as" }).waitFor();
  await other.look("allocation");
  await other.close();
}

async function lock(visit) {
  const { page } = visit;
  await page.clock.install();
  await visit.open("#/children/LN-1/entries/new");
  const typed = "Half a sentence about the visit";
  await page.getByLabel("What was seen, heard or told").fill(typed);
  await page.clock.fastForward("13:10");
  await page.getByRole("dialog", { name: "Are you still there?" }).waitFor();
  await visit.look("a warning");
  await page.getByRole("button", { name: "Stay signed in" }).click();
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await page.clock.fastForward("15:10");
  await page.getByRole("heading", { name: "Locked" }).waitFor();
  check(!(await page.locator("#page").isVisible()), "what was there is covered");
  check(!(await page.title()).includes("entry"), "the title says nothing of it", await page.title());
  await visit.look("locked");
  const status = await page.evaluate(async () => (await fetch("/v1/session")).status);
  same(status, 401, "the session has ended on the server");
  await page.getByLabel("Password").fill(PASSWORDS.pat);
  await page.getByRole("button", { name: "Unlock" }).click();
  await page.getByRole("button", { name: "Add entry" }).waitFor();
  same(await page.getByLabel("What was seen, heard or told").inputValue(), typed, "what was typed goes on");
}

async function byKeyboard(visit) {
  const { page } = visit;
  await visit.signIn("mia");
  await page.keyboard.press("Tab");
  const heading = await page.evaluate(() => document.activeElement.closest("main, header, body")?.tagName);
  check(heading === "MAIN", "the focus begins in the page", heading);
  await page.evaluate(() => document.activeElement.blur());
  await page.locator("body").press("Tab");
  for (let i = 0; i < 60; i++) {
    const at = await page.evaluate(() => {
      const one = document.activeElement;
      const style = getComputedStyle(one);
      return { link: one.closest(".tm-prompt__title") !== null, seen: style.outlineStyle !== "none" || style.boxShadow !== "none" || one.matches("input[type=checkbox]"), html: one.outerHTML.slice(0, 100) };
    });
    if (!at.seen) check(false, `${visit.name}: the focus is seen`, at.html);
    if (at.link) break;
    await page.keyboard.press("Tab");
  }
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Why this prompt" }).waitFor();
  check(await page.locator("h1").evaluate((h1) => h1 === document.activeElement), "the new page's heading has the focus");
}

// 640 pixels at 200 % are 320; text alone at 200 % is another matter.
async function narrow(visit) {
  if (visit.width !== 400) return;
  await visit.page.setViewportSize({ width: 320, height: 640 });
  for (const hash of ["#/prompts", "#/children", "#/children/LN-1", "#/children/LN-1/chronology", "#/caseload", "#/quality", "#/account"]) {
    await visit.go(hash);
    await visit.look(`320 ${hash}`);
  }
  const menu = visit.page.getByRole("button", { name: "Menu" });
  await menu.click();
  await visit.page.locator("#navigation").getByRole("link", { name: "Caseload" }).click();
  await visit.page.getByRole("heading", { name: "Caseload" }).waitFor();
}

async function offline(visit) {
  const { page } = visit;
  await page.context().setOffline(true);
  await visit.go("#/quality");
  const heading = await visit.heading();
  same(heading, "No connection", "no network is said");
  await visit.look("off the network");
  await page.context().setOffline(false);
}

export async function tell(visit) {
  await giveReason(visit);
  await seeAccess(visit);
  await lock(visit);
  await visit.page.context().clearCookies();
  const other = await visit.world.visit("safe, by keyboard", visit.width);
  await byKeyboard(other);
  await narrow(other);
  await offline(other);
  await other.close();
}
