// Begins the page: who is there, the frame around every page, and the router.

import { ServiceNavigation, createAll } from "./vendor/govuk-frontend.js";
import { go, lines, to } from "./router.js";
import { current, resume, showSignIn, signOut, useLink, watch } from "./session.js";
import { button, el, h1, link, p, isUnsaved, wordsOf } from "./ui.js";
import { t } from "./texts.js";

const main = document.getElementById("main");

function showFrame() {
  const { account } = current();
  document.getElementById("who").replaceChildren(
    el("span", { class: "tm-header__account" }, `${account.title || account.name}, ${t(`role_${account.role}`)}`),
    link(to("/account"), t("nav_account")),
    button(t("sign_out"), signOut, "secondary"),
  );
  document.getElementById("navigation").replaceChildren(
    el("div", { class: "govuk-service-navigation", "data-module": "govuk-service-navigation" },
      el("div", { class: "govuk-width-container" },
        el("div", { class: "govuk-service-navigation__container" },
          el("nav", { class: "govuk-service-navigation__wrapper", "aria-label": t("nav_label") },
            el("button", { type: "button", class: "govuk-service-navigation__toggle govuk-js-service-navigation-toggle",
              "aria-controls": "navigation-list", hidden: true }, t("nav_menu")),
            el("ul", { class: "govuk-service-navigation__list", id: "navigation-list" },
              lines().map((route) =>
                el("li", { class: "govuk-service-navigation__item" },
                  el("a", { class: "govuk-service-navigation__link", href: to(route.path), "data-path": route.path },
                    t(route.nav)))))))),
    ));
  createAll(ServiceNavigation, undefined, document.getElementById("navigation"));
}

function markPlace(route) {
  for (const line of document.querySelectorAll("#navigation a")) {
    const here = line.dataset.path === route.path;
    const within = here || line.dataset.path === route.under;
    if (within) line.setAttribute("aria-current", here ? "page" : "true");
    else line.removeAttribute("aria-current");
    line.parentElement.classList.toggle("govuk-service-navigation__item--active", within);
  }
}

function begin() {
  showFrame();
  addEventListener("beforeunload", (event) => isUnsaved() && event.preventDefault());
  addEventListener("hashchange", (event) => {
    if (!location.hash.startsWith("#/")) return;
    // Back to where it was typed; the address says so too.
    if (isUnsaved() && !confirm(t("unsaved"))) history.replaceState(null, "", event.oldURL);
    else go(main, markPlace);
  });
  return go(main, markPlace);
}

async function start() {
  document.body.classList.add("js-enabled", "govuk-frontend-supported");
  const skip = document.getElementById("skip");
  skip.textContent = t("skip");
  // An address behind # is a page here.
  skip.addEventListener("click", (event) => {
    event.preventDefault();
    (main.querySelector("h1") || main).focus();
  });
  document.getElementById("footer").textContent = t("stance");
  watch();
  // A link that is opened in a tab where the page is already.
  addEventListener("hashchange", () => location.hash.startsWith("#link=") && location.reload());
  if (await useLink(main, begin)) return;
  if (await resume()) await begin();
  else showSignIn(main, begin);
}

// Off the network there may be a draft on this device to go on with.
async function startAway(error) {
  if (error.code === "offline" && (await (await import("./pages/device.js")).showAway(main))) return;
  throw error;
}

start().catch(startAway).catch((error) => main.replaceChildren(h1(t("failed_title")), p(wordsOf(error))));
