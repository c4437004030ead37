// Promises near their deadline, costs to claim back, and who is liable for a dispute.

import { el, isBlank } from "../shared/dom.js";
import { dayTime, yuan } from "../shared/time.js";
import { releasing } from "./releasing.js";
import { aboutOf, CAUSES, ISSUES, nameOf, PARTIES, PROMISES, REMEDIES, STANDINGS } from "./words.js";

/** Return a card of what a customer was promised. */
export function promiseCard(promise, pick) {
  const missed = promise.standing === "missed";
  return el(
    "article",
    { class: "approval", data: { promise: promise.id } },
    el("p", { class: "item-top" },
      el("span", { class: "item-name" }, nameOf(PROMISES, promise.what)),
      el("span", { class: "reason", data: { level: missed ? "S" : "L2" } }, nameOf(STANDINGS, promise.standing))),
    el("p", { class: "item-line" }, promise.said),
    el("p", { class: "item-aside" }, [promise.due_at ? `最迟 ${dayTime(promise.due_at)}` : "等顾客寄回后起算", promise.order_no && `订单 ${promise.order_no}`].filter(Boolean).join(" · ")),
    look(promise.conversation_id, pick),
  );
}

/** Return a card of a cost to claim back. */
export function recoveryCard(claim, pick) {
  const remedies = claim.remedies.map((kind) => nameOf(REMEDIES, kind)).join("、");
  return el(
    "article",
    { class: "approval", data: { recovery: claim.dispute_id } },
    el("p", { class: "item-top" },
      el("span", { class: "item-name" }, `向${nameOf(PARTIES, claim.against)}追偿${claim.amount_fen ? ` ${yuan(claim.amount_fen)}` : ""}`),
      claim.overdue && el("span", { class: "reason", data: { level: "S" } }, "已过期限")),
    claim.name && el("p", { class: "item-line" }, claim.name),
    el("p", { class: "item-line" }, [aboutOf(ISSUES, claim.issue, claim), remedies].join(" · ")),
    el("p", { class: "item-aside" }, [`最迟 ${dayTime(claim.deadline)}提出`, `订单 ${claim.order_no}`].join(" · ")),
    look(claim.conversation_id, pick),
  );
}

/** Return who is liable for a dispute, and what may be done about the case; `grant` and `release` are null where that is not mine. */
export function casePart(dispute, { overrule, grant, release, order }) {
  const blame = [
    dispute.liable && `对外 ${nameOf(PARTIES, dispute.liable)}`,
    dispute.cost_bearer && `承担 ${nameOf(PARTIES, dispute.cost_bearer)}`,
    dispute.cause && `成因 ${nameOf(CAUSES, dispute.cause)}`,
  ].filter(Boolean);
  const { reason = null, by = null } = dispute.liability ?? {};
  const place = el("div", { class: "case-form" });
  const deeds = el("p", { class: "deeds" },
    release && button("办理方案", "", () => unfold(releasing(dispute, release, { deedForm, button, unfold, done: fold }))),
    button("改判责任", "button--quiet", () => unfold(overruling(dispute, overrule, fold))),
    grant && dispute.order_no && !hasDamages(dispute) && button("倍数赔偿", "button--quiet", () => unfold(granting(dispute, grant, fold, order))),
    el("a", { class: "button button--small button--quiet", href: `/api/v1/disputes/${dispute.id}/dossier`, download: `dispute-${dispute.id}.html` }, "导出卷宗"));

  function unfold(form) {
    place.replaceChildren(form);
    deeds.hidden = true;
    form.querySelector("select, input, button")?.focus();
  }
  function fold() {
    place.replaceChildren();
    deeds.hidden = false;
  }
  return el(
    "div",
    { class: "liability" },
    blame.length > 0 && el("p", { class: "fact-note" }, blame.join(" · ")),
    reason && el("p", { class: "fact-note" }, reason),
    by && el("p", { class: "fact-note" }, `由${by}改判`),
    deeds,
    place,
  );
}

// A dispute gets them once; what came to nothing may be granted anew.
function hasDamages({ remedies = [] }) {
  return remedies.some((one) => one.rule === "statutory.multiple" && one.state !== "failed");
}

