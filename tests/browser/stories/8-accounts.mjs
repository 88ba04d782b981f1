// An administrator makes an account and gives its link away; a reviewer comes in by it, reads a case that a
// manager opened, and is out when the manager ends that. Then a token, and an account that is closed.

import { check, same } from "../tally.mjs";

export const name = "accounts";

const shownOnce = (page) => page.locator("main input[name=secret]").inputValue();

async function addReviewer(visit, account) {
  const { page } = visit;
  await visit.signIn("ada");
  await visit.go("#/accounts");
  same(await visit.heading(), "Accounts", "an administrator sees the accounts");
  check((await visit.texts("main tbody tr")).some((row) => row.includes("Mia Manager") && row.includes("north")), "who there is");
  await page.getByRole("button", { name: "Add account" }).click();
  await page.locator(".govuk-error-summary").waitFor();
  await visit.look("an account without a name");
  await page.getByLabel("Name to sign in with").fill(account);
  await page.getByLabel("Name of the person").fill("Rex Reviewer");
  await page.getByLabel("Role").selectOption("reviewer");
  same(await page.getByLabel("Agency").inputValue(), "childrens-social-care", "an account is the council's unless it is said");
  await page.getByLabel("Agency").selectOption("police");
  await page.getByRole("button", { name: "Add account" }).click();
  await page.getByRole("heading", { name: `Sign-in link of ${account}` }).waitFor();
  const link = await shownOnce(page);
  check(link.startsWith(`${visit.world.base}/#link=tdml_`), "a link of this server", link);
  check(await page.locator(".govuk-inset-text").evaluate((box) => box === document.activeElement), "what is shown once has the focus");
  check((await visit.texts("main tbody tr")).some((row) => row.includes(account) && row.includes("not chosen yet")), "the account stands in the list");
  same(await page.getByLabel("Agency").inputValue(), "childrens-social-care", "the form is as it was at first");
  await visit.look("an account was added");
  await visit.go("#/account");
  await visit.go("#/accounts");
  check((await page.locator("main input[name=secret]").count()) === 0, "the link is not shown again");
  return link;
}

async function comeIn(visit, link) {
  const other = await visit.world.visit("accounts, the reviewer", visit.width);
  await other.open(link.slice(link.indexOf("#")));
  await other.page.getByRole("button", { name: "Sign in" }).click();
  await other.page.getByRole("button", { name: "Not now" }).click();
  await other.page.getByRole("button", { name: "Sign out" }).waitFor();
  await other.settled();
  return other;
}

async function openCase(manager, account) {
  const { page } = manager;
  await manager.go("#/children/LN-1/allocation");
  await page.getByLabel("Account of the reviewer").fill(account);
  await page.getByLabel("Until", { exact: true }).fill(new Date(Date.now() + 5 * 86400000).toISOString().slice(0, 10));
  await page.getByLabel("What the review is for").fill("A learning review was asked for by the partnership.");
  await page.getByRole("button", { name: "Open the case" }).click();
  await page.getByRole("alert").filter({ hasText: `open to ${account}` }).waitFor();
  check((await manager.texts("main tbody tr")).some((row) => row.includes(account) && row.includes("learning review")), "the opening stands in the list");
  await manager.look("a case is open");
}

async function endOpening(manager, account) {
  const { page } = manager;
  await page.getByRole("button", { name: new RegExp(`End now.*${account}`) }).click();
  await page.getByRole("button", { name: "End it" }).click();
  await page.locator(".govuk-error-summary").waitFor();
  await manager.look("an end without a reason");
  await page.getByLabel("Why it ends before its time").fill("The review has ended early.");
  await page.getByRole("button", { name: "End it" }).click();
  await page.getByRole("alert").filter({ hasText: `no longer open to ${account}` }).waitFor();
  check((await manager.texts("main tbody tr")).some((row) => row.includes(account) && row.includes("over")), "it is over");
  await manager.look("a case is closed");
}

async function review(visit, link, account) {
  const rex = await comeIn(visit, link);
  const mia = await visit.world.visit("accounts, the manager", visit.width);
  await mia.signIn("mia");
  await openCase(mia, account);
  await rex.go("#/children/LN-1");
  same(await rex.heading(), "Child LN-1", "the reviewer reads the case");
  await endOpening(mia, account);
  await rex.go("#/children");
  await rex.go("#/children/LN-1");
  check((await rex.heading()) !== "Child LN-1", "and then no more", await rex.heading());
  await mia.go("#/children/LN-1/trail");
  const rows = await mia.texts("main tbody tr");
  check(rows.some((row) => row.includes("mia, manager") && row.includes("Ended an opening") && row.includes("ended early")), "who ended it, and why", rows.slice(0, 3));
  check(rows.some((row) => row.includes(`${account}, reviewer`) && row.includes("Looked at a child")), "and who looked", rows.slice(0, 5));
  await mia.look("who looked at a record");
  await mia.page.getByLabel("Account").fill(account);
  await mia.page.getByRole("button", { name: "Show", exact: true }).click();
  await mia.page.waitForFunction((wanted) => [...document.querySelectorAll("main tbody tr")].every((row) => row.textContent.includes(wanted)), account);
  await rex.close();
  await mia.close();
}

async function token(visit) {
  const { page } = visit;
  await visit.go("#/accounts/mia");
  await page.getByRole("heading", { name: "Tokens of programs" }).waitFor();
  const label = `nightly ${visit.width}`;
  await page.getByLabel("What it is for").fill(label);
  await page.getByRole("button", { name: "Make a token" }).click();
  await page.locator(".govuk-error-summary").waitFor();
  await page.getByLabel("read counts and prompts by pseudonym").check();
  await page.getByRole("button", { name: "Make a token" }).click();
  await page.getByRole("heading", { name: "Token, shown this once" }).waitFor();
  const secret = await shownOnce(page);
  const ask = () => fetch(`${visit.world.base}/v1/caseload`, { headers: { Authorization: `Bearer ${secret}` } }).then((answer) => answer.status);
  same(await ask(), 200, "the token works");
  await visit.look("a token was made");
  await page.getByRole("button", { name: new RegExp(`Take back.*${label}`) }).click();
  await page.getByRole("alert").filter({ hasText: "taken back" }).waitFor();
  same(await ask(), 401, "and then no more");
  await visit.look("a token was taken back");
}

async function close(visit, account) {
  const { page } = visit;
  await visit.go("#/accounts");
  await page.getByRole("link", { name: account, exact: true }).click();
  await page.getByRole("heading", { name: "Change the account" }).waitFor();
  await visit.settled();
  await page.getByRole("button", { name: "Make a link" }).click();
  await page.getByRole("heading", { name: `Sign-in link of ${account}` }).waitFor();
  await page.getByLabel("closed: has left").check();
  await page.getByRole("button", { name: "Keep changes" }).click();
  await page.getByRole("alert").filter({ hasText: "The account was changed" }).waitFor();
  check((await page.getByRole("button", { name: "Make a link" }).count()) === 0, "who has left gets no link");
  await visit.look("an account is closed");
  await visit.go("#/accounts/ada");
  await page.getByText("This is your own account").waitFor();
}

export async function tell(visit) {
  const account = `rex${visit.width}`;
  const link = await addReviewer(visit, account);
  await review(visit, link, account);
  await token(visit);
  await close(visit, account);
}
