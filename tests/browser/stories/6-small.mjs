// The form of an assessment where there is little room: a small telephone, and a desk at twice the size.

import { same } from "../tally.mjs";
import { begin, gradeStep, staff } from "../assessment.mjs";

export const name = "small";
export const widths = [320, 640];

export async function tell(visit) {
  await staff(visit.world);
  await visit.signIn("sam");
  await begin(visit, "Graded care, original structure");
  await visit.look("about");
  await visit.page.locator(".tm-next").click();
  await gradeStep(visit, () => "n");
  await visit.look("not seen");
  same(await visit.texts('.tm-grade[aria-pressed="true"]'), ["Not seen", "Not seen", "Not seen", "Not seen"], `${visit.name}: by its key`);
  // Nothing of a button is cut off.
  const cut = await visit.page.evaluate(() => [...document.querySelectorAll(".tm-grade")].filter((one) => one.scrollWidth > one.clientWidth + 1).map((one) => one.textContent));
  same(cut, [], `${visit.name}: every label fits its button`);
  for (const step of ["targets", "device", "check"]) {
    await visit.go(`${new URL(visit.page.url()).hash.split("?")[0]}?step=${step}`);
    await visit.look(step);
  }
}