function overruling(dispute, overrule, done) {
  const fields = [
    choice("对客责任", "liable", PARTIES, dispute.liable ?? "shop"),
    choice("最终承担", "cost_bearer", PARTIES, dispute.cost_bearer ?? "none"),
    choice("可能成因", "cause", CAUSES, dispute.cause ?? "no_fault"),
  ];
  return deedForm("overrule", fields, "确认改判", (said) => overrule(dispute.id, said, done), done);
}

const THREEFOLD_AT_LEAST = 50_000; // fen
const TENFOLD_AT_LEAST = 100_000; // fen

// Beyond the price, which only the law gives: 消费者权益保护法55, 食品安全法148.
function granting(dispute, grant, done, order) {
  const paidFen = order ? order.payments.filter(({ status }) => status !== "failed").reduce((sum, one) => sum + one.amount_fen, 0) || null : null;
  const threefold = paidFen === null ? null : Math.max(3 * paidFen, THREEFOLD_AT_LEAST);
  const tenfold = paidFen === null ? null : Math.max(10 * paidFen, TENFOLD_AT_LEAST);
  const low = el("p", { class: "problem", role: "status", hidden: true });
  const warn = ({ target }) => {
    const fen = Math.round(Number(target.value) * 100);
    const lacking = threefold !== null && fen > 0 && fen < threefold;
    low.textContent = lacking ? `低于按整单算的法定最低额 ${yuan(threefold)}（只涉及部分商品时按该商品的价款算），请确认。` : "";
    low.hidden = !lacking;
  };
  const amount = el("input", { name: "amount", type: "number", min: "0.01", step: "0.01", required: true, inputmode: "decimal", on: { input: warn } });
  const fields = [
    el("p", { class: "fact-note" }, "三倍、十倍等法定赔偿，在价款之外另付，只由主管放行；放行后立即付给付款人，不能撤回。"),
    paidFen !== null && el("p", { class: "fact-note sums-of-law" }, `整单实付 ${yuan(paidFen)}。欺诈（消费者权益保护法第55条）三倍：${yuan(threefold)}，不足500元的按500元；不合格食品（食品安全法第148条）十倍：${yuan(tenfold)}，不足1000元的按1000元。`),
    el("label", {}, el("span", {}, "金额（元）"), amount),
    low,
  ];
  const send = ({ reason, amount: yuan }) => grant(dispute.id, { amount_fen: Math.round(Number(yuan) * 100), reason }, done);
  return deedForm("multiple", fields, "确认放行", send, done);
}

// `needs` tells of the form whether its reason must be written.
function deedForm(name, fields, label, send, done, needs = () => true) {
  const problem = el("p", { class: "problem", role: "alert", hidden: true });
  const reason = el("textarea", { name: "reason", rows: "2", maxlength: "500", required: needs(null), placeholder: needs(null) ? "写明理由，留在记录里" : "可不填，留在记录里" });
  const submit = el("button", { class: "button button--small button--brand", type: "submit" }, label);
  const form = el(
    "form",
    { class: `deed-form ${name}` },
    fields,
    el("label", {}, el("span", {}, "理由"), reason),
    el("p", { class: "deeds" }, submit, button("取消", "button--quiet", done)),
    problem,
  );
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (needs(form) && isBlank(reason.value)) {
      problem.textContent = "请写明理由。";
      problem.hidden = false;
      reason.focus();
      return;
    }
    submit.disabled = true;
    const said = Object.fromEntries(new FormData(form));
    try {
      await send({ ...said, reason: said.reason.trim() });
    } catch (error) {
      problem.textContent = error.message;
      problem.hidden = false;
      submit.disabled = false;
    }
  });
  return form;
}

function choice(label, name, words, chosen) {
  const known = chosen in words ? words : { [chosen]: chosen, ...words }; // never another instead
  const options = Object.entries(known).map(([value, word]) => el("option", { value, selected: value === chosen }, word));
  return el("label", {}, el("span", {}, label), el("select", { name }, options));
}

function look(conversationId, pick) {
  return el("p", { class: "deeds" }, button("看会话", "button--quiet", () => pick(conversationId)));
}

function button(label, look, click) {
  return el("button", { class: `button button--small ${look}`, type: "button", on: { click } }, label);
}
