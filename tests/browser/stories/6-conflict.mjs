// Two people on one draft: nobody overwrites the other; a person chooses, line by line.

import { check, same } from "../tally.mjs";
import { begin, staff, state } from "../assessment.mjs";

export const name = "conflict";

async function grade(visit, item, key) {
  await visit.page.locator(`[data-item="${item}"] button[tabindex="0"]`).focus();
  await visit.page.keyboard.press(key);
}

/** What arrived, but whose answer was lost, is one's own: nobody is asked about it. */
async function lostAnswer(visit, id) {
  const { page } = visit;
  await visit.go(`#/assessments/${id}?step=A4`);
  let lost = 0;
  await page.route("**/v1/assessments/*", async (route) => {
    if (route.request().method() !== "PUT" || lost++ > 0) return route.continue();
    await route.fetch();
    return route.abort();
  });
  await grade(visit, "A4", "2");
  await state(visit, /^Off the network/);
  await page.locator(".tm-remarks summary").first().click();
  await page.getByLabel("Evidence: strengths first").first().fill("Towels on the rail.");
  await state(visit, /^Saved/);
  await page.unroute("**/v1/assessments/*");
  const { assessment } = await visit.api(`/v1/assessments/${id}`);
  same([assessment.items.A4, assessment.evidence.A4], [2, "Towels on the rail."], `${visit.name}: a lost answer is no conflict`);
}

export async function tell(visit) {
  await staff(visit.world);
  await visit.signIn("sam");
  const id = await begin(visit, "Graded care, original structure");
  const other = await visit.world.visit("the other's draft", visit.width);
  await other.signIn("max");
  await lostAnswer(visit, id);
  for (const one of [visit, other]) await one.go(`#/assessments/${id}?step=A2`);
  await grade(other, "A2a", "4");
  await grade(other, "A2b", "2");
  await state(other, /^Saved/);
  await grade(visit, "A2a", "3");
  await grade(visit, "A2c", "1");
  const { page } = visit;
  await page.getByRole("heading", { name: "Somebody else changed this draft" }).waitFor();
  await visit.look("asked");
  same((await visit.api(`/v1/assessments/${id}`)).assessment.items, { A4: 2, A2a: 4, A2b: 2 }, `${visit.name}: nothing was overwritten`);
  const lines = await visit.texts("main legend");
  check(lines.length === 3 && lines.every((line) => /^Grade of Housing/.test(line)), `${visit.name}: each line that differs is shown`, lines);
  await page.getByRole("button", { name: "Keep what I chose" }).click();
  await page.getByText("Choose: Grade of Housing, maintenance (A2a)").first().waitFor();
  await visit.look("one line open");
  await page.locator('[data-field="items.A2a"]').getByLabel("Yours").check();
  await page.getByRole("button", { name: "Keep what I chose" }).click();
  await state(visit, /^Saved/);
  await page.waitForTimeout(200);
  same((await visit.api(`/v1/assessments/${id}`)).assessment.items, { A4: 2, A2a: 3, A2b: 2, A2c: 1 }, `${visit.name}: what was chosen stands`);
  // The other one completes it meanwhile: what comes after is shown, not lost and not sent.
  await other.page.reload();
  await other.go(`#/assessments/${id}?step=check`);
  await other.page.getByRole("button", { name: "Complete the assessment" }).click();
  await other.page.getByText("The assessment is complete").waitFor();
  await page.locator(".tm-remarks summary").first().click();
  await page.getByLabel("Evidence: strengths first").first().fill("The roof was mended.");
  await page.getByRole("heading", { name: "This assessment is no longer a draft" }).waitFor();
  check((await page.locator("main").textContent()).includes("The roof was mended."), `${visit.name}: what cannot be sent can be read`);
  await visit.look("complete meanwhile");
  await page.getByRole("button", { name: "I have noted it down" }).click();
  await page.getByRole("heading", { name: "Assessments", level: 1 }).waitFor();
  await visit.go(`#/assessments/${id}`);
  await page.getByRole("heading", { name: "Strengths" }).waitFor();
  await other.close();
}
