// The chat alone: a page by itself, or in the frame that embed.js puts into a page of the shop's.

import { Chat } from "./chat.js";
import { Host } from "./host.js";
import { canKeep, keepWith } from "./memory.js";
import { openTalk } from "./talk.js";
import { byId, el, icon } from "../shared/dom.js";

const UNKEPT = "浏览器没有允许这里保存对话。可以照常聊，只是离开或刷新网页后，这段对话就看不到了。";

const keeps = canKeep();
const host = new Host(document.body.dataset.origins.split(" "), keeps);
const identity = await host.identity;
keepWith(host.store);
const chat = new Chat(identity);
const { log, composer } = openTalk(chat);
let newest = 0; // id of the newest message
let unread = 0; // answers that came while the frame was shut

function report() {
  if (host.open) {
    chat.read = newest;
    unread = 0;
  }
  host.tell({ jiefen: "state", unread, begun: chat.open });
}

function focus() {
  if (matchMedia("(hover: hover)").matches) composer.focus(); // a phone would open its keyboard
}

function forget() {
  newest = 0;
  unread = 0;
  report();
}

chat.addEventListener("reset", forget);
chat.addEventListener("expired", forget);
chat.addEventListener("unsent", report);
chat.addEventListener("messages", ({ detail: { messages } }) => {
  const voices = messages.filter(({ from, id }) => ["bot", "agent"].includes(from) && id > chat.read);
  newest = Math.max(newest, ...messages.map(({ id }) => id));
  unread += voices.length;
  report();
});
host.addEventListener("open", () => {
  report();
  log.toEnd();
  focus();
});

byId("new-chat").addEventListener("click", () => {
  composer.clear();
  chat.begin();
  focus();
});
if (host.isThere) {
  const shut = el("button", { class: "icon-button", type: "button", id: "shut", "aria-label": "收起对话", on: { click: () => host.shut() } }, icon("close"));
  document.querySelector(".chat-head").append(shut);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.isComposing && !document.querySelector("dialog[open]")) host.shut();
  });
}
if (!keeps && !host.store) log.remark(UNKEPT);
chat.resume();
if (host.open) focus();
