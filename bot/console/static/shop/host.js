// The page of the shop's that shows this one in a frame; only pages of the given origins are heard.

/** Event: open. Without embed.js around it the page is always open, and nobody is told anything. */
export class Host extends EventTarget {
  #origin = null; // the host page's, once it has spoken
  isThere = window.parent !== window && location.hash === "#embedded";
  open = !this.isThere;
  store = null; // what the host page keeps for us, where the browser lets a frame keep nothing
  identity; // who the customer is, as the shop signed it: a promise of a text or null

  constructor(origins, keeps) {
    super();
    this.identity = this.isThere ? this.#listen(origins, keeps) : Promise.resolve(null);
  }

  /** Tell the host page how the chat stands. */
  tell(news) {
    if (this.#origin) window.parent.postMessage(news, this.#origin);
  }

  /** Ask the host page to close the frame. */
  shut() {
    this.tell({ jiefen: "shut" });
  }

  #listen(origins, keeps) {
    return new Promise((greeted) => {
      window.addEventListener("message", ({ source, origin, data }) => {
        if (source !== window.parent || !origins.includes(origin)) return;
        if (data?.jiefen === "hello") {
          this.#origin = origin;
          this.store = data.kept ? this.#storeOver(new Map(Object.entries(data.kept))) : null;
          greeted(typeof data.identity === "string" ? data.identity : null);
        }
        if (typeof data?.open === "boolean") this.#turn(data.open);
      });
      // No secret is in it, and whose page it is, is not known yet.
      window.parent.postMessage({ jiefen: "ready", keeps }, "*");
    });
  }

  #storeOver(kept) {
    const put = (key, text) => {
      kept.set(key, text);
      this.tell({ jiefen: "keep", key, text });
    };
    return { getItem: (key) => kept.get(key) ?? null, setItem: put };
  }

  #turn(open) {
    this.open = open;
    if (open) this.dispatchEvent(new Event("open"));
  }
}
