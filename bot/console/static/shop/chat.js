// The conversation with the server: one session, messages in by long poll, messages out in order.

import * as api from "./api.js";
import { blank, keep, ownerOf, recall } from "./memory.js";
import { freshId } from "../shared/dom.js";
import { Problem } from "../shared/http.js";

const PAUSES = [500, 1000, 2000, 4000]; // milliseconds between tries

/** Events: reset, messages {messages, first}, unsent, line {up}, expired. */
export class Chat extends EventTarget {
  #signed; // the identity that the page around us vouches for
  #who;
  #memory;
  #seen = new Set();
  #last = null; // id of the newest message that was shown
  #agent = null;
  #stop = new AbortController();
  #wakers = new Set(); // ends the pauses early
  #down = new Set(); // which of in and out does not get through
  #expiries = 0; // sessions lost in a row
  #flushing = false;

  constructor(signed = null) {
    super();
    this.#who = ownerOf(signed);
    this.#signed = this.#who ? signed : null;
    this.#memory = recall(this.#who);
    if (this.#signed) this.#memory.identity = signed; // a newer one runs out later
    const wake = () => this.#wakers.forEach((done) => done());
    window.addEventListener("online", wake);
    document.addEventListener("visibilitychange", () => document.hidden || wake());
  }

  get story() { return this.#memory.story; }
  get unsent() { return this.#memory.unsent; }
  get open() { return Boolean(this.#memory.token || this.#memory.unsent.length); }
  get draft() { return this.#memory.draft; }
  set draft(text) { this.#memory.draft = text; this.#keep(); }
  get read() { return this.#memory.read; }
  set read(id) {
    if (id === this.#memory.read) return;
    this.#memory.read = id;
    this.#keep();
  }

  /** Take the kept conversation up again. */
  resume() {
    if (this.#memory.token) this.#listen();
    this.#flush();
    this.#tell("unsent");
  }

  /** Leave this conversation and begin another, with the story's customer and opening if given. */
  begin(story = null) {
    this.#forget(blank(story, this.#signed));
    this.#tell("reset");
    if (story) this.say({ text: story.opening });
  }

  /** Send a text, a choice ({choice, label}) or a photo ({file}); it is kept until it arrived. */
  say({ text, choice, label, file }) {
    const item = { client_id: freshId(), at: new Date().toISOString(), text, choice, label, file };
    this.#memory.unsent.push(item);
    this.#changed();
    this.#flush();
  }

  /** Try a refused message again. */
  retry(client_id) {
    const item = this.unsent.find((one) => one.client_id === client_id);
    if (item) item.failed = null;
    this.#changed();
    this.#flush();
  }

  /** Give a refused message up. */
  discard(client_id) {
    this.#memory.unsent = this.unsent.filter((one) => one.client_id !== client_id);
    this.#changed();
  }

  /** Return a photo of this conversation. */
  attachment(id) {
    return api.attachment(this.#memory.token, id);
  }

  #forget(memory) {
    this.#stop.abort();
    this.#stop = new AbortController();
    this.#memory = memory;
    this.#seen.clear();
    this.#last = null;
    this.#flushing = false;
    this.#keep();
    this.#line("in", true);
    this.#line("out", true);
  }

  #keep() {
    keep(this.#memory, this.#who);
  }

  #line(way, up) {
    if (up) this.#down.delete(way);
    else this.#down.add(way);
    this.#tell("line", { up: this.#down.size === 0 });
  }

  #changed() {
    this.#keep();
    this.#tell("unsent");
  }

  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }

  async #listen() {
    const { signal } = this.#stop;
    let failures = 0;
    while (!signal.aborted) {
      try {
        this.#take(await api.messages(this.#memory.token, this.#last, signal));
        failures = 0;
        this.#expiries = 0;
        this.#line("in", true);
      } catch (error) {
        if (signal.aborted) return;
        if (this.#isGone(error)) return this.#expire();
        this.#line("in", false);
        await this.#pause(failures++, error);
      }
    }
  }

  #take(messages) {
    const first = this.#last === null;
    const fresh = messages.filter((message) => !this.#seen.has(message.id));
    for (const message of fresh) {
      this.#seen.add(message.id);
      if (message.from === "customer") this.#match(message);
      else this.#name(message);
    }
    this.#last = Math.max(this.#last ?? 0, ...messages.map((message) => message.id));
    if (first || fresh.length) this.#tell("messages", { messages: fresh, first });
    this.#changed();
  }

  // Messages of a person carry no name; "小王已接入" before them does.
  #name(message) {
    if (message.from === "system") this.#agent = /^(.{1,30}?)已接入/.exec(message.text)?.[1] ?? this.#agent;
    if (message.from === "agent") message.name ??= this.#agent;
  }

  // A poll may bring our message before the answer to its POST does: same words, same message.
  #match(message) {
    const ours = this.unsent.find((item) => item.id === message.id)
      ?? this.unsent.find((item) => item.sending && !item.id && (item.label ?? item.text) === message.text)
      ?? (message.attachment_id ? this.unsent.find((item) => item.sending && item.file) : null);
    if (ours) this.#memory.unsent = this.unsent.filter((item) => item !== ours);
  }

  async #flush() {
    if (this.#flushing) return;
    const { signal } = this.#stop;
    this.#flushing = true;
    for (let failures = 0; !signal.aborted;) {
      const item = this.unsent.find((one) => !one.failed && !one.id);
      if (!item) break;
      try {
        if (!this.#memory.token) await this.#openSession(signal);
        if (signal.aborted) return;
        await this.#post(item, signal);
        failures = 0;
        this.#line("out", true);
      } catch (error) {
        if (signal.aborted) return;
        item.sending = false;
        if (this.#isGone(error)) this.#expire();
        else if (error instanceof Problem && !error.passing) item.failed = error.message;
        else await this.#pauseSending(failures++, error, item);
        this.#changed();
      }
    }
    if (!signal.aborted) this.#flushing = false;
  }

  async #openSession(signal) {
    const { token } = await this.#newSession();
    if (signal.aborted) return;
    this.#memory.token = token;
    this.#keep();
    this.#listen();
  }

  // A signed identity runs out; without it the chat asks for the phone number's tail instead.
  async #newSession() {
    try {
      return await api.openSession(this.#memory.identity);
    } catch (error) {
      if (error.status !== 401 || !this.#memory.identity) throw error;
      this.#memory.identity = null;
      return api.openSession(null);
    }
  }

  async #post(item, signal) {
    item.sending = true;
    item.waiting = null;
    this.#changed();
    const { token } = this.#memory;
    const id = item.file ? await api.sendPhoto(token, item) : await api.send(token, item);
    if (signal.aborted) return;
    item.id = id; // shown as sent until the poll brings it back
    if (this.#seen.has(id)) this.discard(item.client_id);
    this.#changed();
  }

  async #pauseSending(failures, error, item) {
    if (error.retryAfter) item.waiting = `稍等${error.retryAfter}秒后自动重发`;
    else this.#line("out", false);
    this.#changed();
    await this.#pause(failures, error);
  }

  #isGone(error) {
    const unknown = error instanceof Problem && [401, 404].includes(error.status);
    return unknown && Boolean(this.#memory.token) && this.#expiries < 2;
  }

  // The server no longer knows this session: what was not sent goes into a new one.
  #expire() {
    const { unsent, story, identity, draft } = this.#memory;
    this.#expiries += 1;
    const left = unsent.filter((item) => !item.id).map(inWords);
    this.#forget({ ...blank(), unsent: left, story, identity, draft });
    this.#tell("expired");
    setTimeout(() => this.#flush());
  }

  #pause(failures, error) {
    const wait = error.retryAfter ? error.retryAfter * 1000 : PAUSES[Math.min(failures, PAUSES.length - 1)];
    return new Promise((done) => {
      const end = () => { clearTimeout(timer); this.#wakers.delete(end); done(); };
      const timer = setTimeout(end, wait);
      this.#wakers.add(end);
    });
  }
}

// A button belongs to the conversation that showed it; in another one only its words mean something.
function inWords(item) {
  return item.choice ? { ...item, choice: undefined, label: undefined, text: item.label } : item;
}
