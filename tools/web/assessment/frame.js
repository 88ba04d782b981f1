// The page around the steps of one assessment: where one is, whether it is saved, what it comes to so far,
// and the way on. Each step is filled by its own module.

import { to } from "../router.js";
import { backLink, button, details, el, h1, hidden, inset, p, say } from "../ui.js";
import { t } from "../texts.js";
import { showConflict } from "./conflict.js";
import * as device from "./device.js";
import { aboutStep, checkStep, problemSummary, problemsOf, targetStep } from "./ends.js";
import { itemGroup } from "./grades.js";
import { answered, stepsOf } from "./instrument.js";
import { deviceBox } from "./keep.js";
import { stepScore } from "./score.js";

const two = (number) => String(number).padStart(2, "0");
const clock = (at) => `${two(at.getHours())}:${two(at.getMinutes())}`;

export class Frame {
  /** `way`: {back, address(step), behind(), onDone, onDropped(), needsSignIn()}; what differs with and without a session. */
  constructor(place, work, way) {
    this.place = place;
    this.work = work;
    this.way = way;
    this.status = el("p", { class: "tm-saved", role: "status" });
    this.banner = el("div");
    this.soFar = el("aside", { class: "tm-so-far", "aria-labelledby": "so-far" });
    this.told = el("div");
    this.body = el("div", { class: "tm-step" });
    this.onState = () => this.showState();
    this.onSaved = () => this.showScore();
    this.onDevice = () => this.told.replaceChildren(el("div", { role: "alert" }, inset(t("as_device_failed"))));
    work.addEventListener("state", this.onState);
    work.addEventListener("saved", this.onSaved);
    work.addEventListener("device", this.onDevice);
  }

  leave() {
    this.hasLeft = true;
    this.work.removeEventListener("state", this.onState);
    this.work.removeEventListener("saved", this.onSaved);
    this.work.removeEventListener("device", this.onDevice);
  }

  // --- the steps ---

  get steps() {
    return stepsOf(this.work.instrument, this.work.mine.age_band);
  }

  /** All stops in their order; the one for the device is off the way. */
  get stops() {
    return [{ code: "about", title: t("as_about") }, ...this.steps, { code: "targets", title: t("as_targets") }, { code: "check", title: t("as_check") }];
  }

  show(code, item) {
    const { stops } = this;
    this.code = code === "device" ? code : (stops.find((stop) => stop.code === code) || stops[0]).code;
    this.draw();
    const field = item && this.body.querySelector(`[data-item="${CSS.escape(item)}"] button[tabindex="0"]`);
    (field || this.place.querySelector("h1")).focus({ preventScroll: true });
    scrollTo(0, 0);
    field?.scrollIntoView({ block: "center" });
  }

  goTo = (code, item) => {
    history.pushState(null, "", this.way.address(code));
    this.show(code, item);
  };

  draw() {
    const { stops, work } = this;
    const at = stops.findIndex((stop) => stop.code === this.code);
    const stop = stops[at] || { code: "device", title: t("as_device_title") };
    const area = stop.area && stop.area.title !== stop.title ? `${stop.area.title}: ` : "";
    const caption = at < 0 ? work.view.instrument_title : t("as_caption", { instrument: work.view.instrument_title, child: work.child, at: at + 1, of: stops.length });
    this.body.replaceChildren();
    this.body.append(...[this.content(stop)].flat(Infinity).filter(Boolean));
    document.title = `${stop.title} - ${t("product")}`;
    this.place.replaceChildren(...[
      this.way.back && backLink(this.way.back, t("as_back")),
      h1(`${area}${stop.title}`, caption),
      this.told, this.banner, this.status,
      el("div", { class: "tm-assessment" }, this.body, stop.items ? this.soFar : ""),
      this.ways(at), this.map(),
    ].filter(Boolean));
    this.showState();
    this.showScore();
  }

  content(stop) {
    const { work, steps } = this;
    const again = () => this.draw();
    if (stop.code === "about") return [aboutStep(work, again), p(t("as_keys"))];
    if (stop.code === "targets") return targetStep(work, steps, again);
    if (stop.code === "device") return deviceBox(work, () => this.showState());
    if (stop.code === "check")
      return [checkStep(work, steps, { goTo: this.goTo, complete: () => this.complete(), isAway: work.state === "away" || Boolean(this.way.needsSignIn) }), this.way.behind?.()];
    return stop.items.map((item, at) => itemGroup({ work, step: stop, item, lead: (by) => this.lead(at + by) }));
  }

