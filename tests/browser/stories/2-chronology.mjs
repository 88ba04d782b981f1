// Story 2: a practitioner reads a chronology, narrows it, goes back in time, looks at one entry, adds one
// and corrects it. What is expected is in fixtures/long-neglect/README.md.

import { check, same } from "../tally.mjs";

export const name = "chronology";

const rowsOf = (visit) => visit.page.locator(".tm-chronology tbody tr").count();

async function narrow(visit) {
  const { page } = visit;
  const all = await rowsOf(visit);
  const faded = () => page.locator(".tm-mark--out").count();
  same(await faded(), 0, "no mark is faded without a filter");
  // 12 rows of police.tsv tell of LN-1: its 13, less the one without a child, and each tells one event.
  await page.getByLabel("Agency").selectOption({ label: "Police" });
  same(await rowsOf(visit), 12, "rows of the police");
  check((await faded()) > 100, "marks of other agencies are faded");
  const agencies = new Set(await visit.texts(".tm-chronology tbody tr td:nth-child(2)"));
  same([...agencies], ["Police"], "the table is in step");
  await visit.look("only the police");
  await page.getByLabel("Only entries behind a prompt").check();
  check((await rowsOf(visit)) <= 12, "fewer rows behind a prompt");
  await page.reload();
  await visit.settled();
  check((await rowsOf(visit)) <= 12 && (await page.getByLabel("Agency").inputValue()) === "police", "filters outlive a reload");
  await page.getByLabel("Only entries behind a prompt").uncheck();
  await page.getByLabel("Agency").selectOption({ label: "All" });
  same(await rowsOf(visit), all, "all rows again");
}

// By another way: what the server's own chronology of that day marks as later.
async function shownOn(visit, day) {
  const told = await visit.api(`/v1/children/LN-1/chronology?as_of=${day}`);
  return told.children[0].events.filter((event) => !event.after).length;
}

async function goBack(visit) {
  const { page } = visit;
  await page.getByLabel("Another day").fill("31 January 2023");
  await page.getByRole("button", { name: "Go" }).click();
  await page.getByText("Read as on 31 January 2023").waitFor();
  await visit.settled();
  same(await rowsOf(visit), await shownOn(visit, "2023-01-31"), "rows that were knowable on 31 January 2023");
  await visit.look("as on 31 January 2023");
  const slider = page.getByRole("slider");
  await slider.focus();
  await page.keyboard.press("ArrowLeft");
  const said = await slider.getAttribute("aria-valuetext");
  check(/^\d+ [A-Z][a-z]+ 20\d\d$/.test(said), "the slider says its day in words", said);
  await page.getByText(`Read as on ${said}`).waitFor();
  await slider.focus();
  await page.keyboard.press("End");
  await page.getByText("Read as on").waitFor({ state: "detached" });
  await page.getByLabel("Another day").fill("31 February 2023");
  await page.getByRole("button", { name: "Go" }).click();
  await page.getByText("Write a day such as").waitFor();
}

async function oneIncident(visit) {
  const { page } = visit;
  await page.getByRole("row").filter({ hasText: "school.csv, row 30" }).getByRole("link", { name: "Open" }).click();
  await page.getByRole("heading", { name: "The same incident, told by others" }).waitFor();
  await visit.settled();
  const told = page.getByRole("table", { name: "Other entries of the same incident" }).locator("tbody tr");
  const sources = (await told.allTextContents()).map((text) => /(police\.tsv|health\.csv), row \d+/.exec(text)?.[0]).sort();
  same(sources, ["health.csv, row 15", "police.tsv, row 10"], "the other tellings");
  // police.tsv:10 happened on 17 May and was recorded on the 21st.
  const police = await page.getByRole("table", { name: "Agencies, and when each recorded it" }).getByRole("row").filter({ hasText: "Police" }).textContent();
  check(/21 May 2024/.test(police) && /4 days/.test(police), "when the police recorded it", police);
  await visit.look("one incident");
}

