// What is shown once: a sign-in link, a token. It is on this page alone, and gone with it.

import { button, el, h2, input, p, say } from "../ui.js";
import { t } from "../texts.js";

/** In place of what `place` held; the words have the focus. */
export function showOnce(place, title, words, secret) {
  const field = input({ name: "secret", label: t("secret_value"), value: secret, attributes: { readonly: true, autocomplete: "off", spellcheck: "false" } });
  const held = field.querySelector("input");
  const copy = async () => {
    held.select();
    await navigator.clipboard.writeText(secret).catch(() => document.execCommand("copy"));
    say(t("secret_copied"));
  };
  const box = el("div", { class: "govuk-inset-text", tabindex: "-1" }, h2(title), p(words), field, button(t("secret_copy"), copy, "secondary"));
  place.replaceChildren(box);
  box.focus();
}

export const linkOf = (token) => `${location.origin}/#link=${token}`;
