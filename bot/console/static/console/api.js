// The staff's side of the HTTP contract; the session is a cookie.

import { call } from "../shared/http.js";

const ROOT = "/api/v1";

/** Return who is signed in. */
export function me() {
  return call("GET", `${ROOT}/staff/me`);
}

/** Sign in; the answer sets the cookie. */
export function signIn(name, password) {
  return call("POST", `${ROOT}/staff/sign-in`, { body: { name, password } });
}

/** End the session. */
export function signOut() {
  return call("POST", `${ROOT}/staff/sign-out`);
}

/** Return the conversations of a state: queued, with_person, bot or closed. */
export async function conversations(state) {
  return (await call("GET", `${ROOT}/conversations?state=${state}`)).conversations;
}

/** Return the conversations in which something is found. */
export async function search(wanted) {
  return (await call("GET", `${ROOT}/conversations?q=${encodeURIComponent(wanted)}`)).conversations;
}

/** Return a conversation with its messages, disputes and orders. */
export function conversation(id) {
  return call("GET", `${ROOT}/conversations/${id}`);
}

/** Do something with a conversation: take, return, close, reply or note. */
export function act(id, deed, body = {}) {
  return call("POST", `${ROOT}/conversations/${id}/${deed}`, { body });
}

/** Return the remedies that wait for approval. */
export async function approvals() {
  return (await call("GET", `${ROOT}/remedies?state=awaiting_approval`)).remedies;
}

/** Approve or refuse a remedy: what was seen of it, or the reason. */
export function judge(id, deed, body) {
  return call("POST", `${ROOT}/remedies/${id}/${deed}`, { body });
}

/** Return what customers were promised and is near or past its deadline. */
export async function promises() {
  return (await call("GET", `${ROOT}/promises?state=warned`)).promises;
}

/** Return what may be claimed back from carriers and suppliers. */
export async function recoveries() {
  return (await call("GET", `${ROOT}/recoveries`)).recoveries;
}

/** Say who is liable for a dispute: liable, cost_bearer, cause and reason. */
export function overrule(id, found) {
  return call("POST", `${ROOT}/disputes/${id}/liability`, { body: found });
}

/** Grant damages beyond the price: amount_fen and reason. */
export function grantMultiple(id, granted) {
  return call("POST", `${ROOT}/disputes/${id}/multiples`, { body: granted });
}

/** Return what the policy allows in a dispute now: options, reasons, or why there are none. */
export function options(id) {
  return call("GET", `${ROOT}/disputes/${id}/options`);
}

/** Release one of these options, just as it was seen. */
export function release(id, seen) {
  return call("POST", `${ROOT}/disputes/${id}/grant`, { body: seen });
}

/** Return a photo or file of a conversation. */
export async function attachment(id) {
  const response = await call("GET", `${ROOT}/attachments/${id}`, { raw: true });
  return response.blob();
}

/** Return what the bot makes of a text, with the words that weighed most. */
export function explain(text) {
  return call("POST", `${ROOT}/classify`, { body: { text, explain: true } });
}

/** Say what a customer's message was about: issues, the primary one first, none being empty. */
export function correct(conversationId, messageId, issues) {
  return call("POST", `${ROOT}/examples`, { body: { conversation_id: conversationId, message_id: messageId, issues } });
}

/** Return the examples that wait for review. */
export async function samples() {
  return (await call("GET", `${ROOT}/examples?state=pending`)).examples;
}

/** Accept an example with labels, or reject it. */
export function review(id, deed, body = {}) {
  return call("POST", `${ROOT}/examples/${id}/${deed}`, { body });
}

/** Return the artefacts, the latest training and the examples' counts. */
export function artefacts() {
  return call("GET", `${ROOT}/artefacts`);
}

/** Put the artefact before back into service, as it was shown. */
export function rollBack(artefact) {
  return call("POST", `${ROOT}/artefacts/rollback`, { body: { artefact } });
}

/** Train anew; the answer comes at once, the end shows in the artefacts. */
export function train() {
  return call("POST", `${ROOT}/artefacts/train`);
}
