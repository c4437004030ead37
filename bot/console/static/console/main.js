// The staff's console: sign in, then lists, conversation and facts side by side.

import * as api from "./api.js";
import { Alerts } from "./alerts.js";
import { complain, showComplaintOf } from "./complaints.js";
import { Composer } from "./composer.js";
import { Desk } from "./desk.js";
import { showFacts } from "./facts.js";
import { isWide, Lists } from "./lists.js";
import { Talk } from "./talk.js";
import { nameOf, ROLES } from "./words.js";
import { byId, el } from "../shared/dom.js";

const desk = new Desk();
const talk = new Talk();
const judge = (id, deed, body) => desk.judge(id, deed, body);
const overrule = (id, found, done) => desk.overrule(id, found, done);
const grant = (id, granted, done) => desk.grantMultiple(id, granted, done);
const release = { options: api.options, grant: (id, chosen, done) => desk.release(id, { ...chosen, seen: talk.seen }, done) };
const lists = new Lists(desk, { pick, judge });
const alerts = new Alerts(() => { lists.choose("queued"); setView("list"); });
const composer = new Composer((mode, text, clientId) => (
  mode === "note" ? desk.act("note", { text, client_id: clientId }) : desk.act("reply", { text, client_id: clientId, seen: talk.seen })
));

// At phone width the three columns are views, one at a time.
function setView(view) {
  document.body.dataset.view = view;
}

function pick(id) {
  setView("talk");
  if (location.hash === `#c${id}`) showPicked();
  else location.hash = `c${id}`;
}

