// What a story happens in: a store made from the fixture, with accounts; the server; a browser. Nothing of
// it lies in the source tree.

import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { check } from "./tally.mjs";

const need = createRequire(`${process.env.TIDEMARK_PACKAGES}/`);
const { chromium } = need("playwright-core");
const axe = readFileSync(need.resolve("axe-core/axe.min.js"), "utf8");

// The machine has no other network: what Chromium would ask for by itself is off.
const FLAGS = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync",
];
const FIXTURE = "fixtures/long-neglect";
export const PASSWORDS = {
  mia: "seven quiet lanterns", pat: "brass gate in winter", ann: "counting slow harbours", ada: "keys without a door",
};
const PEOPLE = [
  ["mia", "manager", "north", "Mia Manager"],
  ["pat", "practitioner", "south", "Pat Practitioner"],
  ["ann", "analyst", "", "Ann Analyst"],
  ["ada", "administrator", "", "Ada Administrator"],
];

export class World {
  constructor(binary) {
    this.binary = binary;
    this.folder = mkdtempSync(join(tmpdir(), "tidemark-browser-"));
    this.store = join(this.folder, "cases.db");
    this.pictures = process.env.TIDEMARK_PICTURES || join(this.folder, "pictures");
    mkdirSync(this.pictures, { recursive: true });
    this.links = {};
  }

  command(...words) {
    return execFileSync(this.binary, words, { encoding: "utf8", env: { ...process.env, TIDEMARK_DATA: process.cwd() } });
  }

  /** Both children are team north's. */
  makeStore() {
    this.command("import", FIXTURE, "--into", this.store);
    for (const [name, role, team, title] of PEOPLE) {
      const words = ["user", "add", name, this.store, "--role", role, "--title", title, "--format", "json"];
      const told = this.command(...words, ...(team ? ["--team", team] : []));
      this.links[name] = /tdm[a-z]_[A-Za-z0-9_-]+/.exec(told)?.[0];
    }
    this.command("store", "allocate", this.store, "--team", "north");
  }

  async start() {
    this.server = spawn(this.binary, ["serve", this.store, "--listen", "127.0.0.1:0", "--log", join(this.folder, "log")],
      { env: { ...process.env, TIDEMARK_DATA: process.cwd() }, stdio: ["ignore", "pipe", "inherit"] });
    this.base = await new Promise((resolve, reject) => {
      this.server.stdout.on("data", (bytes) => resolve(/http:\S+/.exec(String(bytes))?.[0]));
      this.server.on("exit", (code) => reject(new Error(`the server ended with ${code}`)));
    });
    this.browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: FLAGS });
  }

  async stop() {
    await this.browser?.close();
    this.server?.removeAllListeners("exit");
    const ended = new Promise((resolve) => this.server?.on("exit", resolve));
    this.server?.kill("SIGTERM");
    if (this.server) check((await ended) === 0, "the server ends in order");
    if (process.env.TIDEMARK_PICTURES) rmSync(this.folder, { recursive: true, force: true });
    else console.log(`pictures: ${this.pictures}`);
  }

  /** A browser of its own for one story, at one width. */
  async visit(name, width) {
    const context = await this.browser.newContext({ viewport: { width, height: 800 }, locale: "en-GB", acceptDownloads: true });
    const page = await context.newPage();
    return new Visit(this, page, name, width);
  }
}

/** One person at one browser: helpers that every story uses. */
export class Visit {
  constructor(world, page, name, width) {
    Object.assign(this, { world, page, name: `${name} at ${width}`, width });
    page.setDefaultTimeout(15000);
    page.on("pageerror", (error) => check(false, `${this.name}: no error in the page`, error.stack));
    page.on("console", (line) => {
      // A refusal that the page shows is logged by the browser too.
      const expected = /Failed to load resource/.test(line.text());
      if (line.type() === "error" && !expected) check(false, `${this.name}: nothing on the console`, line.text());
    });
    page.on("request", (request) => {
      const own = request.url().startsWith(world.base) || /^(blob|data):/.test(request.url());
      if (!own) check(false, `${this.name}: no request to elsewhere`, request.url());
    });
  }

  async open(hash = "") {
    await this.page.goto(`${this.world.base}/${hash}`);
    await this.settled();
  }

  async settled() {
    await this.page.locator("h1:visible").first().waitFor();
    await this.page.waitForFunction(() => !document.querySelector("[aria-busy=true]"));
  }

  async signIn(person) {
    await this.open();
    await this.page.getByLabel("Account").fill(person);
    await this.page.getByLabel("Password").fill(PASSWORDS[person]);
    await this.page.getByRole("button", { name: "Sign in" }).click();
    await this.page.getByRole("button", { name: "Sign out" }).waitFor();
    await this.settled();
  }

  async go(hash) {
    const before = await this.page.evaluate(() => document.querySelector("#main > div"));
    await this.page.evaluate((to) => { location.hash = to; }, hash);
    void before;
    await this.page.waitForTimeout(50);
    await this.settled();
  }

  heading() {
    return this.page.locator("h1:visible").first().evaluate((h1) => h1.lastChild.textContent);
  }

  texts(selector) {
    return this.page.locator(selector).allTextContents();
  }

  /** A picture to look at; axe; nothing wider than the screen; headings in order. */
  async look(step) {
    const name = `${this.name}, ${step}`;
    await this.page.screenshot({ path: join(this.world.pictures, `${this.name} ${step}.png`.replaceAll(/[^a-z0-9.]+/gi, "-")), fullPage: true });
    await this.page.evaluate(axe);
    const found = await this.page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
    check(found.violations.length === 0, `${name}: axe has no violation`,
      found.violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html.slice(0, 200)).join("\n")}`).join("\n"));
    const wide = await this.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    check(wide <= 0, `${name}: no wider than the screen`, wide);
    const levels = await this.page.evaluate(() => [...document.querySelectorAll("h1, h2, h3, h4")].filter((h) => h.offsetParent).map((h) => Number(h.tagName[1])));
    check(levels[0] === 1 && levels.filter((level) => level === 1).length === 1 && levels.every((level, at) => at === 0 || level <= levels[at - 1] + 1),
      `${name}: headings in order`, levels);
  }

  api(path) {
    return this.page.evaluate(async (at) => (await fetch(at)).json(), path);
  }

  close() {
    return this.page.context().close();
  }
}
