// The field above the lists: what is written there takes the place of the chosen list.

import { byId } from "../shared/dom.js";

const PAUSE = 250; // milliseconds without a key before a search begins

/** Asks the desk for what is written; `begun()` shows that a search is on, or over. */
export class Search {
  #timer = null;

  constructor(desk, begun) {
    Object.assign(this, { desk, begun });
    const field = byId("search");
    field.addEventListener("input", () => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#look(), PAUSE);
    });
    field.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      if (event.key === "Enter") this.#look();
      if (event.key === "Escape") this.clear();
      if (event.key === "ArrowDown") {
        event.preventDefault();
        byId("list").querySelector(".item")?.focus();
      }
    });
    // A slash that is written somewhere is a slash.
    document.addEventListener("keydown", (event) => {
      const busy = event.isComposing || event.ctrlKey || event.altKey || event.metaKey;
      if (event.key !== "/" || busy || event.target.closest("input, textarea, select") || byId("console").hidden) return;
      if (!byId("side").getClientRects().length) return;
      event.preventDefault();
      field.focus();
      field.select();
    });
  }

  /** Look for nothing any more. */
  clear() {
    byId("search").value = "";
    this.#look();
  }

  #look() {
    clearTimeout(this.#timer);
    const wanted = byId("search").value.trim();
    if (wanted === (this.desk.sought?.wanted ?? "")) return;
    this.desk.search(wanted);
    this.begun();
  }
}
