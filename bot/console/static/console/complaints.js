// What went wrong in a conversation, shown as long as that one is open.

import { byId } from "../shared/dom.js";

const told = new Map(); // conversation id → words
let openId = null;

/** Say what went wrong in a conversation; no words take it back. */
export function complain(id, words) {
  if (words) told.set(id, words);
  else told.delete(id);
  draw();
}

/** Show what went wrong in the conversation that is open now. */
export function showComplaintOf(id) {
  openId = id;
  draw();
}

function draw() {
  const words = told.get(openId) ?? "";
  if (byId("talk-error").textContent !== words) byId("talk-error").textContent = words;
  byId("talk-error").hidden = !words;
}
