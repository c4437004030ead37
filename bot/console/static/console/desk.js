// What the desk knows: lists, the open conversation, approvals; kept true by pushes and re-reading.

import * as api from "./api.js";

const PAUSES = [500, 1000, 2000, 4000, 8000]; // milliseconds between tries to connect
const CALM = 30_000; // milliseconds between reads when nothing is pushed
const HOT = ["queued", "with_person"];
const COOL = ["bot", "closed"];
// A busy desk pushes many times a second; each thing is read at most this often (milliseconds).
const EVERY = { open: 250, hot: 600, cool: 4000, learning: 5000 };
const REVIEW = "nlp:example:label";
const TRAIN = "nlp:artefact:promote";
const TAKE_OVER = "desk:conversation:take_over";
const GRANT_MULTIPLES = "desk:multiple:grant";

/** Events: lists, conversation {missing}, live {up}, signed-out. */
export class Desk extends EventTarget {
  #reads = {
    open: new Pacer(EVERY.open, () => this.#guarded(() => this.#readOpen())),
    hot: new Pacer(EVERY.hot, () => this.#guarded(() => this.#readLists(HOT, true))),
    cool: new Pacer(EVERY.cool, () => this.#guarded(() => this.#readLists(COOL, false))),
    sought: new Pacer(EVERY.cool, () => this.#guarded(() => this.#readSought())),
    learning: new Pacer(EVERY.learning, () => this.#guarded(() => this.#readLearning())),
  };
  #socket = null;
  #failures = 0;
  #calm = null;
  #running = false;

  constructor() {
    super();
    this.#forget();
    const refresh = () => { if (!document.hidden) this.refresh(); };
    document.addEventListener("visibilitychange", refresh);
    window.addEventListener("online", refresh);
  }

  /** Begin to listen and read everything; the first read may throw. */
  async start(me) {
    this.me = me;
    this.#running = true;
    this.#connect();
    this.#calm = setInterval(() => this.refresh(), CALM);
    await Promise.all([this.#readLists(HOT, true), this.#readLists(COOL, false), this.#readLearning()]);
  }

  /** Stop listening and forget everything. */
  stop() {
    this.#running = false;
    clearInterval(this.#calm);
    this.#socket?.close();
    this.#socket = null;
    this.#forget();
    this.show(null);
  }

  /** Read everything again soon. */
  refresh() {
    for (const read of Object.values(this.#reads)) read.soon();
  }

  /** Put a conversation on the page, or none. */
  async show(id) {
    this.openId = id;
    this.open = null;
    this.#tell("conversation");
    if (id !== null) await this.#guarded(() => this.#readOpen());
  }

  /** Look for conversations; "" ends the search. `sought` holds it: {wanted, found, error}. */
  async search(wanted) {
    this.sought = wanted ? { wanted, found: null, error: "" } : null;
    this.#tell("lists");
    await this.#guarded(() => this.#readSought()).catch(() => {});
  }

  /** Do something with the open conversation, then read it again; refusals are thrown. */
  act(deed, body) {
    const id = this.openId;
    return this.#andRead(() => api.act(id, deed, body));
  }

  /** Approve or refuse a remedy, then read again. */
  judge(remedyId, deed, body) {
    return this.#andRead(() => api.judge(remedyId, deed, body));
  }

  /** Say who is liable for a dispute, then read again; `done` comes between. */
  overrule(disputeId, found, done) {
    return this.#andRead(async () => {
      await api.overrule(disputeId, found);
      done();
    });
  }

  /** Grant damages beyond the price, then read again; `done` comes between. */
  grantMultiple(disputeId, granted, done) {
    return this.#andRead(async () => {
      await api.grantMultiple(disputeId, granted);
      done();
    });
  }

  /** Release a remedy that the policy allows, then read again; `done` comes between. */
  release(disputeId, seen, done) {
    return this.#andRead(async () => {
      await api.release(disputeId, seen);
      done();
    });
  }

  /** Accept or reject an example, then read again. */
  async review(exampleId, deed, body) {
    try {
      return await api.review(exampleId, deed, body);
    } finally {
      await this.#guarded(() => this.#readLearning()).catch(() => {});
    }
  }

  /** Train anew, then read again. */
  async train() {
    await api.train();
    await this.#guarded(() => this.#readLearning());
  }

  /** Go back to the artefact before, then read again. */
  async rollBack(artefact) {
    await api.rollBack(artefact);
    await this.#guarded(() => this.#readLearning());
  }

  /** Whether I decide what is learnt. */
  get mayReview() {
    return this.me?.permissions?.includes(REVIEW) ?? false;
  }

  /** Whether I may grant damages beyond the price. */
  get mayGrantMultiples() {
    return this.me?.permissions?.includes(GRANT_MULTIPLES) ?? false;
  }

  /** Whether I may take a chat from a colleague. */
  get mayTakeOver() {
    return this.me?.permissions?.includes(TAKE_OVER) ?? false;
  }

  /** Whether I may train anew. */
  get mayTrain() {
    return this.me?.permissions?.includes(TRAIN) ?? false;
  }

  /** My own conversations. */
  get mine() {
    return this.lists.with_person.filter((one) => one.owner.name === this.me?.name);
  }

  /** What other agents are dealing with. */
  get others() {
    return this.lists.with_person.filter((one) => one.owner.name !== this.me?.name);
  }

  /** Whether the open conversation is mine to answer. */
  get holds() {
    return this.open?.state === "with_person" && this.open.owner.name === this.me?.name;
  }

  #forget() {
    this.lists = { queued: [], with_person: [], bot: [], closed: [] };
    this.approvals = [];
    this.promises = [];
    this.recoveries = [];
    this.samples = [];
    this.sought = null;
    this.learning = null;
    this.open = null;
    this.openId = null;
    this.readAt = Date.now();
  }

  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }

  async #andRead(deed) {
    try {
      return await deed();
    } finally {
      await this.#guarded(() => Promise.all([this.#readOpen(), this.#readLists(HOT, true)])).catch(() => {});
    }
  }

