// Where staff write: replies and notes, with a draft for each conversation.

import { complain } from "./complaints.js";
import { byId, freshId, grow, isSendKey } from "../shared/dom.js";

const KEY = "jiefen.drafts";
const DRAFTS_AT_MOST = 60;

/** The form under a conversation; `send(mode, text, clientId)` does it or throws. */
export class Composer {
  #id = null;
  #loaded = false;
  #holds = false;
  #busy = new Set(); // conversations in which something is being sent
  #drafts = recall();

  constructor(send) {
    this.send = send;
    this.text = byId("text");
    byId("composer").addEventListener("submit", (event) => { event.preventDefault(); this.#submit(); });
    byId("composer").addEventListener("change", () => this.#turn());
    this.text.addEventListener("keydown", (event) => {
      if (isSendKey(event)) { event.preventDefault(); this.#submit(); }
    });
    this.text.addEventListener("input", () => { this.#keep(this.text.value); this.#refresh(); });
  }

  /** Show the draft of a conversation; a reply is possible only for whoever holds it.

   Until `state` is known nothing can be written: it is not known either whether it is a reply.
   */
  show(id, holds, state, hint) {
    const loaded = state !== undefined;
    if (id !== this.#id || !loaded) {
      this.#id = id;
      this.#loaded = false;
      this.text.value = "";
    }
    if (loaded && !this.#loaded) {
      this.#loaded = true;
      this.#setMode(holds || this.#draft("reply").text ? "reply" : "note");
      this.text.value = this.#draft(this.mode).text ?? "";
    } else if (holds && !this.#holds && !this.text.value) {
      this.#setMode("reply");
    }
    this.#holds = holds;
    byId("composer-hint").textContent = hint;
    this.#refresh();
  }

  get mode() {
    return byId("composer").elements.mode.value;
  }

  /** Put the cursor into the field. */
  focus() {
    this.text.focus();
  }

  #setMode(mode) {
    byId("composer").elements.mode.value = mode;
    byId("composer").dataset.mode = mode;
  }

  #turn() {
    if (!this.#loaded) return;
    byId("composer").dataset.mode = this.mode;
    this.text.value = this.#draft(this.mode).text ?? "";
    this.#refresh();
    this.focus();
  }

  async #submit() {
    const text = this.text.value.trim();
    if (!text || byId("send").disabled) return;
    const { mode } = this;
    const id = this.#id;
    const draft = this.#draft(mode);
    // Kept with the draft: sent again after a lost answer, it is still the same message.
    draft.clientId ??= freshId();
    this.#busy.add(id);
    this.#refresh();
    try {
      await this.send(mode, text, draft.clientId);
      this.#forget(id, mode, text);
      complain(id, "");
    } catch (error) {
      complain(id, `没有发出：${error.message}`);
    }
    this.#busy.delete(id);
    this.#refresh();
  }

  #forget(id, mode, text) {
    const kept = this.#drafts[id]?.[mode];
    if (kept?.text?.trim() === text) delete this.#drafts[id][mode];
    save(this.#drafts);
    if (id === this.#id && mode === this.mode && this.text.value.trim() === text) this.text.value = "";
  }

  #draft(mode) {
    this.#drafts[this.#id] ??= {};
    return this.#drafts[this.#id][mode] ??= {};
  }

  #keep(text) {
    const draft = this.#draft(this.mode);
    if (draft.text !== text) draft.clientId = null; // other words are another message
    draft.text = text;
    save(this.#drafts);
  }

  #refresh() {
    const reply = this.mode === "reply";
    byId("composer").dataset.mode = this.mode;
    byId("send").textContent = reply ? "发送" : "记下备注";
    this.text.disabled = !this.#loaded;
    byId("send").disabled = !this.#loaded || this.#busy.has(this.#id) || !this.text.value.trim() || (reply && !this.#holds);
    this.text.placeholder = reply ? "回复顾客…" : "只有同事看得到…";
    grow(this.text, 200);
  }
}

function recall() {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? "{}");
  } catch {
    return {};
  }
}

function save(drafts) {
  const written = Object.entries(drafts).filter(([, one]) => one.reply?.text || one.note?.text);
  try {
    localStorage.setItem(KEY, JSON.stringify(Object.fromEntries(written.slice(-DRAFTS_AT_MOST))));
  } catch {
    // Without storage the drafts live as long as the page.
  }
}
