// The left column: tabs with counts, and the list of the chosen one.

import { byId, el } from "../shared/dom.js";
import { lasting, shortTime } from "../shared/time.js";
import { Keyed, entry } from "./keyed.js";
import { promiseCard, recoveryCard } from "./casework.js";
import { approvalCard } from "./remedies.js";
import { Samples } from "./samples.js";
import { Search } from "./search.js";
import { answerWords, byUrgency, CHANNELS, customerOf, isLate, lineOf, nameOf, orderWords, reasonWords } from "./words.js";

const TABS = [
  ["queued", "排队"],
  ["mine", "我的会话"],
  ["bot", "机器人"],
  ["approvals", "待审批"],
  ["follow", "跟进"],
  ["closed", "已关闭"],
  ["samples", "样本"],
];
const KEY = "jiefen.tab";
const LOOKED = "jiefen.looked"; // when each conversation was last looked at
const MOST = 200; // rows that the server lists at most

/** Shows the tabs and lists of `desk`; `pick(id)` opens a conversation. */
export class Lists {
  #looked = JSON.parse(localStorage.getItem(LOOKED) ?? "{}");

  constructor(desk, { pick, judge }) {
    Object.assign(this, { desk, pick, judge });
    this.samples = new Samples(desk, pick);
    this.list = new Keyed(byId("list"));
    this.search = new Search(desk, () => { byId("list").scrollTop = 0; });
    this.tab = sessionStorage.getItem(KEY) ?? "queued";
    byId("tabs").replaceChildren(...TABS.map(([key, label]) => this.#tabButton(key, label)));
    byId("tabs").addEventListener("keydown", (event) => this.#arrows(event));
    byId("list").addEventListener("keydown", (event) => this.#walk(event));
    byId("list").addEventListener("focusin", (event) => { if (event.target.matches(".item")) this.#rove(event.target); });
    new MutationObserver(() => this.#rove()).observe(byId("list"), { childList: true });
    setInterval(() => this.#tick(), 1000);
  }

  /** Show another tab. */
  choose(tab, focus = false) {
    this.tab = tab;
    this.search.clear();
    sessionStorage.setItem(KEY, tab);
    if (tab === "samples") this.desk.refresh(); // nothing is pushed for these
    this.show();
    if (tab === "approvals") this.#openApproval();
    byId("list").scrollTop = 0;
    if (focus) byId(`tab-${tab}`).focus();
  }

  /** Show what the desk knows now. */
  show() {
    const counts = this.#counts();
    if (!this.#tabs.includes(this.tab)) this.tab = "queued";
    for (const [key] of TABS) {
      const tab = byId(`tab-${key}`);
      tab.hidden = !this.#tabs.includes(key);
      tab.setAttribute("aria-selected", String(key === this.tab));
      tab.tabIndex = key === this.tab ? 0 : -1;
      tab.querySelector(".tab-count").textContent = counts[key] >= MOST ? `${MOST}+` : counts[key];
    }
    byId("tab-mine").classList.toggle("tab--news", this.desk.mine.some((one) => this.#hasNews(one)));
    byId("tab-follow").classList.toggle("tab--news", this.desk.promises.some((one) => one.standing === "missed"));
    byId("list").setAttribute("aria-labelledby", `tab-${this.tab}`);
    this.list.fill(this.#content());
    byId("sought").textContent = this.desk.sought ? byId("list").querySelector(".list-head, .list-empty")?.textContent ?? "" : "";
  }

  // One item of the list is a stop for Tab; from there the arrows walk.
  #rove(to = null) {
    const items = [...byId("list").querySelectorAll(".item")];
    const stop = to ?? items.find((item) => item === document.activeElement)
      ?? items.find((item) => item.hasAttribute("aria-current")) ?? items[0];
    for (const item of items) item.tabIndex = item === stop ? 0 : -1;
  }

  /** Note that the open conversation was looked at. */
  look() {
    const { open } = this.desk;
    if (!open || document.hidden || this.#looked[open.id] === open.updated_at) return;
    this.#looked[open.id] = open.updated_at;
    const kept = Object.entries(this.#looked).sort(([, one], [, other]) => (one < other ? 1 : -1));
    localStorage.setItem(LOOKED, JSON.stringify(Object.fromEntries(kept.slice(0, MOST))));
  }

  // One of my chats that changed since I looked.
  #hasNews(one) {
    const isMine = one.state === "with_person" && one.owner.name === this.desk.me?.name;
    return isMine && one.id !== this.desk.openId && (this.#looked[one.id] ?? "") < one.updated_at;
  }

  /** Return the ids in the order in which they are listed. */
  get ids() {
    return [...byId("list").querySelectorAll(".item[data-id]")].map((item) => Number(item.dataset.id));
  }

  #counts() {
    const { lists, mine, approvals, promises, recoveries } = this.desk;
    const follow = promises.length + recoveries.length;
    return { follow, queued: lists.queued.length, mine: mine.length, bot: lists.bot.length, approvals: approvals.length, closed: lists.closed.length, samples: this.desk.samples.length };
  }

  #tabButton(key, label) {
    return el(
      "button",
      { class: "tab", type: "button", role: "tab", id: `tab-${key}`, "aria-controls": "list", data: { tab: key }, on: { click: () => this.choose(key) } },
      el("span", { class: "tab-count" }, "0"),
      el("span", {}, label),
    );
  }

  #arrows(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const tabs = this.#tabs;
    this.choose(tabs[(tabs.indexOf(this.tab) + step + tabs.length) % tabs.length], true);
  }

  // The tabs of whoever is signed in.
  get #tabs() {
    return TABS.map(([key]) => key).filter((key) => key !== "samples" || this.desk.mayReview);
  }

  #walk(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || event.altKey || event.target.matches("textarea, input")) return;
    const items = [...byId("list").querySelectorAll(".item")];
    items[items.indexOf(document.activeElement) + step]?.focus();
    event.preventDefault();
  }

  #content() {
    const { lists, mine, others, approvals, promises, recoveries, sought } = this.desk;
    if (sought) return this.#found(sought);
    switch (this.tab) {
      case "queued":
        return [
          ...this.#items([...lists.queued].sort(byUrgency), "现在没有人排队。"),
          ...(lists.queued.length >= MOST ? [words("p", "list-none", `这里列出最紧急的 ${MOST} 个，后面的接待之后会补上来。`)] : []),
        ];
      case "mine":
        return [
          ...this.#items([...mine].sort((one, other) => this.#hasNews(other) - this.#hasNews(one)), "您还没有接待中的会话。"),
          ...(others.length ? [words("h3", "list-head", `同事接待中 ${others.length}`), ...this.#items(others)] : []),
        ];
      case "approvals":
        return approvals.length
          ? approvals.map((remedy) => this.#approval(remedy))
          : [words("p", "list-empty", "没有等待审批的方案。")];
      case "follow":
        return [
          ...section("快到期和超时的承诺", promises.map((one) => entry(`promise ${one.id}`, one, () => promiseCard(one, this.pick))), "没有快到期的承诺。"),
          ...section("可以追偿的费用", recoveries.map((one) => entry(`recovery ${one.dispute_id}`, one, () => recoveryCard(one, this.pick))), "没有可以追偿的费用。"),
        ];
      case "samples":
        return this.samples.content();
      default:
        return this.#items(lists[this.tab], this.tab === "bot" ? "机器人手上没有会话。" : "还没有关闭的会话。");
    }
  }

  #found({ wanted, found, error }) {
    if (error) return [words("p", "list-empty", error)];
    if (found === null) return [words("p", "list-empty", "正在查找…")];
    const many = found.length >= MOST ? `找到的会话很多，列出最近的 ${MOST} 个` : `找到 ${found.length} 个会话`;
    const head = found.length ? [words("h3", "list-head", many)] : [];
    return [...head, ...this.#items(found, `没有找到“${wanted}”。可以只输订单号或手机号的后四位，或者换个说法。`)];
  }

  #approval(remedy) {
    const open = remedy.conversation_id === this.desk.open?.id;
    return entry(`remedy ${remedy.id}`, [remedy, open], () => approvalCard(remedy, { judge: this.judge, pick: this.pick, open }));
  }

  // Beside what is to be approved stands its own chat, never another customer's.
  #openApproval() {
    const chats = this.desk.approvals.map((one) => one.conversation_id);
    if (chats.length && !chats.includes(this.desk.openId) && isWide()) this.pick(chats[0]);
  }

  #items(conversations, empty) {
    if (!conversations.length) return empty ? [words("p", "list-empty", empty)] : [];
    return conversations.map((one) => {
      // The wait is counted on the page, without a word from the server.
      const shown = [{ ...one, waited_seconds: null }, this.#hasNews(one), one.id === this.desk.openId, this.#since(one)];
      return entry(`conversation ${one.id}`, shown, () => this.#item(one));
    });
  }

  #item(one) {
    const queued = one.state === "queued";
    const current = one.id === this.desk.openId;
    return el(
      "button",
      {
        class: this.#hasNews(one) ? "item item--news" : "item", type: "button", "aria-current": current ? "true" : null,
        data: { id: one.id, level: one.reason ? one.level ?? "L1" : "" },
        on: { click: () => this.pick(one.id) },
      },
      (queued || one.reason || one.undelivered > 0) && el("span", { class: "item-top" },
        (queued || one.reason) && el("span", { class: "reason", title: [one.reason, one.level].filter(Boolean).join(" "), data: { level: one.level ?? "L1" } }, reasonWords(one.reason)),
        one.undelivered > 0 && el("span", { class: "reason", title: "渠道没有确认送达，请打开会话查看" }, "有消息未送达"),
        queued && this.#waiting(one)),
      el("span", { class: "item-top" },
        el("span", { class: "item-name" }, customerOf(one), this.#hasNews(one) && el("span", { class: "visually-hidden" }, "（有新消息）")),
        el("span", { class: "item-aside" }, this.#since(one))),
      el("span", { class: "item-line" }, lineOf(one) || aside(one)),
      (one.order || one.answer_by) && el("span", { class: "item-foot" },
        el("span", { class: "item-order" }, orderWords(one)),
        el("span", { class: "item-due" }, answerWords(one))),
    );
  }

  #waiting(one) {
    const since = this.desk.readAt - (one.waited_seconds ?? 0) * 1000;
    return el("span", { class: "item-wait", data: { since, reason: one.reason ?? "" } }, waitWords(since));
  }

  #since(one) {
    const owner = one.state === "with_person" && one.owner.name !== this.desk.me?.name ? `${one.owner.name} · ` : "";
    return `${owner}${shortTime(one.last_message?.at ?? one.updated_at)}`;
  }

  #tick() {
    for (const wait of byId("list").querySelectorAll(".item-wait")) {
      const since = Number(wait.dataset.since);
      const words = waitWords(since);
      if (wait.textContent !== words) wait.textContent = words;
      wait.classList.toggle("item-wait--late", isLate(wait.dataset.reason, (Date.now() - since) / 1000));
    }
  }
}

/** Tell whether lists and chat stand side by side; at phone width a chat takes the list's place. */
export function isWide() {
  return innerWidth > 860;
}

function section(title, cards, empty) {
  return [
    words("h3", "list-head", cards.length ? `${title} ${cards.length}` : title),
    ...(cards.length ? cards : [words("p", "list-none", empty)]),
  ];
}

function words(tag, look, text) {
  return entry(`${look} ${text}`, text, () => el(tag, { class: look }, text));
}

function aside(one) {
  return `${nameOf(CHANNELS, one.channel)} · 会话 ${one.id}`;
}

function waitWords(since) {
  const told = lasting(since);
  return told === "刚刚" ? "刚刚进线" : `已等${told}`;
}
