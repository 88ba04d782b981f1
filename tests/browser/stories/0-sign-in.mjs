// Everybody signs in with the link of the command once, chooses a password, and signs in with it.

import { check, same } from "../tally.mjs";
import { PASSWORDS } from "../world.mjs";

export const name = "sign-in";
export const widths = [1280];

async function useLink(visit, person) {
  const { page, world } = visit;
  await visit.open(`#link=${world.links[person]}`);
  check(!page.url().includes(world.links[person]), `${person}: the link is out of the address`, page.url());
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("heading", { name: "Choose a password" }).waitFor();
  if (person === "mia") await visit.look("first password");
  await page.getByLabel("New password", { exact: true }).fill(PASSWORDS[person]);
  await page.getByLabel("New password again").fill(`${PASSWORDS[person]}!`);
  await page.getByRole("button", { name: "Keep password" }).click();
  await page.getByRole("alert").filter({ hasText: "There is a problem" }).waitFor();
  if (person === "mia") await visit.look("passwords that differ");
  await page.getByLabel("New password again").fill(PASSWORDS[person]);
  await page.getByRole("button", { name: "Keep password" }).click();
  await page.getByRole("button", { name: "Sign out" }).waitFor();
  await visit.settled();
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
}

async function refuse(visit) {
  const { page, world } = visit;
  await visit.open(`#link=${world.links.mia}`);
  await page.reload();
  await visit.open(`?again#link=${world.links.mia}`);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByText("was used already").waitFor();
  await visit.open();
  await page.getByLabel("Account").fill("mia");
  await page.getByLabel("Password").fill("not the right one");
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByText("The account or the password is not right").first().waitFor();
  check(await page.locator(".govuk-error-summary").evaluate((box) => box === document.activeElement), "the summary has the focus");
  await visit.look("a wrong password");
}

// LN-1 is pat's too, who is of another team.
async function allocate(visit) {
  const status = await visit.page.evaluate(async () => {
    const { csrf } = await (await fetch("/v1/session")).json();
    const body = JSON.stringify({ accounts: ["pat"], team: "north" });
    const headers = { "Content-Type": "application/json", "X-CSRF-Token": csrf };
    return (await fetch("/v1/children/LN-1/allocation", { method: "PUT", headers, body })).status;
  });
  check(status < 300, "a manager allocates a child", status);
}

export async function tell(visit) {
  await visit.open();
  await visit.look("sign in");
  for (const person of Object.keys(PASSWORDS)) await useLink(visit, person);
  await refuse(visit);
  await visit.signIn("mia");
  same(await visit.heading(), "Prompts", "a manager begins with the prompts");
  await visit.page.reload();
  await visit.settled();
  await allocate(visit);
  same(await visit.heading(), "Prompts", "the session outlives a reload");
}
