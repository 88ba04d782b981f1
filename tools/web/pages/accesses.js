// For a manager: who opened a case of the team's that was not theirs, when, and why.

import { list } from "../api.js";
import { moment } from "../dates.js";
import { to } from "../router.js";
import { h1, link, p, table } from "../ui.js";
import { n, t } from "../texts.js";

export async function show(place) {
  const { items, more } = await list("/v1/accesses");
  place.append(
    h1(t("accesses_title")),
    p(t("accesses_body")),
    items.length
      ? table({
          caption: n("accesses", items.length),
          columns: [t("child"), t("who"), t("from"), t("until"), t("reason")],
          rows: items.map((one) => [link(to("/children/{}", [one.child]), one.child), one.account, moment(one.from), moment(one.until), one.reason]),
        })
      : p(t("accesses_none")),
    more ? p(t("list_cut", { count: items.length })) : "",
  );
}
