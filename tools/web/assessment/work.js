// One assessment while somebody works on it: every change is sent at once, a few quick ones together, over
// the version that was seen; off the network it waits, on the device when a PIN was set. Shows nothing:
// who wants to know is told by events ("saved", "state").

import { address, change, get, getVersioned } from "../api.js";
import * as device from "./device.js";
import { fieldsOf, same, withField } from "./fields.js";

const TYPING_MS = 700;
const TAP_MS = 60;
const RETRY_MS = [2000, 5000, 15000, 30000];

const withoutFixed = (assessment) => Object.fromEntries(fieldsOf(assessment));

/*
 * state     "saved", "waiting" (to be sent soon), "sending", "away" (the server cannot be reached),
 *           "conflict" (somebody else changed it: see theirs), "refused" (see problem)
 * mine      the assessment as it stands here
 * base      as it stood at the version `etag`
 * view      the last answer of the server: state, score, problems, author
 */
export class Work extends EventTarget {
  #timer = null;
  #sending = null;
  #failures = 0;

  constructor({ view, etag, instrument, mine, base, tried = [], account = "" }) {
    super();
    this.id = view.id;
    this.child = view.child;
    this.view = view;
    this.etag = etag;
    this.instrument = instrument;
    this.base = base || view.assessment;
    this.mine = mine || structuredClone(view.assessment);
    this.account = account;
    this.tried = tried; // sent since the last answer: any of them may have arrived
    this.state = "saved";
    this.savedAt = null;
    this.theirs = null;
    this.problem = null;
    this.before = undefined;
    this.wasAway = false;
    if (this.isChanged) this.state = "waiting";
  }

  get isDraft() {
    return this.view.state === "draft";
  }

  get isChanged() {
    return !same(this.mine, this.base);
  }

  #tell(state) {
    this.state = state;
    this.dispatchEvent(new Event("state"));
  }

  /** What is put on the device: this, and nothing else. */
  get record() {
    return { view: { ...this.view, assessment: null }, etag: this.etag, instrument: this.instrument, mine: this.mine, base: this.base, tried: this.tried, account: this.account };
  }

  /** `isTap`: a choice, sent sooner than what is typed. */
  set(name, value, isTap = false) {
    this.mine = withField(this.mine, name, value);
    if (device.isOpen()) device.keep(this.record).catch(() => this.dispatchEvent(new Event("device")));
    if (this.state === "conflict" || this.state === "refused") return;
    // Off the network a try is planned already.
    if (this.state === "away") return;
    this.#tell("waiting");
    this.#plan(isTap ? TAP_MS : TYPING_MS);
  }

  #plan(ms) {
    if (this.#sending) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.send(), ms);
  }

  /** Sends what is not sent yet; resolved when that was tried. */
  send() {
    clearTimeout(this.#timer);
    if (this.#sending) return this.#sending.then(() => this.send());
    if (!this.isChanged || this.state === "conflict") {
      if (this.state === "waiting" || this.state === "away") this.#tell("saved");
      return Promise.resolve();
    }
    this.#sending = this.#put().finally(() => {
      this.#sending = null;
      if (this.state === "sending" || this.state === "waiting") this.#plan(TAP_MS);
    });
    return this.#sending;
  }

  async #put() {
    const sent = structuredClone(this.mine);
    this.#tell(this.state === "away" ? "away" : "sending");
    try {
      await this.ready?.();
      if (!this.tried.some((one) => same(one, sent))) this.tried = [...this.tried, sent].slice(-3);
      // Noted before it is sent: the page may be closed before the answer comes.
      if (device.isOpen()) await device.keep(this.record).catch(() => {});
      const { value, etag } = await change("PUT", address("/v1/assessments/{}", this.id), { body: sent, etag: this.etag });
      await this.#taken(sent, value, etag);
    } catch (error) {
      await this.#failed(error);
    }
  }

  async #taken(sent, value, etag) {
    this.#failures = 0;
    this.tried = [];
    this.base = sent;
    this.view = value;
    this.etag = etag;
    this.problem = null;
    this.savedAt = new Date();
    await this.#device();
    this.#tell(this.isChanged ? "waiting" : "saved");
    this.dispatchEvent(new Event("saved"));
  }

  // What was made off the network and has arrived is not needed on the device any more.
  async #device() {
    if (!device.isOpen()) return;
    if (this.wasAway && !this.isChanged) await device.wipe().catch(() => {});
    else await device.keep(this.record).catch(() => {});
    if (!this.isChanged) this.wasAway = false;
  }

  // What a later try may mend is tried again; what somebody must decide about waits for them.
  async #failed(error) {
    this.problem = error;
    if (error.status === 412) return this.#lookAtTheirs();
    if ([0, 401, 429, 503].includes(error.status) || error.status >= 500) {
      this.wasAway = true;
      this.#tell("away");
      const wait = Math.max(RETRY_MS[Math.min(this.#failures, RETRY_MS.length - 1)], (error.retryAfter || 0) * 1000);
      this.#failures += 1;
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.send(), wait);
      return undefined;
    }
    if (error.status === undefined) throw error;
    return this.#tell("refused");
  }

  async #lookAtTheirs() {
    try {
      const { value, etag } = await getVersioned(address("/v1/assessments/{}", this.id));
      // An answer that was lost on its way: what stands there is what was sent from here.
      const own = value.state === "draft" && this.tried.find((sent) => same(withoutFixed(sent), withoutFixed(value.assessment)));
      if (own) return await this.#taken(own, value, etag);
      this.theirs = { view: value, etag };
      return this.#tell("conflict");
    } catch (error) {
      return this.#failed(error);
    }
  }

  /** What a person settled on, over the other's version. */
  resolve(settled) {
    this.base = this.theirs.view.assessment;
    this.view = this.theirs.view;
    this.etag = this.theirs.etag;
    this.mine = settled;
    this.theirs = null;
    this.tried = [];
    this.#tell("waiting");
    return this.send();
  }

  /** What was entered here and cannot be sent any more is given up. */
  drop() {
    clearTimeout(this.#timer);
    this.mine = this.base;
    this.theirs = null;
    this.state = "saved";
  }

  /** Complete and countersign: what is sent first must have arrived. */
  async finish(end) {
    await this.send();
    if (this.isChanged) throw this.problem;
    const { value, etag } = await change("POST", address(`/v1/assessments/{}/${end}`, this.id), { body: {}, etag: this.etag });
    this.view = value;
    this.etag = etag;
    this.base = value.assessment;
    this.mine = structuredClone(value.assessment);
    this.#tell("saved");
  }

  async withdraw(reason) {
    clearTimeout(this.#timer);
    await change("DELETE", address("/v1/assessments/{}", this.id), { body: { reason }, etag: this.etag });
    this.mine = this.base;
    this.#tell("saved");
  }

  /** Grades of the time before, asked for once; null when there is none, or it cannot be reached. */
  async previous() {
    if (this.before !== undefined) return this.before;
    try {
      const answer = await get(address("/v1/assessments/{}/previous", this.id));
      this.before = answer.assessment ? answer : null;
      return this.before;
    } catch {
      return null;
    }
  }
}
