// Story 7: what to mend in the records, over all and in one child's.

import { check, same } from "../tally.mjs";

export const name = "quality";

export async function tell(visit) {
  const { page } = visit;
  await visit.signIn("mia");
  await visit.go("#/quality");
  const counts = page.getByRole("table", { name: "What was found, and in how many children's records" });
  check((await counts.locator("tbody tr").count()) > 3, "checks with numbers");
  check((await counts.locator("tbody tr").first().textContent()).length > 60, "each with its definition");
  await visit.look("all records");
  await page.getByRole("link", { name: "Choose a child" }).click();
  await page.getByRole("link", { name: "LN-1", exact: true }).click();
  await page.getByRole("link", { name: "Quality of the record" }).click();
  await page.getByRole("heading", { name: /things to look at/ }).waitFor();
  await visit.settled();
  // The fixture's README: three rows of LN-1 stay undated.
  const measures = await page.getByRole("table", { name: "How this record is kept" }).getByRole("row").filter({ hasText: "Without any date" }).textContent();
  check(/3 of 1[67]\d/.test(measures), "three entries without a date", measures);
  const finding = page.locator(".tm-finding").filter({ hasText: "The history starts late" });
  await finding.getByText("The entry behind this").click();
  check((await finding.textContent()).includes("health.csv, row 2"), "the row that it rests on");
  await visit.look("one record");
  await finding.getByRole("link", { name: "Open" }).click();
  await page.getByRole("heading", { name: "Dental concern" }).waitFor();
  same(await visit.heading(), "Dental concern", "on to the entry");
}
