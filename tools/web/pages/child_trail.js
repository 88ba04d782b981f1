// For the manager who has the case: who saw or changed a child's record, when and why.

import { address } from "../api.js";
import { to } from "../router.js";
import { backLink, h1, p } from "../ui.js";
import { t } from "../texts.js";
import { entries, filters } from "./trail.js";

export async function show(place, { params, query }) {
  const at = { path: "/children/{}/trail", values: [params.child], query };
  const shown = await entries({ from: address("/v1/children/{}/audit", params.child), ...at });
  place.append(
    backLink(to("/children/{}", [params.child]), t("child_title", { child: params.child })),
    h1(t("trail_title"), t("child_title", { child: params.child })),
    p(t("trail_body")),
    filters(at),
    shown,
  );
}
