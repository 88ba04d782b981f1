// Who is signed in: with a password, with a link that works once, out again; and the lock. After the idle
// minutes that the server names (15) the page is covered and the session ended, with a warning two minutes before; what was typed
// stays under the cover and goes on when the same person signs in again.

import * as device from "./assessment/device.js";
import { change, get, Problem, setToken, whenLost } from "./api.js";
import { button, done, el, form, h1, inset, input, p, showErrors, submit } from "./ui.js";
import { t } from "./texts.js";

const MINUTE_MS = 60000;
const WARNED_MS = 2 * MINUTE_MS;
const LOOK_MS = 5000;

let session = null;
let lastUse = Date.now();
let locked = false;
let warning = null;
const siblings = "BroadcastChannel" in window ? new BroadcastChannel("tidemark") : null;

export const current = () => session;
export const may = (operation) => Boolean(session?.may.includes(operation));
export const today = () => session.today;

function take(value) {
  session = value;
  setToken(value?.csrf);
  lastUse = Date.now();
}

/** The session that the browser still has, or null. */
export async function resume() {
  try {
    take(await get("/v1/session"));
  } catch (error) {
    if (error.status !== 401) throw error;
    take(null);
  }
  return session;
}

async function open(body) {
  const { value } = await change("POST", "/v1/sessions", { body });
  take(value.may ? value : { ...(await get("/v1/session")), ...value });
}

export async function signOut() {
  try {
    await change("DELETE", "/v1/session");
  } catch (error) {
    if (error.status !== 401) throw error;
  }
  siblings?.postMessage("out");
  leave();
}

// From the start again: nothing of one person's pages is left for the next.
function leave() {
  take(null);
  location.replace(location.pathname);
}

// --- signing in ---

function passwordField(name, label, autocomplete) {
  return input({ name, label, type: "password", attributes: { autocomplete, required: true, spellcheck: "false" } });
}

// The words are the same whether the account is there or not.
function refused(error) {
  if (error.status === 401) return new Problem(401, { detail: t("sign_in_wrong") });
  return error;
}

/** Shows the form in `place`; `then` is called when somebody is signed in. */
export function showSignIn(place, then) {
  document.title = `${t("sign_in")} - ${t("product")}`;
  place.replaceChildren(
    el("div", { class: "tm-narrow" },
      h1(t("sign_in")),
      form({
        fields: [
          input({ name: "account", label: t("account"), attributes: { autocomplete: "username", autocapitalize: "none", spellcheck: "false" } }),
          passwordField("password", t("password"), "current-password"),
          submit(t("sign_in")),
        ],
        send: async (held, made) => {
          const missing = ["account", "password"].filter((name) => !held[name]).map((name) => [name, t(`${name}_missing`)]);
          if (missing.length) return showErrors(made, missing);
          try {
            await open({ account: held.account, password: made.elements.password.value });
          } catch (error) {
            throw refused(error);
          }
          return then();
        },
      }),
      p(t("sign_in_help"))),
  );
}

/** `#link=TOKEN`: the token is out of the address, and out of the history, before it is used. */
export async function useLink(place, then) {
  const token = new URLSearchParams(location.hash.slice(1)).get("link");
  if (!token) return false;
  history.replaceState(null, "", location.pathname);
  place.replaceChildren(h1(t("link_title")), form({
    fields: [p(t("link_body")), submit(t("link_use"))],
    send: async () => {
      try {
        await open({ link: token });
      } catch (error) {
        throw error.status === 401 ? new Problem(401, { detail: t("link_wrong") }) : error;
      }
      showPassword(place, then, true);
    },
  }));
  place.querySelector("h1").focus();
  return true;
}

function checkNew(held) {
  if (!held.new) return [["new", t("password_missing")]];
  return held.new === held.again ? [] : [["again", t("password_differs")]];
}

