// A graded care profile on a visit: begun, graded by keyboard, looked at, completed, countersigned, printed
// and compared. Everything is there within few keys.

import { check, same } from "../tally.mjs";
import { begin, countPuts, gradeStep, staff, state } from "../assessment.mjs";

export const name = "assessment";

// Of the fixture's graded care: 29 items in 13 sub-areas.
const ITEMS = 29;
const SUB_AREAS = 13;

async function gradeAll(visit) {
  const { page } = visit;
  let keys = 0;
  let items = 0;
  for (let step = 0; step < SUB_AREAS; step++) {
    const graded = await gradeStep(visit, (at) => String(((step + at) % 4) + 1));
    keys += graded + 2;
    items += graded;
    const on = await page.evaluate(() => document.activeElement.textContent);
    check(/^Next: /.test(on), `${visit.name}: behind the last grade of step ${step + 1} the way on has the focus`, on);
    if (step === 0) {
      await page.locator(".tm-so-far", { hasText: "Grade 4. Decided by the worst: Nutrition, organisation (A1d)." }).waitFor();
      await visit.look("graded");
      await page.locator(".tm-next").focus();
    }
    await page.keyboard.press("Enter");
  }
  same(items, ITEMS, `${visit.name}: every item was asked`);
  check(keys <= ITEMS + 2 * SUB_AREAS, `${visit.name}: few keys`, keys);
}

async function beforeIsHiddenUntilGraded(visit) {
  const { page } = visit;
  const before = page.locator(".tm-before").first();
  same(await before.textContent(), "", `${visit.name}: last time's grade does not lead the hand`);
  await page.locator(".tm-grade", { hasText: "all needs met" }).first().click();
  await page.waitForFunction(() => document.querySelector(".tm-before").textContent !== "");
  check(/^Last time, 10 July 2024: 4, most essential needs unmet$/.test(await before.textContent()), `${visit.name}: last time's grade is told after`, await before.textContent());
  // The same grade again takes it back, and what was told of last time.
  await page.locator(".tm-grade", { hasText: "all needs met" }).first().click();
  same(await before.textContent(), "", `${visit.name}: taken back`);
}

async function evidence(visit) {
  const { page } = visit;
  await page.locator(".tm-remarks summary").first().click();
  await page.getByLabel("Evidence: strengths first").first().fill("Porridge every morning; fridge near empty.");
  await page.getByLabel("The child's words").first().fill("I like the porridge.");
  await visit.look("evidence");
}

async function target(visit) {
  const { page } = visit;
  same(await visit.heading(), "Targets", `${visit.name}: targets follow the last sub-area`);
  await page.getByRole("textbox", { name: "By" }).fill("5 March 2027");
  await page.getByRole("button", { name: "Set the target" }).click();
  await page.getByText("5 March 2027").waitFor();
  await visit.look("target");
}

async function complete(visit) {
  const { page } = visit;
  await page.getByRole("button", { name: "Next: Check and complete" }).click();
  await state(visit, /^Saved \d\d:\d\d$/);
  await visit.look("check");
  const order = await visit.texts("main h2, main h3");
  check(order.indexOf("Strengths") < order.indexOf("Concerns"), `${visit.name}: strengths first`, order);
  await page.getByRole("button", { name: "Complete the assessment" }).click();
  await page.getByText("The assessment is complete").waitFor();
  await visit.look("complete");
}

async function countersign(visit, id) {
  const manager = await visit.world.visit("countersignature", visit.width);
  await manager.signIn("max");
  await manager.go(`#/assessments/${id}`);
  await manager.page.getByRole("button", { name: "Countersign" }).click();
  await manager.page.getByText("Countersigned.").waitFor();
  await manager.look("countersigned");
  await manager.close();
}

async function problemLeads(visit) {
  const { page } = visit;
  const id = await begin(visit, "Graded care, original structure");
  await page.goto(`${visit.world.base}/#/assessments/${id}?step=check`);
  await page.getByRole("button", { name: "Complete the assessment" }).waitFor();
  // What the form itself cannot do: a grade that there is not, as a faulty program would send it.
  const told = await page.evaluate(async (at) => {
    const { csrf } = await (await fetch("/v1/session")).json();
    const seen = await fetch(at);
    const body = (await seen.json()).assessment;
    body.items = { A2b: 9 };
    return (await fetch(at, { method: "PUT", headers: { "X-CSRF-Token": csrf, "If-Match": seen.headers.get("ETag"), "Content-Type": "application/json" }, body: JSON.stringify(body) })).status;
  }, `/v1/assessments/${id}`);
  same(told, 200, `${visit.name}: a draft is kept sound or not`);
  await page.reload();
  await page.getByRole("button", { name: "Complete the assessment" }).click();
  await page.locator(".govuk-error-summary a").waitFor();
  await visit.look("problem");
  await page.locator(".govuk-error-summary a").first().click();
  same(await visit.heading(), "Physical: Housing", `${visit.name}: a problem leads to its step`);
  same(await page.evaluate(() => document.activeElement.closest("[data-item]")?.dataset.item), "A2b", `${visit.name}: and to its item`);
  await page.locator("summary", { hasText: "All steps" }).click();
  await page.getByRole("link", { name: "Check and complete" }).click();
  await page.locator("summary", { hasText: "Withdraw this draft" }).click();
  await page.getByLabel("Why").fill("Begun to try.");
  await page.getByRole("button", { name: "Withdraw this draft" }).click();
  await page.getByRole("heading", { name: "Assessments", level: 1 }).waitFor();
}

async function otherInstruments(visit) {
  for (const title of ["Home conditions", "Clutter, level 1 to 9 a room", "A day in my life", "Domestic abuse checklist, count of yes"]) {
    await begin(visit, title);
    await visit.page.locator(".tm-next").click();
    await visit.look(title);
  }
}

export async function tell(visit) {
  const { page } = visit;
  await staff(visit.world);
  await visit.signIn("sam");
  const id = await begin(visit, "Graded care, original structure");
  await visit.look("about");
  await page.getByLabel("Main carer").fill("Mother");
  const puts = countPuts(page);
  await page.locator(".tm-next").focus();
  await page.keyboard.press("Enter");
  await beforeIsHiddenUntilGraded(visit);
  await evidence(visit);
  await page.locator("h1").focus();
  await gradeAll(visit);
  await target(visit);
  await state(visit, /^Saved \d\d:\d\d$/);
  check(puts.count < ITEMS, `${visit.name}: quick grades are sent together`, puts.count);
  await complete(visit);
  const kept = await visit.api(`/v1/assessments/${id}`);
  same([Object.keys(kept.assessment.items).length, kept.assessment.evidence.A1a, kept.state], [ITEMS, "Porridge every morning; fridge near empty.", "complete"], `${visit.name}: the server has all of it`);
  const opened = page.context().waitForEvent("page");
  await page.getByRole("link", { name: /page to print/ }).click();
  const printed = await opened;
  await printed.waitForLoadState();
  check(/Porridge every morning/.test(await printed.textContent("body")), `${visit.name}: the page to print holds the evidence`);
  await printed.close();
  await page.getByRole("link", { name: "All assessments" }).click();
  await page.getByText("10 July 2024, then").waitFor();
  await visit.look("compared");
  await countersign(visit, id);
  await problemLeads(visit);
  await otherInstruments(visit);
}
