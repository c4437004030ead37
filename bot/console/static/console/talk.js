// The middle column: the conversation's messages as staff see them.

import { byId, el, paragraphs } from "../shared/dom.js";
import { photo } from "../shared/photos.js";
import { shortTime } from "../shared/time.js";
import { attachment } from "./api.js";
import { lesson } from "./lesson.js";
import { answerWords, CHANNELS, customerOf, nameOf, orderWords, reasonWords, STATES } from "./words.js";

const FATES = { pending: "待发送", sending: "发送中", unknown: "渠道没有回执，可能未送达", failed: "发送失败" };
const NEAR = 160; // pixels from the end that still count as being there

/** The list of messages, changed only where they changed. */
export class Talk {
  #shown = new Map(); // message id → {node, print}
  #id = null;
  #masked = false; // personal data is hidden, and files are not given
  #follows = true; // new messages are scrolled to, until somebody reads further up

  constructor() {
    const log = byId("log");
    log.addEventListener("scroll", () => { this.#follows = log.scrollHeight - log.scrollTop - log.clientHeight < NEAR; });
    new ResizeObserver(() => this.#follow()).observe(log);
  }

  /** Show the desk's open conversation; `missing` when there is none of its number. */
  show(desk, missing) {
    const { open, openId } = desk;
    if (openId !== this.#id) this.#clear(openId);
    byId("blank").hidden = openId !== null;
    byId("talk-inner").hidden = openId === null;
    byId("talk-title").textContent = open ? customerOf(open) : missing ? `会话 ${openId}` : "载入中…";
    byId("talk-state").textContent = open ? stateWords(open) : "";
    this.#masked = Boolean(open?.masked);
    if (open) this.#fill(open.messages);
  }

  /** The id of the last message on the page: what a reply was written in view of. */
  get seen() {
    return Math.max(0, ...this.#shown.keys());
  }

  /** Scroll to the newest message. */
  toEnd() {
    byId("log").scrollTop = byId("log").scrollHeight;
  }

  #clear(id) {
    this.#id = id;
    this.#shown.clear();
    this.#follows = true;
    byId("log").replaceChildren();
  }

  #fill(messages) {
    const log = byId("log");
    log.setAttribute("aria-live", this.#shown.size ? "polite" : "off");
    for (const message of messages) this.#put(log, message);
    this.#follow();
  }

  #follow() {
    if (this.#follows) this.toEnd();
  }

  #put(log, message) {
    const print = JSON.stringify([message, this.#masked]);
    const earlier = this.#shown.get(message.id);
    if (earlier?.print === print) return;
    const node = this.#node(message);
    if (earlier) earlier.node.replaceWith(node);
    else log.append(node);
    this.#shown.set(message.id, { node, print });
  }

  #node(message) {
    const look = message.kind === "note" ? "note" : message.from;
    const fate = FATES[message.state];
    const taught = message.from === "customer" && message.text && message.kind !== "choice" ? lesson(message, this.#id) : null;
    return el(
      "article",
      { class: `msg msg--${look}`, data: { id: message.id } },
      el("p", { class: "meta" }, el("span", { class: "who" }, speaker(message)), el("time", { datetime: message.at }, shortTime(message.at)), taught?.button),
      message.attachment_id && this.#attachment(message),
      (message.text || !message.attachment_id) && el("div", { class: "bubble" }, paragraphs(message.text || "（空白消息）")),
      taught?.panel,
      message.options?.length > 0 && el("ul", { class: "shown-options", "aria-label": "给顾客的按钮" }, message.options.map((option) => el("li", {}, option.label))),
      message.edits?.length > 0 && el("p", { class: "fate" }, "顾客改过这条消息"),
      fate && el("p", { class: `fate fate--${message.state}` }, message.error ? `${fate}：${message.error}` : fate),
    );
  }

  #attachment(message) {
    if (this.#masked) return el("p", { class: "fate" }, `［${message.kind === "file" ? "文件" : "照片"}］接待后可查看`);
    const load = () => attachment(message.attachment_id);
    if (message.kind === "file") return el("a", { class: "file", href: `/api/v1/attachments/${message.attachment_id}`, target: "_blank", rel: "noopener" }, "打开顾客发的文件");
    return photo(load, "顾客发的照片", () => this.#follow());
  }
}

function speaker(message) {
  if (message.kind === "note") return `内部备注 · ${message.staff ?? ""}`;
  if (message.from === "agent") return message.staff ?? "客服";
  if (message.from === "customer") return message.kind === "choice" ? "顾客（点选）" : "顾客";
  return { bot: "机器人", system: "系统" }[message.from] ?? message.from;
}

function stateWords(open) {
  const holder = open.state === "with_person" ? `${open.owner.name} 接待中` : nameOf(STATES, open.state);
  const reason = open.reason && open.state !== "bot" && open.state !== "closed" ? reasonWords(open.reason) : "";
  return [holder, reason, answerWords(open), orderWords(open), nameOf(CHANNELS, open.channel), `会话 ${open.id}`].filter(Boolean).join(" · ");
}
