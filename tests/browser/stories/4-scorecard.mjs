// Story 4: an analyst reads the figures of a period, each with its definition and chart, and is given no list
// that would show a small one; a manager goes on from a figure to the children behind it.

import { check, same } from "../tally.mjs";

export const name = "scorecard";

const PERIOD = "from=2020-01-01&to=2024-12-31";

async function choosePeriod(page, from, to) {
  await page.getByLabel("From").fill(from);
  await page.getByLabel("To", { exact: true }).fill(to);
  await page.getByRole("button", { name: "Show" }).press("Enter");
}

async function readAsAnalyst(visit) {
  const { page } = visit;
  await visit.signIn("ann");
  await visit.go("#/scorecard");
  same(await visit.heading(), "Scorecard", "the figures of the last financial year");
  check(/1 April \d{4} to 31 March \d{4}/.test(await page.locator("main").textContent()), "which year it is is said");
  await choosePeriod(page, "1 January 2020", "no day");
  await page.getByRole("alert").getByText("Enter a day, such as 1 April 2024").waitFor();
  await visit.look("a day that is none");
  await choosePeriod(page, "1 January 2020", "31 December 2024");
  await page.getByText("1 January 2020 to 31 December 2024, as recorded by").waitFor();
  await visit.settled();
  const missed = page.locator(".tm-figure", { hasText: "Was not brought" }).first();
  check((await missed.locator(".tm-figure__number").textContent()).trim().startsWith("c"), "a small figure is not shown");
  same(await missed.getByRole("link", { name: /The children behind it/ }).count(), 0, "nor are its children listed");
  await missed.getByText("Definition", { exact: true }).click();
  check((await missed.locator("details").first().textContent()).includes("What not to conclude"), "a figure has its definition");
  await visit.look("figures");
  await page.getByLabel("Show the figures of").selectOption("partnership");
  await page.waitForFunction(() => location.hash.includes("group=partnership"));
  await visit.settled();
  same(await visit.texts("main h2"), ["Partnership", "Not assessed"], "the figures of one group");
}

async function readOneFigure(visit) {
  const { page } = visit;
  await page.getByRole("link", { name: /recorded/i }).first().click();
  await page.getByRole("heading", { name: "Definition" }).waitFor();
  await visit.settled();
  check((await page.locator("svg.chart:visible").count()) > 0, "a chart of the server's");
  await visit.look("one figure");
  await page.setViewportSize({ width: 320, height: 800 });
  await visit.look("one figure on 320 pixels");
  await page.setViewportSize({ width: visit.width, height: 800 });
  await page.getByRole("link", { name: /^The children behind it/ }).first().click();
  await page.getByRole("heading", { name: "The children behind a figure" }).waitFor();
  await visit.settled();
  await page.getByText("Not listed: the figure is not shown, or the list would be of too few children.").waitFor();
  check(!/LN-[12]/.test(await page.locator("main").textContent()), "no child's id for an analyst");
  await visit.look("not listed");
  await visit.go("#/scorecard/no-such-measure/children");
  same(await visit.heading(), "There is no such page", "a measure that is not there");
}

async function openAChild(visit) {
  const { page } = visit;
  await visit.signIn("mia");
  await visit.go(`#/scorecard?${PERIOD}&group=neglect&by=agency`);
  const missed = page.locator(".tm-figure", { hasText: "Was not brought" }).first();
  await missed.locator("summary", { hasText: "Chart and numbers" }).press("Enter");
  await missed.getByText("Part by part", { exact: true }).waitFor();
  await visit.look("part by part");
  await missed.getByRole("link", { name: /^The children behind it/ }).first().click();
  await page.getByRole("heading", { name: "The children behind a figure" }).waitFor();
  await visit.settled();
  await page.getByText("5 entries of 2 children.").waitFor();
  await visit.look("children behind a figure");
  await page.getByRole("link", { name: "All that it is out of" }).click();
  await page.getByText("9 entries of 2 children.").waitFor();
  await visit.settled();
  await page.getByRole("link", { name: "LN-2" }).first().click();
  await page.getByRole("heading", { name: "Child LN-2" }).waitFor();
}

export async function tell(visit) {
  await readAsAnalyst(visit);
  await readOneFigure(visit);
  await visit.page.getByRole("button", { name: "Sign out" }).click();
  await visit.page.getByRole("heading", { name: "Sign in" }).waitFor();
  await openAChild(visit);
}