  /** To an item of this step; behind the last one to the way on, where Enter goes to the next step. */
  lead(at) {
    const groups = [...this.body.querySelectorAll(".tm-grades")];
    if (at < 0) return;
    const next = groups[at] ? groups[at].querySelector('button[tabindex="0"]') : this.place.querySelector(".tm-next");
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: groups[at] ? "center" : "nearest", behavior: "auto" });
  }

  ways(at) {
    const { stops } = this;
    const way = (stop, key, kind) => {
      const made = button(t(key, { step: stop.title }), () => this.goTo(stop.code), kind);
      if (key === "as_next") made.classList.add("tm-next");
      return made;
    };
    if (at < 0) return el("div", { class: "tm-way" }, way(stops[0], "as_previous", "secondary"));
    return el("div", { class: "tm-way" },
      stops[at - 1] ? way(stops[at - 1], "as_previous", "secondary") : "",
      stops[at + 1] ? way(stops[at + 1], "as_next", "") : "");
  }

  map() {
    const { work } = this;
    const state = (stop) => {
      if (!stop.items) return "";
      const count = answered(stop, work.mine.items);
      return ` - ${t(count === 0 ? "as_step_open" : count < stop.items.length ? "as_step_part" : "as_step_done", { count, of: stop.items.length })}`;
    };
    const line = (stop) => el("li", {}, el("a", { class: "govuk-link", href: this.way.address(stop.code), "aria-current": stop.code === this.code ? "step" : null,
      onclick: (event) => { event.preventDefault(); this.goTo(stop.code); } }, stop.title), state(stop));
    const all = [...this.stops, { code: "device", title: t("as_device_title") }];
    return details(t("as_all_steps"), el("ol", { class: "govuk-list govuk-list--number" }, all.map(line)));
  }

  // --- what changes while one works ---

  showState() {
    const { work } = this;
    const isKept = device.isOpen();
    const text = work.state === "away" ? t(isKept ? "as_state_away_kept" : "as_state_away", { time: work.savedAt ? clock(work.savedAt) : "-" })
      : work.state === "saved" ? (work.savedAt ? t("as_saved", { time: clock(work.savedAt) }) : "")
      : work.state === "refused" ? t("as_refused", { why: work.problem.message }) : t(`as_state_${work.state}`);
    if (this.status.textContent !== text) this.status.textContent = text;
    this.status.dataset.state = work.state;
    this.showBanner(isKept);
    if (this.wasAway !== (work.state === "away")) this.showScore();
    this.wasAway = work.state === "away";
    if (work.state === "conflict" && !this.isAsking) this.ask();
  }

  showBanner(isKept) {
    const { work } = this;
    const wanted = work.state !== "away" ? "" : this.way.needsSignIn?.() ? "sign-in" : isKept ? "" : "pin";
    if (this.banner.dataset.shown === wanted) return;
    this.banner.dataset.shown = wanted;
    const link = (text, act) => el("a", { class: "govuk-link", href: "#/device", onclick: (event) => { event.preventDefault(); act(); } }, text);
    if (wanted === "pin") this.banner.replaceChildren(inset(t("as_away_body"), " ", link(t("as_away_pin"), () => this.goTo("device"))));
    else if (wanted === "sign-in") this.banner.replaceChildren(inset(t("as_back_body"), " ", link(t("as_back_sign_in"), () => { location.hash = "#/device"; location.reload(); })));
    else this.banner.replaceChildren();
  }

  ask() {
    this.isAsking = true;
    showConflict(this.place, this.work, this.way, () => {
      this.isAsking = false;
      if (this.hasLeft) return;
      this.draw();
      this.place.querySelector("h1").focus();
      say(t("as_conflict_done"));
    });
  }

  showScore() {
    const stop = this.steps.find((step) => step.code === this.code);
    if (!stop) return;
    this.soFar.replaceChildren(el("h2", { class: "govuk-heading-s", id: "so-far" }, t("as_so_far"), hidden(` ${stop.title}`)),
      this.work.state === "away" ? p(t("as_so_far_away")) : stepScore(this.work, stop));
  }

  // --- complete ---

  async complete() {
    const { work } = this;
    this.told.replaceChildren();
    try {
      await work.finish("completion");
      await device.wipe().catch(() => {});
      this.way.onDone(t("as_completed"));
    } catch (error) {
      if (!("status" in error)) throw error;
      if (error.status === 412 || work.state === "conflict") return void work.send();
      const problems = error.status === 422 ? problemsOf(error) : [{ item: "", message: problemsOf(error)[0].message }];
      this.told.replaceChildren(problemSummary(problems, this.steps, this.goTo));
      this.told.firstChild.focus();
      scrollTo(0, 0);
    }
    return undefined;
  }
}


