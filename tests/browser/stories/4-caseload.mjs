// Story 4: an analyst reads the counts, each with its definition, and sees no child; a manager goes on from
// a count to children.

import { check, same } from "../tally.mjs";

export const name = "caseload";

export async function tell(visit) {
  const { page } = visit;
  await visit.signIn("ann");
  same(await visit.heading(), "Caseload", "an analyst begins with the counts");
  const lines = await visit.texts("#navigation a");
  check(!lines.includes("Children") && !lines.includes("Prompts"), "no way to names", lines);
  const cards = page.locator(".tm-count");
  check((await cards.count()) > 10, "indicators with numbers");
  const first = cards.first();
  await first.getByText("Definition", { exact: true }).click();
  check((await first.locator("details").first().textContent()).length > 60, "a number has its definition");
  await first.getByText("Months in numbers").click();
  await visit.look("counts");
  const told = await page.locator("main").textContent();
  check(!/LN-[12]/.test(told), "no child's id for an analyst");
  await visit.go("#/children/LN-1");
  same(await visit.heading(), "You cannot see this", "a page that is not an analyst's");
  await visit.look("refused");
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.getByRole("heading", { name: "Sign in" }).waitFor();

  await visit.signIn("mia");
  await visit.go("#/caseload");
  await page.getByRole("link", { name: "See the children: Referred again" }).click();
  await page.getByRole("heading", { name: "Prompts" }).waitFor();
  await visit.settled();
  const children = await visit.texts("main h2");
  same(children, ["Child LN-1", "Child LN-2"], "the children behind a count");
}