  async #guarded(read) {
    if (!this.#running) return;
    try {
      await read();
    } catch (error) {
      if (error.status === 401 && this.#running) this.#tell("signed-out");
      throw error;
    }
  }

  async #readLists(states, withApprovals) {
    const [approvals, promises, recoveries, ...found] = await Promise.all([
      withApprovals ? api.approvals() : this.approvals,
      withApprovals ? api.promises() : this.promises,
      withApprovals ? this.recoveries : api.recoveries(),
      ...states.map(api.conversations),
    ]);
    states.forEach((state, place) => { this.lists[state] = found[place]; });
    Object.assign(this, withApprovals ? { approvals, promises } : { recoveries });
    this.readAt = Date.now();
    this.#tell("lists");
  }

  async #readSought() {
    const { sought } = this;
    if (!sought) return;
    try {
      Object.assign(sought, { found: await api.search(sought.wanted), error: "" });
    } catch (error) {
      sought.error = error.message;
      throw error;
    } finally {
      if (sought === this.sought) this.#tell("lists"); // else another was begun meanwhile
    }
  }

  async #readLearning() {
    if (!this.mayReview) return;
    [this.samples, this.learning] = await Promise.all([api.samples(), api.artefacts()]);
    this.#tell("lists");
    if (this.learning.training.state === "running") this.#reads.learning.soon();
  }

  async #readOpen() {
    const id = this.openId;
    if (id === null) return;
    const found = await api.conversation(id).catch((error) => {
      if (error.status === 404) return null;
      throw error;
    });
    if (id !== this.openId) return;
    this.open = found;
    this.#tell("conversation", { missing: found === null });
  }

  #connect() {
    const scheme = location.protocol === "https:" ? "wss:" : "ws:";
    const socket = new WebSocket(`${scheme}//${location.host}/api/v1/desk/ws`);
    this.#socket = socket;
    socket.addEventListener("open", () => {
      this.#failures = 0;
      this.#tell("live", { up: true });
      this.refresh(); // whatever was pushed while we were away
    });
    // Every hint reads the open conversation too: an approval changes it without a message.
    socket.addEventListener("message", () => this.refresh());
    socket.addEventListener("close", () => this.#lost(socket));
  }

  #lost(socket) {
    if (socket !== this.#socket || !this.#running) return;
    this.#tell("live", { up: false });
    const pause = PAUSES[Math.min(this.#failures++, PAUSES.length - 1)];
    setTimeout(() => { if (this.#running && socket === this.#socket) this.#connect(); }, pause);
    // A refused upgrade looks like a lost line: reading tells whether we are still signed in.
    this.#reads.hot.soon();
  }
}

/** Runs a read soon, but not twice at a time and not more often than `every`. */
class Pacer {
  #timer = null;
  #last = 0;
  #busy = false;

  constructor(every, read) {
    this.every = every;
    this.read = read;
  }

  /** Ask for a read; several askings before it happens are one. */
  soon() {
    this.#timer ??= setTimeout(() => this.#run(), Math.max(30, this.#last + this.every - Date.now()));
  }

  async #run() {
    this.#timer = null;
    if (this.#busy) return this.soon();
    this.#busy = true;
    this.#last = Date.now();
    await this.read().catch(() => {}); // the next push, or the calm read, tries again
    this.#busy = false;
  }
}
