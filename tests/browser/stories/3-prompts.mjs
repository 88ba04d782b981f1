// Story 3: a manager goes through the worklist, sees why a prompt fired, and dismisses one with a reason.

import { check, same } from "../tally.mjs";

export const name = "prompts";

async function readWhy(visit) {
  const { page } = visit;
  await page.getByLabel("Show by").selectOption({ label: "Indicator" });
  await page.getByLabel("Child").selectOption("LN-1");
  await page.getByLabel("Indicator", { exact: true }).selectOption({ label: "A second or later child protection plan" });
  same(await page.locator(".tm-prompt").count(), 1, "one prompt of the child and indicator");
  await visit.look("narrowed");
  await page.locator(".tm-prompt__title a").click();
  await page.getByRole("heading", { name: "Why this prompt" }).waitFor();
  await visit.settled();
  // Above the fold and in this order: what it says, then why, then what it looks for.
  const order = await page.evaluate(() => [".govuk-body-l", "#main table", "#main details"].map((one) => document.querySelector(one).getBoundingClientRect().top));
  check(order[0] < order[1] && order[1] < order[2], "sentence, rows, definition", order);
  const rows = await page.locator("#main table").first().locator("tbody tr").allTextContents();
  check(rows.some((row) => row.includes("24 May 2023") && row.includes("social care") && /social-care\.csv, row \d+/.test(row)), "date, agency, kind and source", rows);
  await page.locator("summary", { hasText: "Where its numbers come from" }).click();
  await visit.look("why");
}

async function dismiss(visit) {
  const { page } = visit;
  const key = page.url().split("/").at(-1);
  await page.getByLabel("Nothing needs to be done").check();
  await page.getByRole("button", { name: "Keep" }).click();
  await page.getByRole("link", { name: "Say in a sentence" }).waitFor();
  await visit.look("no reason");
  await page.getByLabel("What was done, or why nothing").fill("The plan is known to the core group, which met on Monday.");
  await page.getByRole("button", { name: "Keep" }).click();
  await page.getByText("The prompt is now: Dismissed").waitFor();
  const history = await page.getByRole("table", { name: "What people said about this prompt" }).locator("tbody tr").allTextContents();
  check(history.some((row) => row.includes("Dismissed") && row.includes("mia") && row.includes("core group")), "who, and why", history);
  await visit.look("dismissed");
  await visit.go("#/prompts?state=dismissed");
  check((await page.locator(`a[href="#/prompts/${key}"]`).count()) > 0, "it is among the dismissed");
  await visit.go(`#/prompts/${key}`);
  await page.getByLabel("It is to be looked at again").check();
  await page.getByRole("button", { name: "Keep" }).click();
  await page.getByText("The prompt is now: New").waitFor();
}

// Two people: the second is told, and nothing is lost silently.
async function together(visit) {
  const { page } = visit;
  const other = await visit.world.visit("prompts, another manager", visit.width);
  await other.signIn("mia");
  await other.go(new URL(page.url()).hash);
  await page.getByLabel("I have seen it").check();
  await page.getByRole("button", { name: "Keep" }).click();
  await page.getByText("The prompt is now: Seen").waitFor();
  await other.page.getByLabel("Something was done").check();
  await other.page.getByLabel("What was done, or why nothing").fill("The worker was asked to visit this week.");
  await other.page.getByRole("button", { name: "Keep" }).click();
  await other.page.getByText("Somebody else changed this meanwhile").first().waitFor();
  same(await other.page.getByLabel("What was done, or why nothing").inputValue(), "The worker was asked to visit this week.", "what was typed is still there");
  await other.look("changed meanwhile");
  await other.close();
}

async function exportList(visit) {
  const { page } = visit;
  await visit.go("#/prompts");
  const waiting = page.waitForEvent("download");
  await page.getByRole("link", { name: "Export as CSV" }).click();
  const download = await waiting;
  check(download.suggestedFilename().endsWith(".csv"), "a file for a spreadsheet", download.suggestedFilename());
  check(!download.suggestedFilename().includes("LN-"), "no child's id in a file's name");
}

export async function tell(visit) {
  const { page } = visit;
  await visit.signIn("mia");
  same(await visit.heading(), "Prompts", "the worklist");
  check((await page.locator(".tm-prompt").count()) > 20, "prompts of both children");
  const cards = await visit.texts(".tm-prompt__sentence");
  const others = cards.filter((sentence) => sentence.startsWith("Another time of the same: ")).length;
  const current = await page.locator(".tm-prompt", { hasText: "Another time of the same: " }).filter({ hasText: "Current" }).count();
  same(others, current, "a card is of another time than its sentence only where that is the current one");
  await visit.look("the worklist");
  await page.getByLabel("New since last week").check();
  check((await page.locator(".tm-prompt").count()) > 20, "all are new in a new store");
  await page.getByLabel("New since last week").uncheck();
  await readWhy(visit);
  await dismiss(visit);
  await together(visit);
  await exportList(visit);
}
