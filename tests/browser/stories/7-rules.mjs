// What the prompts are made by: the catalogue, one indicator with its definition and the origin of each value,
// an instrument; and for those who count, how an indicator would answer with other values.

import { check, same } from "../tally.mjs";

export const name = "rules";
export const widths = [1280, 400, 320];

async function catalogue(visit) {
  const { page } = visit;
  await visit.go("#/rules");
  await visit.look("catalogue");
  const shown = await page.locator('main a[href^="#/rules/indicators/"]').count();
  same(shown, (await visit.api("/v1/indicators")).length, `${visit.name}: every indicator is there`);
  await page.getByRole("link", { name: "Concerns rise, the response does not" }).click();
  await page.getByRole("heading", { name: "Concerns rise, the response does not" }).waitFor();
  const told = await page.locator("main").textContent();
  for (const words of ["Do several agencies record more concerns than before", "incidents of concern in the 180 days", "indicators/drift/response-flat.lua", "28 days to 24 months", "practice guidance"])
    check(told.includes(words), `${visit.name}: the page says "${words}"`);
}

async function backtest(visit) {
  const { page } = visit;
  await page.getByLabel("Over", { exact: true }).fill("soon");
  await page.getByRole("button", { name: "Try it" }).click();
  await page.getByText("Write it as 180 days").first().waitFor();
  await page.getByLabel("Over", { exact: true }).fill("24 months");
  const sent = page.waitForRequest((request) => request.url().endsWith("/backtest"));
  await page.getByRole("button", { name: "Try it" }).click();
  same(JSON.parse((await sent).postData()).against.indicators, { "response-flat": { params: { over: { months: 24 } } } }, `${visit.name}: what was changed is sent, and nothing else`);
  await page.getByRole("heading", { name: "Result" }).waitFor();
  const told = await page.locator("main").textContent();
  // Never as if it had been answered with other values than it was.
  check(/Gain a prompt/.test(told) !== /The server did not take the changed values/.test(told), `${visit.name}: the result says whose values it has`);
  check(!/LN-[12]/.test(told), `${visit.name}: no child is named`);
  await visit.look("backtest");
}

export async function tell(visit) {
  const { page } = visit;
  await visit.signIn("ann");
  await catalogue(visit);
  await backtest(visit);
  await visit.go("#/rules/instruments/graded-care");
  await visit.look("instrument");
  const opened = page.context().waitForEvent("page");
  await page.getByRole("link", { name: /The blank form/ }).click();
  const form = await opened;
  await form.waitForLoadState();
  check(/Nutrition/.test(await form.textContent("body")), `${visit.name}: the blank form opens`);
  await form.close();
}