function showPicked() {
  const id = Number(/^#c(\d+)$/.exec(location.hash)?.[1] ?? 0) || null;
  if (id === desk.openId) return;
  setView(id ? "talk" : "list");
  desk.show(id).catch((error) => complain(id, error.message));
}

// Why the customer cannot be answered from here, and what to do about it.
function hintOf({ open, holds, mayTakeOver }) {
  if (!open || holds) return "";
  if (open.state === "closed") return "会话已结束，只能写备注";
  if (open.state !== "with_person") return "接待后才能回复顾客";
  return `${open.owner.name}正在接待，${mayTakeOver ? "接管后才能回复顾客" : "您只能写备注"}`;
}

// Whoever loses a chat while looking at it must not find out by a refused reply.
let held = null; // the id of the open chat while it is mine
let lost = null; // the id of the chat about whose loss the page speaks
function tellLoss({ open, openId, holds }) {
  if (!open) return;
  const anothers = open.state === "with_person" && !holds;
  if (anothers && held === openId) {
    lost = openId;
    complain(openId, `${open.owner.name}接管了这个会话，您现在不能回复顾客。`);
  } else if (!anothers && lost === openId) {
    lost = null;
    complain(openId, "");
  }
  held = holds ? openId : null;
}

function showDeeds() {
  const { open, holds } = desk;
  const anothers = open?.state === "with_person" && !holds;
  const deeds = [];
  if (open && open.state !== "closed") {
    if (!holds && (!anothers || desk.mayTakeOver)) {
      deeds.push(["take", anothers ? "接管" : "接待", "button--brand", "taken"]);
    }
    if (holds) {
      deeds.push(["return", "交还机器人", "", ""], ["close", "结束", "button--danger", ""]);
    }
  }
  byId("deeds").replaceChildren(...deeds.map(([deed, label, look]) => el("button", {
    class: `button button--small ${look}`, type: "button", data: { deed },
    on: { click: (event) => perform(deed, event.currentTarget) },
  }, label)));
}

// Nobody ends a chat over the customer's last words by a slip of the hand.
function askToClose() {
  const back = el("button", { class: "button button--small", type: "button", on: { click: () => { complain(desk.openId, ""); showDeeds(); } } }, "先不结束");
  const close = el("button", {
    class: "button button--small button--danger", type: "button", data: { deed: "close-anyway" },
    on: { click: (event) => perform("close", event.currentTarget, true) },
  }, "仍然结束");
  complain(desk.openId, "顾客最后说的话还没有人回复，确定结束会话吗？");
  byId("deeds").replaceChildren(back, close);
  back.focus();
}

function isUnanswered({ messages }) {
  const last = messages.findLast(({ from, kind }) => kind !== "note" && (from === "customer" || from === "agent"));
  return last?.from === "customer";
}

async function perform(deed, button, sure = false) {
  const id = desk.openId;
  if (deed === "close" && !sure && isUnanswered(desk.open)) return askToClose();
  button.disabled = true;
  complain(id, "");
  try {
    await desk.act(deed, deed === "close" ? { seen: talk.seen } : {});
    if (deed === "take" && desk.openId === id) composer.focus();
  } catch (error) {
    complain(id, error.message);
  }
  showDeeds();
}

desk.addEventListener("lists", () => {
  lists.show();
  const inView = lists.tab === "queued" && (document.body.dataset.view === "list" || isWide());
  alerts.update(desk.lists.queued.map((one) => one.id), inView);
});
let entering = false; // by keyboard: the chat's buttons and field must be the next stops
let deedsFor = "";
desk.addEventListener("conversation", ({ detail }) => {
  const missing = detail?.missing ?? false;
  if (missing) complain(desk.openId, "没有这个会话。");
  showComplaintOf(desk.openId);
  tellLoss(desk);
  composer.show(desk.openId, desk.holds, desk.open?.state, hintOf(desk));
  const print = `${desk.openId} ${desk.open?.state} ${desk.open?.owner.name} ${desk.open?.epoch}`;
  if (print !== deedsFor) showDeeds();
  deedsFor = print;
  showFacts(desk.open, { judge, overrule, grant: desk.mayGrantMultiples ? grant : null, release: desk.holds ? release : null });
  talk.show(desk, missing); // last: it scrolls to the end of a column as wide as it will be
  if (entering && desk.open) {
    entering = false;
    byId("talk-title").focus();
  }
  lists.look();
  lists.show();
});
desk.addEventListener("live", ({ detail: { up } }) => {
  byId("live").hidden = up;
  byId("live").textContent = up ? "" : "连接中断，正在重连…";
});
desk.addEventListener("signed-out", () => showGate("登录已过期，请重新登录。"));

window.addEventListener("hashchange", showPicked);
window.addEventListener("keydown", (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step || !event.altKey) return;
  event.preventDefault();
  const ids = lists.ids;
  const place = ids.indexOf(desk.openId);
  const next = place < 0 ? ids[0] : ids[place + step];
  if (next === undefined) return;
  entering = !byId("talk").contains(document.activeElement);
  pick(next);
});
for (const deed of ["pointerdown", "keydown"]) document.addEventListener(deed, () => { byId("notice").hidden = true; });
byId("to-list").addEventListener("click", () => setView("list"));
byId("to-facts").addEventListener("click", () => setView("facts"));
byId("facts-back").addEventListener("click", () => setView("talk"));
byId("sign-out").addEventListener("click", async () => {
  await api.signOut().catch(() => {});
  history.replaceState(null, "", location.pathname);
  showGate("");
});
byId("sign-in").addEventListener("submit", async (event) => {
  event.preventDefault();
  const { name, password } = event.target.elements;
  const button = event.target.querySelector("button");
  button.disabled = true;
  try {
    await enter(await api.signIn(name.value.trim(), password.value));
    password.value = "";
  } catch (error) {
    gateError(error.message);
  }
  button.disabled = false;
});

function gateError(text) {
  byId("gate-error").textContent = text;
  byId("gate-error").hidden = !text;
}

function showGate(text) {
  desk.stop();
  alerts.reset();
  byId("console").hidden = true;
  byId("gate").hidden = false;
  gateError(text);
  byId(byId("name").value ? "password" : "name").focus();
}

async function enter(me) {
  byId("gate").hidden = true;
  byId("console").hidden = false;
  gateError("");
  byId("me").replaceChildren(el("strong", {}, me.name), el("span", {}, nameOf(ROLES, me.role)));
  desk.openId = null;
  await desk.start(me).catch(() => desk.refresh());
  showPicked();
}

try {
  await enter(await api.me());
} catch (error) {
  showGate(error.status === 401 ? "" : error.message);
}
