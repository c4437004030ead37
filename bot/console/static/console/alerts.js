// Telling staff that somebody new waits: title, badge, and a soft tone if they asked for it.

import { byId, icon } from "../shared/dom.js";

const EVERY = 12_000; // milliseconds between two reminders
const NOTES = [[659, 0], [880, 0.16]]; // hertz, seconds
const KEY = "jiefen.sound";
const TITLE = "解纷工作台";

/** Watches the queue; `goToQueue()` shows it. */
export class Alerts {
  #known = null;
  #fresh = new Set();
  #sound = false;
  #audio = null;
  #queued = 0;

  constructor(goToQueue) {
    byId("alert").addEventListener("click", () => { goToQueue(); this.#seen(); });
    byId("sound").addEventListener("click", () => this.#setSound(!this.#sound));
    document.addEventListener("pointerdown", () => this.#wake(), { once: true });
    setInterval(() => this.#remind(), EVERY);
    this.#draw();
  }

  /** Tell what the queue is now, and whether it is on the page. */
  update(ids, inView) {
    const first = this.#known === null;
    const fresh = first ? [] : ids.filter((id) => !this.#known.has(id));
    this.#known = new Set(ids);
    this.#queued = ids.length;
    for (const id of this.#fresh) if (!this.#known.has(id)) this.#fresh.delete(id);
    for (const id of fresh) this.#fresh.add(id);
    if (inView && !document.hidden && !fresh.length) this.#fresh.clear();
    if (fresh.length) this.#play();
    this.#draw();
  }

  /** Forget everything, for another member of staff. */
  reset() {
    this.#known = null;
    this.#fresh.clear();
    this.#queued = 0;
    this.#draw();
  }

  #seen() {
    this.#fresh.clear();
    this.#draw();
  }

  #draw() {
    const waiting = this.#queued ? `(${this.#queued}) ` : "";
    document.title = this.#fresh.size ? `● ${waiting}新的排队 · ${TITLE}` : `${waiting}${TITLE}`;
    byId("alert").hidden = this.#fresh.size === 0;
    byId("alert").textContent = `有 ${this.#fresh.size} 位新的顾客在排队`;
    byId("tabs").querySelector('[data-tab="queued"]')?.classList.toggle("tab--fresh", this.#fresh.size > 0);
    const button = byId("sound");
    button.replaceChildren(icon(this.#sound ? "bell" : "mute"));
    button.setAttribute("aria-pressed", String(this.#sound));
    button.title = `来客提示音：${this.#sound ? "开" : "关"}`;
  }

  // A browser plays nothing before the first touch, so what was switched on last time waits for it.
  #wake() {
    if (localStorage.getItem(KEY) === "on") this.#setSound(true, false);
  }

  #setSound(on, sample = true) {
    this.#sound = on;
    localStorage.setItem(KEY, on ? "on" : "off");
    if (on) {
      this.#audio ??= new AudioContext();
      if (sample) this.#play();
    }
    this.#draw();
  }

  #remind() {
    if (!this.#fresh.size) return;
    byId("alert").animate([{ opacity: 1 }, { opacity: 0.45 }, { opacity: 1 }], { duration: 900 });
    this.#play();
  }

  #play() {
    if (!this.#sound || !this.#audio) return;
    this.#audio.resume();
    for (const [pitch, after] of NOTES) this.#note(pitch, this.#audio.currentTime + after);
  }

  #note(pitch, at) {
    const tone = this.#audio.createOscillator();
    const level = this.#audio.createGain();
    tone.frequency.value = pitch;
    level.gain.setValueAtTime(0.0001, at);
    level.gain.exponentialRampToValueAtTime(0.06, at + 0.03);
    level.gain.exponentialRampToValueAtTime(0.0001, at + 0.5);
    tone.connect(level).connect(this.#audio.destination);
    tone.start(at);
    tone.stop(at + 0.55);
  }
}
