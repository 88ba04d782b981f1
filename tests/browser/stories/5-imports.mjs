// A return from dropping it to what was kept: the columns guessed and why, another meaning for one, ten rows,
// what was set aside and why. The file's name stays where it is.

import { readFileSync } from "node:fs";
import { check, same } from "../tally.mjs";

export const name = "imports";
export const widths = [1280, 400, 320];

const FILE_NAME = "Janet Underhill police return.tsv";
const RETURN = readFileSync("fixtures/long-neglect/police.tsv", "utf8");
const ROWS = 13;

async function drop(page, text) {
  const data = await page.evaluateHandle(([name_, content]) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([content], name_, { type: "text/plain" }));
    return transfer;
  }, [FILE_NAME, text]);
  await page.dispatchEvent(".tm-drop", "drop", { dataTransfer: data });
}

async function send(visit) {
  const { page } = visit;
  await visit.go("#/imports");
  await page.getByRole("button", { name: "Send and look at it" }).click();
  await page.getByRole("link", { name: "Choose a return" }).waitFor();
  await visit.look("nothing chosen");
  await drop(page, RETURN);
  await page.getByText("Chosen: 1,544 bytes.").waitFor();
  await page.getByLabel("Agency").selectOption({ label: "Police" });
  await page.getByRole("button", { name: "Send and look at it" }).click();
  await page.getByRole("heading", { name: "What each column was taken for" }).waitFor();
}

async function lookAtIt(visit) {
  const { page } = visit;
  const cells = (row) => page.locator("tr", { hasText: row }).first().locator("td, th").allTextContents();
  const account = await cells("whole return");
  same(account.slice(-3), [String(ROWS), "12", "1"], `${visit.name}: every row is accounted for`);
  check((await page.locator("main").textContent()).includes("the row names no child; it is set aside"), `${visit.name}: what was set aside says why`);
  same(await page.locator(".tm-wide tbody tr").count(), 10, `${visit.name}: ten rows are shown`);
  same(await page.getByLabel("Incident date is taken for").inputValue(), "occurred", `${visit.name}: a column's meaning is guessed`);
  check(/sure: by its heading/.test(await page.locator("tr", { has: page.getByLabel("Incident date is taken for") }).textContent()), `${visit.name}: the guess says why`);
  await visit.look("looked at");
}

async function otherMeaning(visit) {
  const { page } = visit;
  await page.getByLabel("Summary is taken for").selectOption("analysis");
  await page.getByLabel("Shared is taken for").selectOption("facts.");
  await page.getByLabel("Code of the fact").last().fill("outcome");
  await page.getByRole("button", { name: "Read again with these columns" }).click();
  await page.getByRole("alert").filter({ hasText: "The return was read again" }).waitFor();
  const { map } = await visit.api(`/v1/imports/${/\d+$/.exec(page.url())[0]}`);
  same([map.columns.Summary.to, map.columns.Shared.to, map.columns.Type.values.Domestic, map.ignore], ["analysis", "facts.outcome", "domestic-abuse-incident", []],
    `${visit.name}: the map is what was chosen, and the rest of it stays`);
  await page.getByLabel("Shared is taken for").selectOption("");
  await page.getByRole("button", { name: "Read again with these columns" }).click();
  await page.waitForFunction(() => document.querySelector("main pre").textContent.includes('"Shared"\n'));
}

async function keep(visit) {
  const { page } = visit;
  await page.getByRole("button", { name: "Confirm and keep" }).click();
  await page.getByRole("alert").filter({ hasText: "The return was kept" }).waitFor();
  await page.getByText("What was kept").waitFor();
  same(await page.getByRole("button", { name: "Confirm and keep" }).count(), 0, `${visit.name}: it is kept once`);
  await visit.look("kept");
}

export async function tell(visit) {
  const { page } = visit;
  const told = [];
  page.on("request", (request) => told.push(request.url(), JSON.stringify(request.headers()), request.postData() || ""));
  await visit.signIn("mia");
  await send(visit);
  await lookAtIt(visit);
  await otherMeaning(visit);
  await keep(visit);
  check(!told.some((text) => /Underhill/i.test(decodeURIComponent(text.replaceAll("%", "%25")))), `${visit.name}: the file's name was never sent`);
  await visit.go("#/imports");
  await visit.look("list");
  // One that nobody can read is refused in words, and thrown away with one key.
  await drop(page, "a,b\n1,2\n");
  await page.getByRole("button", { name: "Send and look at it" }).click();
  await page.locator(".govuk-error-summary").waitFor();
  await visit.look("refused");
}
