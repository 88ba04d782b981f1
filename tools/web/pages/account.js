// One's own account: who one is here, and a new password.

import { current, showPassword } from "../session.js";
import { el, p, summary } from "../ui.js";
import { t } from "../texts.js";

export async function show(place) {
  const { account } = current();
  const form = el("div");
  showPassword(form, () => {});
  place.append(form, account.role === "administrator" ? p(t("account_admin")) : "", summary([
    [t("account"), account.name],
    [t("name"), account.title],
    [t("role"), t(`role_${account.role}`)],
    [t("team"), account.team],
  ]));
}
