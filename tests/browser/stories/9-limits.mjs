// Story 9: the police add an entry for housing alone, with the basis for sharing it; the council's manager is
// told on every page of the child that something is withheld, and sees nothing of it.

import { check } from "../tally.mjs";

export const name = "limits";

const SECRET = "The refuge is in Elm Street.";

async function signInByLink(visit, account) {
  const { page, world } = visit;
  const told = world.command("user", "add", account, world.store, "--role", "manager", "--team", "north", "--agency", "police", "--format", "json");
  await visit.open(`#link=${/tdm[a-z]_[A-Za-z0-9_-]+/.exec(told)[0]}`);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("heading", { name: "Choose a password" }).waitFor();
  await page.getByLabel("New password", { exact: true }).fill("nine lamps by the weir");
  await page.getByLabel("New password again").fill("nine lamps by the weir");
  await page.getByRole("button", { name: "Keep password" }).click();
  await page.getByRole("button", { name: "Sign out" }).waitFor();
  await visit.settled();
}

async function addForHousing(visit) {
  const { page } = visit;
  await visit.go("#/children/LN-1/entries/new");
  await page.getByRole("button", { name: "Add entry" }).waitFor();
  await page.getByLabel("When it happened").fill("4 March 2024");
  await page.getByLabel("Agency").selectOption({ label: "Police" });
  await page.getByLabel("What happened").selectOption({ label: "Home conditions or housing" });
  await page.getByLabel("What was seen, heard or told").fill(SECRET);
  await page.locator("summary", { hasText: "Sharing" }).click();
  await page.getByLabel("Basis for sharing").selectOption({ label: "Public task" });
  await page.getByRole("checkbox", { name: "Housing", exact: true }).check();
  await visit.look("for whom an entry is");
  await page.getByRole("button", { name: "Add entry" }).click();
  await page.getByRole("link", { name: "Correct this entry" }).waitFor();
  await visit.settled();
  const told = await page.locator(".govuk-summary-list").first().textContent();
  check(/Limited to\s*Housing/.test(told) && /Basis for sharing\s*Public task/.test(told), "the entry says for whom it is, and why", told);
  await visit.look("an entry for housing");
  await page.getByRole("link", { name: "Correct this entry" }).click();
  await page.getByRole("button", { name: "Keep correction" }).waitFor();
  await page.locator("summary", { hasText: "Sharing" }).click();
  check(await page.getByRole("checkbox", { name: "Housing", exact: true }).isChecked(), "a correction begins with what is held");
}

async function isWithheld(visit, where) {
  const { page } = visit;
  await page.locator(".tm-withheld").waitFor();
  const told = await page.locator("main").textContent();
  check(/limited to other agencies/.test(told), `${where} says that something is withheld`, told.slice(0, 400));
  check(!told.includes(SECRET), `${where} says nothing of it`);
  await visit.look(where);
}

export async function tell(visit) {
  await signInByLink(visit, `pol-${visit.width}`);
  await addForHousing(visit);
  await visit.go("#/children/LN-1/chronology");
  await visit.page.getByText("Limited to: Housing").first().waitFor();
  await visit.page.context().clearCookies();
  await visit.page.goto("about:blank");
  await visit.signIn("mia");
  await visit.go("#/children/LN-1");
  await isWithheld(visit, "the child's page");
  await visit.go("#/children/LN-1/chronology");
  await isWithheld(visit, "the chronology");
}
