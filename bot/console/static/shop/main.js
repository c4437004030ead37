// The shop page: the service desk on one side, the customer's chat on the other.

import { Chat } from "./chat.js";
import { sceneOf, showStories } from "./stories.js";
import { openTalk } from "./talk.js";
import { byId, el, icon } from "../shared/dom.js";

const chat = new Chat();
const { log, composer } = openTalk(chat, () => show("chat"));
const back = el("button", { class: "icon-button only-phone", type: "button", id: "back", "aria-label": "返回服务台" }, icon("back"));

// On a phone the desk and the chat are two views; the address remembers which.
function show(view, push = true) {
  if (document.body.dataset.view === view) return;
  document.body.dataset.view = view;
  if (push && view === "chat") history.pushState({ view }, "", "#chat");
  log.toEnd();
}

function begin(story) {
  composer.clear();
  chat.begin(story);
  show("chat");
  if (matchMedia("(hover: hover)").matches) composer.focus(); // a phone would open its keyboard
}

function refreshScene() {
  byId("scene").replaceChildren(...sceneOf(chat.story).map((part) => el("span", {}, part)));
  byId("scene").hidden = !chat.story;
}

let isUp = true;
chat.addEventListener("reset", refreshScene);
chat.addEventListener("line", ({ detail: { up } }) => {
  if (up && !isUp) showStories(begin); // the demo may have started with new orders
  isUp = up;
});

byId("new-chat").addEventListener("click", () => begin(null));
back.addEventListener("click", () => {
  if (history.state?.view === "chat") history.back();
  else show("desk", false);
});
window.addEventListener("popstate", (event) => show(event.state?.view ?? "desk", false));

document.querySelector(".chat-head").prepend(back);
refreshScene();
showStories(begin);
if (chat.open) show("chat", false);
chat.resume();
