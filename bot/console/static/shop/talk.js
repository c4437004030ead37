// The chat on a page, with the desk beside it or alone: messages, buttons, the field, who speaks.

import { Composer } from "./composer.js";
import { Log, speakerOf } from "./log.js";
import { byId, el } from "../shared/dom.js";

const PATIENCE = 15_000; // milliseconds that the typing sign is shown at most
const WELCOME = `您好，这里是${document.body.dataset.shop}的订单服务台，我是智能客服（AI）。请说说是哪笔订单、发生了什么；有照片可以一起发来。想找人工，随时说“转人工”。`;
const STARTERS = [
  ["一直没发货", "我的订单一直没发货"],
  ["收到是坏的", "收到的东西是坏的"],
  ["退款没到账", "退款一直没到账"],
  ["金额不对", "订单金额不对，多收了钱"],
  ["找人工", "转人工"],
];

/** Show the chat; `onSend()` is called before what the customer wrote is sent. */
export function openTalk(chat, onSend = () => {}) {
  const typing = el("p", { class: "typing", hidden: true, role: "status", "aria-label": "客服正在处理" }, el("i"), el("i"), el("i"));
  const log = new Log(byId("log"), byId("jump"), {
    typing,
    choose,
    welcome: () => welcome(chat),
    attachment: (id) => chat.attachment(id),
    retry: (id) => chat.retry(id),
    discard: (id) => chat.discard(id),
  });
  const composer = new Composer({
    draft: chat.draft,
    onDraft: (text) => { chat.draft = text; },
    send({ text, files }) {
      onSend();
      for (const file of files) chat.say({ file });
      if (text) chat.say({ text });
    },
  });

  function choose(option) {
    if (option.kind === "evidence") composer.pickPhotos();
    else chat.say({ choice: option.id, label: option.label });
  }

  let typingEnds = 0;
  function showTyping(on) {
    clearTimeout(typingEnds);
    const stay = log.list.scrollHeight - log.list.scrollTop - log.list.clientHeight < 120;
    typing.hidden = !on;
    if (on && stay) log.toEnd();
    if (on) typingEnds = setTimeout(() => showTyping(false), PATIENCE);
  }

  let speaker = "bot";
  function setSpeaker(message) {
    speaker = message?.from ?? "bot";
    byId("speaker-text").textContent = speaker === "agent" ? `${speakerOf(message)} 为您服务` : "智能客服 · AI";
    byId("speaker").dataset.speaker = speaker;
  }

  function expectAnswer() {
    const waiting = chat.unsent.some((item) => !item.failed);
    if (waiting && speaker !== "agent") showTyping(true);
  }

  chat.addEventListener("reset", () => {
    log.clear();
    showTyping(false);
    setSpeaker(null);
  });
  chat.addEventListener("expired", () => {
    log.clear();
    setSpeaker(null);
    log.remark("之前的对话已过期，接下来是新的对话。");
  });
  chat.addEventListener("unsent", () => {
    log.showUnsent(chat.unsent);
    expectAnswer();
  });
  chat.addEventListener("messages", ({ detail: { messages, first } }) => {
    log.add(messages, first);
    const newest = messages.at(-1);
    const voice = messages.findLast((message) => ["bot", "agent"].includes(message.from));
    if (voice) setSpeaker(voice);
    if (newest) showTyping(newest.from === "customer" && speaker !== "agent" && (!first || isRecent(newest)));
  });
  chat.addEventListener("line", ({ detail: { up } }) => {
    byId("line").hidden = up;
    byId("line").textContent = up ? "" : "连接中断，正在重连…您写的内容会保留，连上后自动发出。";
  });
  return { log, composer };
}

function welcome(chat) {
  return el(
    "article",
    { class: "msg msg--bot msg--welcome" },
    el("p", { class: "meta" }, el("span", { class: "who" }, "智能客服 · AI")),
    el("div", { class: "bubble" }, el("p", {}, WELCOME)),
    el("div", { class: "starters", role: "group", "aria-label": "常见问题" }, STARTERS.map(([label, text]) =>
      el("button", { class: "chip", type: "button", on: { click: () => chat.say({ text }) } }, label))),
  );
}

function isRecent(message) {
  return Date.now() - new Date(message.at) < PATIENCE;
}
