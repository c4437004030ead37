// The customer's side of the HTTP contract.

import { call } from "../shared/http.js";

const ROOT = "/api/v1";
const POLL = 25; // seconds that the server may hold a poll

/** Return the demo shop's stories. */
export async function stories() {
  return (await call("GET", `${ROOT}/shop/stories`)).stories;
}

/** Open a conversation; returns its token and id. */
export function openSession(identity) {
  return call("POST", `${ROOT}/chat/sessions`, { body: identity ? { identity } : {} });
}

/** Send a text or a choice; the same client_id twice arrives once. Returns the message's id. */
export async function send(token, { client_id, text, choice }) {
  const body = choice ? { client_id, choice } : { client_id, text };
  return (await call("POST", `${ROOT}/chat/messages`, { token, body })).id;
}

/** Send a photo, which is a message by itself. */
export function sendPhoto(token, { client_id, file }) {
  const form = new FormData();
  form.append("client_id", client_id);
  form.append("file", file, file.name || "photo");
  return call("POST", `${ROOT}/chat/attachments`, { token, form, patience: 120_000 });
}

/** Wait for messages after `after` (null: all, at once). */
export async function messages(token, after, signal) {
  const query = after === null ? "" : `?after=${after}&wait=${POLL}`;
  const answer = await call("GET", `${ROOT}/chat/messages${query}`, {
    token, signal, patience: (POLL + 15) * 1000,
  });
  return answer.messages;
}

/** Return a photo of this conversation. */
export async function attachment(token, id) {
  const response = await call("GET", `${ROOT}/chat/attachments/${id}`, { token, raw: true });
  return response.blob();
}
