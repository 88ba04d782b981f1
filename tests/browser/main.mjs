// Runs the stories at the width of a desk and of a telephone, from signing in to the result.

import { readdirSync } from "node:fs";
import { checkTexts } from "./texts.mjs";
import { check, close } from "./tally.mjs";
import { World } from "./world.mjs";

const WIDTHS = [1280, 400];
const [binary, ...wanted] = process.argv.slice(2);

async function tell(world, story, width) {
  const visit = await world.visit(story.name, width);
  try {
    await story.tell(visit);
  } catch (error) {
    check(false, `${visit.name} goes to its end`, error.stack);
    await visit.page.screenshot({ path: `${world.pictures}/${visit.name} FAILED.png`.replaceAll(" ", "-"), fullPage: true }).catch(() => {});
  }
  await visit.close();
}

const names = readdirSync(new URL("stories/", import.meta.url)).filter((name) => name.endsWith(".mjs")).sort();
const world = new World(binary);
try {
  checkTexts();
  world.makeStore();
  await world.start();
  for (const name of names) {
    const story = await import(`./stories/${name}`);
    // The first story gives everybody their password.
    if (wanted.length && !wanted.includes(story.name) && !name.startsWith("0")) continue;
    for (const width of story.widths || WIDTHS) await tell(world, story, width);
  }
} catch (error) {
  check(false, "the world is there", error.stack);
} finally {
  await world.stop();
}
process.exitCode = close();
