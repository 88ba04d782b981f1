// Somebody without script: signs in by a form, downloads the worklist and a child's report, and goes out again.

import { readFileSync } from "node:fs";
import { check, same } from "../tally.mjs";
import { PASSWORDS, Visit } from "../world.mjs";

export const name = "plain";

/** Axe is script itself: it looks at the same page in a browser that has it. */
async function look(visit, path, step) {
  const context = await visit.world.browser.newContext({ viewport: { width: visit.width, height: 800 }, storageState: await visit.page.context().storageState() });
  const other = new Visit(visit.world, await context.newPage(), "plain", visit.width);
  await other.page.goto(`${visit.world.base}${path}`);
  await other.look(step);
  await other.close();
}

async function signIn(visit, person, password) {
  const { page } = visit;
  await page.getByLabel("Account").fill(person);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

async function download(page, click) {
  const [file] = await Promise.all([page.waitForEvent("download"), click()]);
  return { file: file.suggestedFilename(), text: readFileSync(await file.path(), "utf8") };
}

export async function tell(scripted) {
  const context = await scripted.world.browser.newContext({ viewport: { width: scripted.width, height: 800 }, javaScriptEnabled: false, acceptDownloads: true });
  const visit = new Visit(scripted.world, await context.newPage(), "plain", scripted.width);
  const { page, world } = visit;
  await page.goto(`${world.base}/`);
  await page.getByRole("link", { name: "Sign in without it" }).click();
  await look(visit, "/plain/", "sign in");
  await signIn(visit, "mia", "not the right one");
  await page.getByRole("alert").filter({ hasText: "the account or the password is not right" }).waitFor();
  await page.screenshot({ path: `${world.pictures}/plain-a-wrong-password-${visit.width}.png` });
  await signIn(visit, "mia", PASSWORDS.mia);
  await page.getByRole("heading", { name: "Without JavaScript" }).waitFor();
  check(page.url() === `${world.base}/plain/`, "goes on to the page", page.url());
  const [cookie] = await context.cookies();
  check(cookie.httpOnly && cookie.sameSite === "Strict", "the cookie is the browser's own", cookie.sameSite);
  await look(visit, "/plain/", "signed in");
  const worklist = await download(page, () => page.getByRole("link", { name: /^Open prompts/ }).click());
  check(worklist.file === "prompts.list.csv" && worklist.text.includes("LN-1"), "the worklist is saved", worklist.file);
  await page.getByLabel("Number of the child").fill("NO SUCH");
  await page.getByRole("button", { name: "Show the review" }).click();
  await page.getByText("there is no such child").waitFor();
  await look(visit, "/plain/report?child=NO&format=html", "a child that is not there");
  await page.getByRole("link", { name: "Back" }).click();
  await page.getByLabel("Number of the child").fill("LN-1");
  const chronology = await download(page, () => page.getByRole("button", { name: "Chronology as CSV" }).click());
  check(chronology.file === "chronology.csv", "a chronology is saved", chronology.file);
  await page.getByRole("button", { name: "Show the review" }).click();
  await page.getByRole("heading", { level: 1 }).first().waitFor();
  check((await page.title()).includes("Prompts for review"), "a child's review is shown", await page.title());
  await page.goBack();
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.getByRole("heading", { name: "Sign in", exact: true }).waitFor();
  same(await context.cookies(), [], "the cookie is gone");
  await signIn(visit, "ada", PASSWORDS.ada);
  await page.getByText("ada, administrator").waitFor();
  check((await page.getByLabel("Number of the child").count()) === 0, "an administrator is offered no case");
  await page.getByRole("button", { name: "Sign out" }).click();
  await visit.close();
}
