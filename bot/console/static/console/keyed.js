// A list that changes only where it changed: focus, and a click under way, outlive every push.

const PRESS_AT_MOST = 3000; // milliseconds that a pressed pointer holds the list still
const FOCUSABLE = "button, a, select, input, textarea";

/** Return what a list is to hold: `key` names it, `shown` is all that it shows, `build` makes it. */
export function entry(key, shown, build) {
  return { key: String(key), print: JSON.stringify(shown), build };
}

/** Keeps the children of `list` as the entries say. */
export class Keyed {
  #shown = new Map(); // key → {print, node}
  #pressedAt = -PRESS_AT_MOST;
  #waiting = null;

  constructor(list) {
    this.list = list;
    list.addEventListener("pointerdown", () => { this.#pressedAt = performance.now(); });
    // After the click, which comes right behind: it must find what was pressed where it was.
    for (const end of ["pointerup", "pointercancel"]) window.addEventListener(end, () => setTimeout(() => this.#release()));
  }

  /** Show these entries, in this order; while a pointer is pressed they wait. */
  fill(entries) {
    this.#waiting = entries;
    if (performance.now() - this.#pressedAt >= PRESS_AT_MOST) this.#fill();
  }

  #release() {
    this.#pressedAt = -PRESS_AT_MOST;
    if (this.#waiting) this.#fill();
  }

  #fill() {
    const held = this.#focus();
    const before = this.#shown;
    this.#shown = new Map();
    for (const { key, print, build } of this.#waiting) {
      const known = before.get(key);
      const kept = known && (known.print === print || isWritten(known.node)) ? known : { print, node: build() };
      if (known && kept !== known) known.node.replaceWith(kept.node);
      this.#shown.set(key, kept);
      before.delete(key);
    }
    // What is being written about something that has gone stays until it is sent or cancelled.
    for (const [key, known] of before) if (isWritten(known.node)) this.#shown.set(key, known);
      else known.node.remove();
    this.#waiting = null;
    this.#arrange();
    this.#focusAgain(held);
  }

  #arrange() {
    let place = this.list.firstChild;
    for (const { node } of this.#shown.values()) {
      if (node === place) place = place.nextSibling;
      else this.list.insertBefore(node, place);
    }
  }

  // Where the keyboard is: which entry, and which control in it.
  #focus() {
    const active = document.activeElement;
    if (active === this.list || !this.list.contains(active)) return null;
    const [key, { node }] = [...this.#shown].find(([, one]) => one.node.contains(active)) ?? [null, {}];
    return key === null ? null : { key, active, at: controls(node).indexOf(active) };
  }

  #focusAgain(held) {
    if (!held || document.activeElement === held.active) return;
    const node = this.#shown.get(held.key)?.node;
    const control = node && (node.contains(held.active) ? held.active : controls(node)[held.at]);
    (control ?? this.list).focus({ preventScroll: true });
  }
}

function controls(node) {
  return [node, ...node.querySelectorAll(FOCUSABLE)].filter((one) => one.matches(FOCUSABLE));
}

function isWritten(node) {
  return node.querySelector("textarea") !== null;
}
