// Remedies: what the customer gets, and the two buttons of whoever may approve it.

import { byId, el, isBlank } from "../shared/dom.js";
import { dayTime, yuan } from "../shared/time.js";
import { list, rows } from "./rows.js";
import { aboutOf, approverWords, FREIGHT, ISSUES, nameOf, payeeWords, reasonWords, REMEDIES, REMEDY_STATES } from "./words.js";

/** Return a remedy in words: 退货退款 ¥89.00（运费本店承担）. */
export function remedyWords(remedy) {
  const sum = remedy.amount_fen ? ` ${yuan(remedy.amount_fen)}` : "";
  const freight = FREIGHT[remedy.return_freight] ?? "";
  return `${nameOf(REMEDIES, remedy.kind)}${sum}${freight ? `（${freight}）` : ""}`;
}

/** Return one line of a dispute's remedies. */
export function remedyLine(remedy, judge) {
  return el(
    "li",
    { class: "remedy" },
    el("span", { class: "remedy-what" }, remedyWords(remedy)),
    el("span", { class: "badge", data: { state: remedy.state } }, remedy.refused ? "已拒绝" : nameOf(REMEDY_STATES, remedy.state)),
    remedy.refused && el("span", { class: "remedy-rule" }, `${remedy.refused.by}拒绝${remedy.refused.reason ? `：${remedy.refused.reason}` : ""}`),
    remedy.reason && el("span", { class: "remedy-rule" }, `放行理由：${remedy.reason}`),
    el("span", { class: "remedy-rule" }, `依据 ${remedy.rule} · 政策 ${remedy.policy_version}`),
    remedy.state === "awaiting_approval" && remedy.may_decide === false && el("span", { class: "remedy-rule" }, approverWords(remedy)),
    remedy.state === "awaiting_approval" && remedy.may_decide !== false && judgement(remedy, judge),
  );
}

/** Return a card of the approvals list; it is decided on while its own chat is `open` beside it. */
export function approvalCard(remedy, { judge, pick, open }) {
  const level = remedy.escalated?.level;
  const look = remedy.may_decide ? "查看并审批" : "看会话";
  return el(
    "article",
    { class: "approval", "aria-current": open ? "true" : null, data: { remedy: remedy.id }, on: { click: () => { if (!open) pick(remedy.conversation_id); } } },
    el("p", { class: "item-top" },
      el("span", { class: "item-name" }, remedyWords(remedy)),
      el("span", { class: "reason", title: level ?? null, data: { level: level ?? "L1" } }, approverWords(remedy))),
    el("p", { class: "item-line" }, [aboutOf(ISSUES, remedy.issue, remedy), `订单 ${remedy.order_no}`].join(" · ")),
    groundRows(remedy),
    el("p", { class: "item-aside" }, [remedy.escalated && reasonWords(remedy.escalated.reason), remedy.since && `${dayTime(remedy.since)}提交`].filter(Boolean).join(" · ")),
    open ? judgement(remedy, judge) : el("p", { class: "deeds judgement" }, el("button", { class: "button button--small", type: "button" }, look)),
  );
}

// The sum beside what was paid: 18 % of what, as anybody can work it out.
function shareWords({ amount_fen: sum, grounds: { goods_fen: goods, paid_fen: paid } }) {
  const base = goods ?? paid;
  if (!sum || !base) return null;
  const share = Math.round((sum / base) * 1000) / 10;
  return share === 100 ? `${yuan(sum)}，等于${goods ? "这些商品" : "整单"}实付` : `${yuan(sum)}，是${goods ? "这些商品" : "整单"}实付 ${yuan(base)} 的 ${share}%`;
}

function groundRows(remedy) {
  const { grounds, payee, expires_at: expires } = remedy;
  return rows([
    ["金额", shareWords(remedy)],
    ["商品", list(grounds.articles.map(({ title, quantity }) => `${title} ×${quantity}`))],
    ["顾客说", list(grounds.told.split("\n"))],
    ["同事说明", grounds.asked_by],
    ["依据", list(grounds.reasons)],
    ["凭证", grounds.photo ? "有照片，在会话里" : "没有照片"],
    ["实付", grounds.paid_fen !== null && yuan(grounds.paid_fen)],
    ["已给过", grounds.granted_fen !== null && yuan(grounds.granted_fen)],
    ["签收", grounds.signed_at && dayTime(grounds.signed_at)],
    ["收款", payee && payeeWords(payee)],
    ["答应答复", grounds.answer_by && `${dayTime(grounds.answer_by)}前`],
    ["有效期", expires && `${dayTime(expires)}前`],
  ]);
}

function judgement(remedy, judge) {
  const problem = el("p", { class: "problem", role: "alert", hidden: true });
  const missing = el("p", { class: "problem", role: "alert", hidden: true }, "请写明拒绝的理由，顾客会看到。");
  const reason = el("textarea", { required: true, on: { input: () => demand(false) }, rows: "2", maxlength: "500", "aria-label": "拒绝的理由，顾客会看到", placeholder: "拒绝的理由（顾客会看到）" });
  const approve = button("批准", "button--brand", () => settle("approve"));
  const refuse = button("拒绝", "button--danger", () => unfold(true));
  const send = button("确认拒绝", "button--danger", () => settle("refuse"));
  const cancel = button("取消", "button--quiet", () => unfold(false));
  const mine = remedy.may_decide !== false;
  const first = el("p", { class: "deeds" }, mine && [approve, refuse]);
  const second = el("div", { class: "refusal" });

  function unfold(open) {
    second.replaceChildren(...(open ? [reason, missing, el("p", { class: "deeds" }, send, cancel)] : []));
    first.hidden = open;
    if (open) reason.focus();
    else demand(false);
  }

  // The words come and go with the mistake, so that a screen reader says them each time.
  function demand(lacking) {
    missing.hidden = !lacking;
    reason.setAttribute("aria-invalid", String(lacking));
    if (lacking) reason.focus();
  }

  // Where a colleague was quicker, the card has gone by now, and the page says it.
  function tell(text) {
    const place = problem.isConnected ? problem : byId("notice");
    place.textContent = text;
    place.hidden = false;
  }

  async function settle(deed) {
    const why = reason.value.trim();
    if (deed === "refuse" && isBlank(why)) return demand(true);
    for (const one of [approve, refuse, send]) one.disabled = true;
    if (deed === "refuse") second.replaceChildren(); // nothing is being written any more
    try {
      await judge(remedy.id, deed, deed === "refuse" ? { reason: why } : seenOf(remedy));
    } catch (error) {
      tell(error.message);
      if (deed === "refuse") unfold(true);
      for (const one of [approve, refuse, send]) one.disabled = false;
    }
  }
  return el("div", { class: "judgement" }, first, second, problem);
}

// An approval is for exactly this: a remedy that is another by now is not released.
function seenOf({ kind, amount_fen, payee }) {
  return { kind, amount_fen, ...(payee ? { payee } : {}) };
}

function button(label, look, click) {
  return el("button", { class: `button button--small ${look}`, type: "button", on: { click } }, label);
}
