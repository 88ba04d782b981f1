// For a manager: who works with a child, opening the case to a reviewer for a time, and to whom it is open.

import { address, change, get } from "../api.js";
import { readDay, words } from "../dates.js";
import { to } from "../router.js";
import { may } from "../session.js";
import { backLink, checkbox, done, el, form, h1, h2, input, p, showErrors, submit, textarea } from "../ui.js";
import { t } from "../texts.js";
import { openings } from "./openings.js";

function allocate(one, told) {
  const accounts = one.allocated.filter((by) => by.account).map((by) => by.account);
  const team = one.allocated.find((by) => by.team && !by.account)?.team || "";
  return form({
    fields: [
      input({ name: "accounts", label: t("allocate_accounts"), hint: t("allocate_hint"), value: accounts.join(", ") }),
      input({ name: "team", label: t("team"), value: team, width: "20" }),
      submit(t("allocate_keep")),
    ],
    names: ["accounts", "team"],
    send: async (held) => {
      const body = { accounts: (held.accounts || "").split(/[\s,]+/).filter(Boolean), team: held.team || "" };
      await change("PUT", address("/v1/children/{}/allocation", one.child), { body });
      done(told, t("allocated"));
      told.firstChild.focus();
    },
  });
}

function open(child, told, renew) {
  return form({
    fields: [
      input({ name: "account", label: t("open_account"), width: "20" }),
      input({ name: "until", label: t("open_until"), hint: t("open_until_hint"), width: "10" }),
      textarea({ name: "reason", label: t("open_reason"), rows: 2 }),
      checkbox({ name: "limited", label: t("open_limited") }),
      submit(t("open_keep")),
    ],
    names: ["account", "until", "reason", "limited"],
    send: async (held, made) => {
      const until = readDay(held.until || "");
      if (!until) return showErrors(made, [["until", t("open_until_wrong")]]);
      await change("POST", address("/v1/children/{}/openings", child), {
        body: { account: held.account || "", until, reason: held.reason || "", ...(held.limited && { limited: true }) },
      });
      made.reset();
      await renew();
      done(told, t("opened", { account: held.account, until: words(until) }));
      return told.firstChild.focus();
    },
  });
}

export async function show(place, { params }) {
  const one = await get(address("/v1/children/{}", params.child));
  const told = el("div");
  const opened = may("openings.list") ? await openings(params.child, told) : { section: [], renew: () => {} };
  place.append(
    told,
    backLink(to("/children/{}", [params.child]), t("child_title", { child: params.child })),
    h1(t("allocate_title"), t("child_title", { child: params.child })),
    allocate(one, told),
    ...(may("children.open") ? [h2(t("open_title")), p(t("open_body")), open(params.child, told, opened.renew)] : []),
    ...opened.section,
  );
}
