// The time line as the server draws it, put into the page: which entry a mark stands for is read from the
// mark's title, so that filters fade what they leave out and a click leads to the row. A picture of the
// same rows as the table beneath; everything in it can be read there.

import { words } from "../dates.js";
import { el } from "../ui.js";
import { t } from "../texts.js";
import { agency, kind, kinds } from "../words.js";

// "2 entries: A; B" holds two marks in one place.
function titlesOf(mark) {
  const text = mark.querySelector(":scope > title").textContent.replace(/^\d+ entries: /, "");
  return text.split("; ");
}

// What the title of an entry's mark begins with.
function beginningOf(event) {
  const start = `${words(event.occurred)}, ${agency(event.agency)}, `;
  return kinds().length ? start + kind(event.kind) : start;
}

function parse(text) {
  // Its own style is for a file that stands alone; the page's policy takes no style from within.
  const bare = text.replace(/<style>[^<]*<\/style>/, "");
  const root = new DOMParser().parseFromString(bare, "image/svg+xml").documentElement;
  return root.localName === "svg" ? document.importNode(root, true) : null;
}

// The entry of each mark; marks of episodes, assessments and prompts have none.
function marksOf(drawing, events) {
  const beginnings = events.map((event) => [beginningOf(event), event.id]);
  return [...drawing.querySelectorAll("g")].filter((mark) => mark.querySelector(":scope > title")).map((mark) => {
    const titles = titlesOf(mark);
    const ids = beginnings.filter(([beginning]) => titles.some((title) => title.startsWith(beginning))).map(([, id]) => id);
    return { mark, ids };
  }).filter(({ ids }) => ids.length);
}

/** {element, keep(set of ids)}; `open(id)` is called when a mark is chosen. Null: no picture. */
export function picture(text, events, open) {
  const drawing = parse(text);
  if (!drawing) return null;
  const marks = marksOf(drawing, events);
  let kept = new Set(events.map((event) => event.id));
  for (const { mark, ids } of marks) {
    mark.classList.add("tm-mark");
    mark.addEventListener("click", () => ids.some((id) => kept.has(id)) && open(ids.find((id) => kept.has(id))));
  }
  return {
    element: el("div", { class: "tm-picture", tabindex: "0", role: "region", "aria-label": t("picture_label") }, drawing),
    keep: (ids) => {
      kept = ids;
      for (const one of marks) one.mark.classList.toggle("tm-mark--out", !one.ids.some((id) => ids.has(id)));
    },
  };
}
