// The messages on the page.

import { el, icon, paragraphs } from "../shared/dom.js";
import { photo } from "../shared/photos.js";
import { clockTime, dayTime } from "../shared/time.js";
import { isDocument } from "./composer.js";
import { markPicked, optionRow, setActive } from "./options.js";

const GAP = 10 * 60_000; // a longer silence gets a line with the time
const NEAR = 120; // pixels from the end that still count as being there
const NAMES = { customer: "我", bot: "智能客服 · AI", system: "系统消息" };

/** Return who speaks, for the line above a bubble. */
export function speakerOf(message) {
  if (message.from === "agent") return `人工客服 ${message.name ?? ""}`.trim();
  return NAMES[message.from] ?? "客服";
}

// A document is fetched with the chat's token and then saved, which a plain link could not do.
function savable(load) {
  const save = async () => {
    const address = URL.createObjectURL(await load());
    el("a", { href: address, download: "文件.pdf" }).click();
    setTimeout(() => URL.revokeObjectURL(address), 10_000);
  };
  return el("button", { class: "bubble bubble--file", type: "button", on: { click: save } }, "PDF 文件，点按保存");
}

/** The list of messages; `choose(option)` and `attachment(id)` come from the page. */
export class Log {
  #offer = null; // {row, answered}: the newest buttons
  #before = null; // the message above, for day lines and for grouping

  constructor(list, jump, { choose, attachment, retry, discard, typing, welcome }) {
    Object.assign(this, { list, jump, choose, attachment, retry, discard, welcome });
    this.tail = el("div", { class: "tail" }); // what was not sent yet, and the typing sign
    this.typing = typing;
    this.list.append(this.tail);
    this.list.addEventListener("scroll", () => { if (this.#atEnd()) this.jump.hidden = true; });
    this.jump.addEventListener("click", () => this.toEnd());
    new ResizeObserver(() => { if (this.#atEnd()) this.toEnd(); }).observe(this.list); // photos, keyboard
    this.clear();
  }

  /** Empty the page for a new conversation. */
  clear() {
    this.list.replaceChildren(this.welcome(), this.tail);
    this.tail.replaceChildren(this.typing);
    this.#offer = null;
    this.#before = null;
    this.jump.hidden = true;
  }

  /** Add messages that came; the first batch is history and is not read out. */
  add(messages, first) {
    const follow = first || this.#atEnd() || messages.some((message) => message.from === "customer");
    this.list.setAttribute("aria-busy", String(first));
    for (const message of messages) this.#append(message);
    this.list.setAttribute("aria-busy", "false");
    if (follow) this.toEnd();
    else this.jump.hidden = messages.length === 0;
  }

  /** Show what was not brought back by the server yet. */
  showUnsent(items) {
    const follow = this.#atEnd() || items.length > this.tail.children.length - 1;
    this.tail.replaceChildren(...items.map((item) => this.#unsent(item)), this.typing);
    const choice = items.findLast((item) => item.choice && !item.failed);
    if (choice && this.#offer) this.#answered(choice.label);
    else if (this.#offer && items.some((item) => item.choice)) setActive(this.#offer.row, true);
    if (follow) this.toEnd();
  }

  /** Add a line of the page's own, e.g. that the old conversation is over. */
  remark(text) {
    this.tail.before(el("p", { class: "remark" }, text));
    this.toEnd();
  }

  /** Scroll to the newest message. */
  toEnd() {
    this.list.scrollTop = this.list.scrollHeight;
    this.jump.hidden = true;
  }

  #atEnd() {
    return this.list.scrollHeight - this.list.scrollTop - this.list.clientHeight < NEAR;
  }

  #append(message) {
    const dated = this.#dayLine(message);
    this.#follow(message);
    const body = this.#body(message);
    const grouped = this.#before?.from === message.from && this.#before?.name === message.name;
    const node = el(
      "article",
      { class: `msg msg--${message.from}${grouped ? " msg--grouped" : ""}${dated ? " msg--dated" : ""}`, data: { id: message.id } },
      this.#meta(message),
      body,
    );
    if (message.options?.length) {
      const row = optionRow(message.options, (option, button) => this.choose(option, button));
      node.append(row);
      this.#offer = { row, answered: false };
    }
    this.tail.before(node);
    this.#before = message;
  }

  #meta(message) {
    const time = el("time", { datetime: message.at }, clockTime(message.at));
    return el("p", { class: "meta" }, el("span", { class: "who" }, speakerOf(message)), time);
  }

  #body(message) {
    const { id } = message;
    const showsPhoto = message.attachment_id !== undefined && message.attachment_id !== null;
    const text = message.text && !(showsPhoto && /^\[?(照片|图片|文件)\]?$/.test(message.text)) ? message.text : "";
    return [
      showsPhoto && message.kind === "file" && savable(() => this.attachment(id)),
      showsPhoto && message.kind !== "file" && photo(() => this.attachment(id), `${speakerOf(message)}发的照片`, () => this.#grown()),
      (text || !showsPhoto) && el("div", { class: "bubble" }, paragraphs(text)),
    ].filter(Boolean);
  }

  #grown() {
    if (this.#atEnd() || this.list.scrollHeight - this.list.scrollTop - this.list.clientHeight < 420) this.toEnd();
  }

  #dayLine(message) {
    const before = this.#before && new Date(this.#before.at);
    if (before && new Date(message.at) - before < GAP) return false;
    this.tail.before(el("p", { class: "day" }, dayTime(message.at)));
    return true;
  }

  // Buttons stay active until one is picked, newer ones come, or the talk has moved on.
  #follow(message) {
    if (!this.#offer) return;
    if (message.from === "customer") {
      if (markPicked(this.#offer.row, message.text)) setActive(this.#offer.row, false);
      this.#offer.answered = true;
    } else if (this.#offer.answered || message.options?.length) {
      setActive(this.#offer.row, false);
    }
  }

  #answered(label) {
    markPicked(this.#offer.row, label);
    setActive(this.#offer.row, false);
  }

  #unsent(item) {
    const state = item.failed ? el("span", { class: "failed" }, item.failed)
      : el("span", {}, item.waiting ?? (item.id ? "已发送" : item.sending ? "发送中…" : "等待发送"));
    const body = item.file
      ? isDocument(item.file) ? el("div", { class: "bubble" }, item.file.name) : photo(() => Promise.resolve(item.file), "要发送的照片")
      : el("div", { class: "bubble" }, paragraphs(item.label ?? item.text));
    return el(
      "article",
      { class: `msg msg--customer msg--unsent${item.failed ? " msg--failed" : ""}` },
      body,
      el("p", { class: "fate" }, state, item.failed && this.#deeds(item)),
    );
  }

  #deeds(item) {
    return [
      el("button", { type: "button", on: { click: () => this.retry(item.client_id) } }, "重试"),
      el("button", { type: "button", "aria-label": "移除这条消息", on: { click: () => this.discard(item.client_id) } }, icon("close")),
    ];
  }
}
