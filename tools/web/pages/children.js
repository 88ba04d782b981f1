// The children whom one may see; and the way to one who is not among them.

import { list } from "../api.js";
import { words } from "../dates.js";
import { to } from "../router.js";
import { may } from "../session.js";
import { h1, link, p, table, tag } from "../ui.js";
import { n, t } from "../texts.js";
import { askChild } from "./reason.js";

/** Open ones that are current, of every time. */
const current = (one) => one.prompts.new + one.prompts.seen;

function row(one) {
  return [
    link(to("/children/{}", [one.child]), one.child),
    one.household || t("not_recorded"),
    n("entries", one.entries),
    one.last_entry ? words(one.last_entry) : t("not_recorded"),
    current(one)
      ? link(to("/prompts", [], { child: one.child }), tag(n("prompts", current(one)), "yellow"))
      : t("no_current_prompts"),
  ];
}

export async function show(place) {
  const { items, more } = await list("/v1/children");
  place.append(
    h1(t("children_title")),
    may("children.access") && askChild((child) => { location.hash = to("/children/{}", [child]); }),
    items.length
      ? table({
          caption: n("children_of_yours", items.length),
          columns: [t("child"), t("household"), t("entries"), t("last_entry"), t("prompts")],
          rows: items.map(row),
        })
      : p(t("children_none")),
    more ? p(t("list_cut", { count: items.length })) : "",
  );
}
