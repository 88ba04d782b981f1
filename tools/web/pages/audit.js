// For an administrator: the audit trail, whether it is whole, and what it cannot show.

import { get } from "../api.js";
import { to } from "../router.js";
import { button, el, h1, h2, input, inset, link, list, p, select } from "../ui.js";
import { t } from "../texts.js";
import { code } from "../words.js";
import { entries, filters } from "./trail.js";

const KINDS = ["child", "children", "prompt", "prompts", "session", "account", "accounts", "accesses", "import", "caseload", "reviews",
  "audit", "store"];
const LIMITS = ["audit_limits_keys", "audit_limits_copies", "audit_limits_tools", "audit_limits_end", "audit_limits_person"];

// An account or a child's code leads to everything about it.
function about(entry) {
  if (!entry.object) return code("object", entry.object_kind);
  return [code("object", entry.object_kind), " ", link(to("/audit", [], { object: entry.object }), entry.object)];
}

async function verify(place) {
  const told = await get("/v1/audit/verification");
  const box = inset(
    p(told.sound ? t("audit_sound", { count: told.entries }) : t("audit_broken")),
    told.findings.length ? list(told.findings.map((finding) => finding.sentence)) : "",
    p(told.compared_up_to ? t("audit_compared", { count: told.compared_up_to }) : t("audit_not_compared")));
  box.tabIndex = -1;
  place.replaceChildren(box);
  box.focus();
}

export async function show(place, { query }) {
  const verdict = el("div");
  const shown = await entries({ from: "/v1/audit", path: "/audit", values: [], query, about });
  place.append(
    h1(t("audit_title")),
    p(t("audit_body")),
    h2(t("audit_verify_title")),
    button(t("audit_verify"), () => verify(verdict), "secondary"),
    verdict,
    h2(t("audit_entries")),
    filters({
      path: "/audit", values: [], query, names: ["object", "kind"],
      fields: [
        input({ name: "object", label: t("audit_object"), value: query.object, width: "20", attributes: { autocapitalize: "none" } }),
        select({ name: "kind", label: t("audit_kind"), value: query.kind, choices: [["", t("all")], ...KINDS.map((kind) => [kind, code("object", kind)])] }),
      ],
    }),
    query.object ? p(t("audit_only", { object: query.object })) : "",
    shown,
    h2(t("audit_limits_title")),
    list(LIMITS.map((key) => t(key))),
  );
}