async function add(visit) {
  const { page } = visit;
  await visit.go("#/children/LN-1/chronology");
  await page.getByRole("link", { name: "Add an entry" }).click();
  await page.getByRole("button", { name: "Add entry" }).waitFor();
  await page.getByRole("button", { name: "Add entry" }).click();
  await page.getByRole("link", { name: "Say when it happened" }).waitFor();
  await visit.look("an empty entry");
  await page.getByRole("link", { name: "Say when it happened" }).click();
  check(await page.getByLabel("When it happened").evaluate((field) => field === document.activeElement), "the summary leads to the field");
  await page.getByLabel("When it happened").fill("5 March 2044");
  // Nobody leaves what is typed without being asked.
  const asked = page.waitForEvent("dialog").then((dialog) => dialog.dismiss().then(() => dialog.message()));
  await page.locator(".govuk-back-link").click();
  check((await asked).includes("not kept"), "one is asked before what was typed is left");
  same(await visit.heading(), "Add an entry", "and stays");
  await page.getByLabel("Agency").selectOption({ label: "Housing" });
  await page.getByLabel("What happened").selectOption({ label: "Home conditions or housing" });
  await page.getByLabel("What was seen, heard or told").fill("Boiler broken <b>again</b> & no heating.");
  await page.getByRole("button", { name: "Add entry" }).click();
  await page.getByText("this day lies ahead").first().waitFor();
  await page.getByLabel("When it happened").fill("5 March 2024");
  await page.getByRole("button", { name: "Add entry" }).click();
  await page.getByRole("link", { name: "Correct this entry" }).waitFor();
  await visit.settled();
  const told = await page.locator("main").textContent();
  check(told.includes("5 March 2024"), "the date in words");
  check(told.includes("Boiler broken <b>again</b> & no heating."), "what was typed, as it was typed", told);
}

async function correct(visit) {
  const { page } = visit;
  await page.getByRole("link", { name: "Correct this entry" }).click();
  await page.getByLabel("What was seen, heard or told").fill("Boiler broken again, no heating since the 2nd.");
  await page.getByRole("button", { name: "Keep correction" }).click();
  await page.getByRole("link", { name: "Say why it is corrected" }).waitFor();
  await page.getByLabel("Why it is corrected").fill("The family gave the day when it began.");
  await page.getByRole("button", { name: "Keep correction" }).click();
  await page.getByRole("link", { name: "Correct this entry" }).waitFor();
  await visit.settled();
  const versions = await page.getByRole("table", { name: "2 versions" }).locator("tbody tr").allTextContents();
  check(versions.length === 2 && versions[0].includes("<b>again</b>") && versions[0].includes("Replaced"), "the earlier version stays", versions);
  check(versions[1]?.includes("since the 2nd") && versions[1].includes("Stands") && versions[1].includes("pat"), "who corrected it", versions);
  await visit.look("a corrected entry");
}

async function replay(visit) {
  const { page } = visit;
  await visit.go("#/children/LN-1/chronology");
  await page.locator("summary", { hasText: "When each prompt could first be known" }).click();
  await page.getByRole("button", { name: "Show the days" }).click();
  const table = page.getByRole("table", { name: "When each prompt could first be known" });
  await table.waitFor({ timeout: 60000 });
  check((await table.locator("tbody tr").count()) > 10, "the replay has its days");
}

export async function tell(visit) {
  const { page } = visit;
  await visit.signIn("pat");
  await visit.go("#/children");
  await page.getByRole("link", { name: "LN-1", exact: true }).click();
  await page.getByRole("heading", { name: "About the child" }).waitFor();
  await visit.look("a child");
  await page.locator(".tm-ways").getByRole("link", { name: "Chronology" }).click();
  await page.locator(".tm-picture svg").first().waitFor();
  await visit.settled();
  await visit.look("all of it");
  await narrow(visit);
  await goBack(visit);
  await oneIncident(visit);
  await add(visit);
  await correct(visit);
  await replay(visit);
}