/** A new password; `first`: the account came by a link and may have none yet. */
export function showPassword(place, then, first = false) {
  document.title = `${t("new_password")} - ${t("product")}`;
  const told = el("div");
  place.replaceChildren(
    el("div", { class: "tm-narrow" },
      told,
      h1(first ? t("first_password") : t("new_password")),
      inset(t("password_rule")),
      form({
        fields: [
          el("input", { type: "text", name: "account", value: session.account.name, autocomplete: "username", hidden: true }),
          !first && passwordField("old", t("old_password"), "current-password"),
          passwordField("new", t("new_password"), "new-password"),
          passwordField("again", t("new_password_again"), "new-password"),
          submit(t("keep_password")),
          first && button(t("password_later"), then, "secondary"),
        ],
        names: ["old", "new"],
        send: async (_, made) => {
          const held = Object.fromEntries(["old", "new", "again"].map((name) => [name, made.elements[name]?.value || ""]));
          const errors = checkNew(held);
          if (errors.length) return showErrors(made, errors);
          await change("POST", "/v1/session/password", { body: { old: held.old, new: held.new } });
          if (first) return then();
          made.reset();
          return done(told, t("password_kept"));
        },
      })),
  );
  place.querySelector("h1").focus();
}

// --- the lock ---

function cover(content) {
  const place = document.getElementById("cover");
  place.replaceChildren(el("div", { class: "govuk-width-container" }, el("main", { class: "govuk-main-wrapper" }, content)));
  place.hidden = false;
  document.getElementById("page").hidden = true;
  document.getElementById("skip").hidden = true;
}

function uncover() {
  document.getElementById("cover").replaceChildren();
  document.getElementById("cover").hidden = true;
  document.getElementById("page").hidden = false;
  document.getElementById("skip").hidden = false;
}

let titleBefore = "";

// Off the network no password can be looked at; the draft on this device has a PIN of its own.
function goOnWithPin() {
  location.hash = "#/device";
  location.reload();
}

function lock() {
  if (locked || !session) return;
  const account = session.account;
  locked = true;
  titleBefore = document.title;
  document.title = `${t("locked_title")} - ${t("product")}`;
  closeWarning();
  // A page that is loaded anew must not be open again; that it cannot be said now changes nothing here.
  change("DELETE", "/v1/session").catch(() => {});
  cover([
    el("div", { class: "tm-narrow" },
      h1(t("locked_title")),
      p(t("locked_body", { name: account.title || account.name, minutes: session.idle_minutes })),
      form({
        fields: [passwordField("password", t("password"), "current-password"), submit(t("unlock"))],
        send: async (_, made) => {
          try {
            await open({ account: account.name, password: made.elements.password.value });
          } catch (error) {
            throw refused(error);
          }
          locked = false;
          document.title = titleBefore;
          uncover();
          document.querySelector("#main h1")?.focus();
        },
      }),
      device.isOpen() ? button(t("as_lock_pin"), goOnWithPin, "secondary") : "",
      p(t("other_person_body")),
      button(t("other_person"), leave, "secondary")),
  ]);
  document.querySelector("#cover h1").focus();
}

function closeWarning() {
  warning?.close();
  warning?.remove();
  warning = null;
}

function warn() {
  if (warning) return;
  warning = el("dialog", { class: "tm-dialog", "aria-labelledby": "idle-title" },
    el("h2", { class: "govuk-heading-m", id: "idle-title" }, t("idle_title")),
    p(t("idle_body")),
    button(t("idle_stay"), stay),
    button(t("sign_out"), signOut, "secondary"));
  warning.addEventListener("cancel", stay);
  document.body.append(warning);
  warning.showModal();
}

// Asking keeps the server's clock in step with this one.
function stay() {
  used();
  closeWarning();
  get("/v1/session").catch(() => {});
}

function used() {
  if (locked || !session) return;
  if (Date.now() - lastUse > 1000) siblings?.postMessage("used");
  lastUse = Date.now();
}

function look() {
  if (!session || locked) return;
  const idle = Date.now() - lastUse;
  const lockMs = session.idle_minutes * MINUTE_MS;
  if (idle >= lockMs) lock();
  else if (idle >= lockMs - WARNED_MS) warn();
  else closeWarning();
}

/** Watches for use, here and in the other tabs of this page. */
export function watch() {
  for (const kind of ["pointerdown", "keydown", "wheel", "touchstart"])
    addEventListener(kind, () => !warning && used(), { passive: true, capture: true });
  addEventListener("visibilitychange", look);
  setInterval(look, LOOK_MS);
  whenLost(lock);
  siblings?.addEventListener("message", ({ data }) => {
    if (data === "out" && session) leave();
    if (data === "used") lastUse = Date.now();
  });
}
