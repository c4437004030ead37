// What must outlive a reload: the session, what was not sent yet, the draft, what was read.

const KEY = "jiefen.chat";
const EMPTY = { token: null, identity: null, story: null, unsent: [], draft: "", read: 0 };

let other = null; // what keeps in place of the browser's own store

/** Keep with this store from now on: `getItem` and `setItem`, as the browser's. */
export function keepWith(store) {
  other = store;
}

/** Return what was kept of this customer's chat ("" for whoever is not signed in), or an empty one.
 *
 * Who signs in goes on with what they had begun before, unless they have a chat of their own.
 */
export function recall(who = "") {
  const own = read(who);
  const begun = own.token || own.unsent.length;
  const before = who && !begun ? read("") : null;
  if (!before?.token) return own;
  keep(before, who);
  keep(blank());
  return before;
}

/** Keep it; photos cannot be kept and are left out. A full or forbidden store is no failure. */
export function keep(memory, who = "") {
  const unsent = memory.unsent.filter((item) => !item.file && !item.id)
    .map(({ client_id, text, choice, label, at }) => ({ client_id, text, choice, label, at }));
  try {
    (other ?? localStorage).setItem(keyOf(who), JSON.stringify({ ...memory, unsent }));
  } catch {
    // The chat goes on, it only will not survive a reload.
  }
}

/** Tell whether the browser lets this page keep anything; a frame in another site's page may be forbidden to. */
export function canKeep() {
  try {
    localStorage.setItem(`${KEY}?`, "");
    localStorage.removeItem(`${KEY}?`);
    return true;
  } catch {
    return false;
  }
}

/** Return a memory of nothing but the story that begins, and who is signed in. */
export function blank(story = null, identity = null) {
  return { ...EMPTY, unsent: [], story, identity: story?.identity ?? identity };
}

/** Return whose identity the shop signed, by the phone; "" when it is none. The server checks it. */
export function ownerOf(identity) {
  try {
    const [payload] = identity.split(".");
    return String(JSON.parse(atob(payload.replaceAll("-", "+").replaceAll("_", "/"))).phone ?? "");
  } catch {
    return "";
  }
}

function read(who) {
  try {
    return { ...EMPTY, unsent: [], ...JSON.parse((other ?? localStorage).getItem(keyOf(who)) ?? "{}") };
  } catch {
    return { ...EMPTY, unsent: [] };
  }
}

function keyOf(who) {
  return who ? `${KEY}.${who}` : KEY;
}
