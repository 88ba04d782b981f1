// An administrator looks for who did what, finds that the trail is whole, and what that does not show.

import { check, same } from "../tally.mjs";

export const name = "audit";

async function choose(visit, fill) {
  const { page } = visit;
  const before = page.url();
  await fill();
  await page.getByRole("button", { name: "Show", exact: true }).click();
  await page.waitForFunction((was) => location.href !== was, before);
  await page.waitForTimeout(50);
  await visit.settled();
  return visit.texts("main tbody tr");
}

export async function tell(visit) {
  const { page } = visit;
  const pat = await visit.world.visit("audit, a practitioner", visit.width);
  await pat.signIn("pat");
  await pat.go("#/children/LN-1");
  check(!(await pat.texts("#navigation a")).includes("Audit trail"), "who is no administrator is not led there");
  await pat.go("#/audit");
  same(await pat.heading(), "You cannot see this", "and is refused");
  await pat.close();

  await visit.signIn("ada");
  await visit.go("#/audit");
  same(await visit.heading(), "Audit trail", "the audit trail");
  const all = await visit.texts("main tbody tr");
  check(all[0].includes("ada") && all[0].includes("Read the audit trail"), "the latest entry first", all[0]);
  check(all.every((row) => !row.includes("LN-")), "no child's number");
  await visit.look("entries");

  const own = await choose(visit, () => page.getByLabel("Account", { exact: true }).fill("pat"));
  check(own.length > 0 && own.every((row) => row.includes("pat, practitioner")), "of one account", own.slice(0, 3));
  const shown = await choose(visit, () => page.getByLabel("About", { exact: true }).selectOption("child"));
  check(shown.length > 0 && shown.every((row) => /C-[0-9a-f]{16}/.test(row)), "about children, by their codes", shown.slice(0, 3));
  const none = await choose(visit, () => page.getByLabel("Up to").fill("5 March 2024"));
  same(none, [], "before that day there is none");
  await page.getByText("There is no such entry.").waitFor();
  same(await page.getByLabel("Up to").inputValue(), "5 March 2024", "what was typed stays");
  await page.getByLabel("Up to").fill("5 Foo 2024");
  await page.getByRole("button", { name: "Show", exact: true }).click();
  await page.getByRole("link", { name: "Write a day such as" }).waitFor();
  await visit.look("a day that is none");
  await page.getByRole("link", { name: "Show all" }).click();
  await page.getByRole("link", { name: /^C-/ }).first().click();
  await page.getByText(/^Only about C-/).waitFor();

  await page.getByRole("button", { name: "Check the whole trail" }).click();
  await page.getByText("Nothing was found").waitFor();
  check(await page.locator(".govuk-inset-text").evaluate((box) => box === document.activeElement), "the verdict has the focus");
  check((await visit.texts("main li")).some((text) => text.includes("the store and its key file")), "what it does not protect against");
  await visit.look("the trail is whole");
}
