// What must outlive a reload: the session, what was not sent yet, the draft.

const KEY = "jiefen.chat";
const EMPTY = { token: null, identity: null, story: null, unsent: [], draft: "" };

/** Return what was kept, or an empty memory. */
export function recall() {
  try {
    return { ...EMPTY, ...JSON.parse(localStorage.getItem(KEY) ?? "{}") };
  } catch {
    return { ...EMPTY };
  }
}

/** Keep it; photos cannot be kept and are left out. A full or forbidden store is no failure. */
export function keep(memory) {
  const unsent = memory.unsent.filter((item) => !item.file && !item.id)
    .map(({ client_id, text, choice, label, at }) => ({ client_id, text, choice, label, at }));
  try {
    localStorage.setItem(KEY, JSON.stringify({ ...memory, unsent }));
  } catch {
    // The chat goes on, it only will not survive a reload.
  }
}

/** Return a memory of nothing but the story that begins. */
export function blank(story = null) {
  return { ...EMPTY, unsent: [], story, identity: story?.identity ?? null };
}
