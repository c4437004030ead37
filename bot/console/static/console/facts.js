// The right column: hand-over summary, disputes with remedies, the orders' facts.

import { byId, el } from "../shared/dom.js";
import { dayTime, yuan } from "../shared/time.js";
import { casePart } from "./casework.js";
import { remedyLine, remedyWords } from "./remedies.js";
import { list, rows } from "./rows.js";
import {
  answerWords, aboutOf, DISPUTE_STATES, INVOICE_STATES, ISSUES, nameOf, ORDER_STATES, PAYMENT_STATES, reasonWords, REMEDIES, RETURN_STATES,
  TYPES, UNKNOWN_ORDER,
} from "./words.js";

let printed = "";
let shownId = null;

/** Show what is known about the open conversation. */
export function showFacts(open, { judge, ...deeds }) {
  const body = byId("facts-body");
  byId("facts").hidden = open === null;
  const { summary = null, disputes = [], orders = [] } = open ?? {};
  const id = open?.id ?? null;
  const print = JSON.stringify([id, summary, open?.answer_by, disputes, orders, Boolean(deeds.release)]);
  // What is being written stays while its chat is open, and goes with it: it would act on that one.
  const writing = body.querySelector("textarea")?.value || body.querySelector(".deed-form");
  if (print === printed || (id === shownId && writing)) return;
  printed = print;
  shownId = id;
  body.replaceChildren(
    ...(summary ? [summarySection(summary, open)] : []),
    ...(disputes.length ? [section("纠纷与方案", disputes.map((one) => disputeCard(one, judge, { ...deeds, unknown: isUnknown(open, one), order: orders.find(({ order_no }) => order_no === one.order_no) })))] : []),
    ...(orders.length ? [section("订单", orders.map(orderCard))] : []),
    ...(summary || disputes.length || orders.length ? [] : [el("p", { class: "facts-empty" }, "还没有订单和纠纷。顾客报出订单号并核对身份后，资料会显示在这里。")]),
  );
}

function section(title, content) {
  return el("section", { class: "facts-section" }, el("h3", {}, title), content);
}

function summarySection(summary, open) {
  const tried = (summary.tried ?? []).map((kind) => nameOf(REMEDIES, kind));
  const declined = (summary.declined ?? []).map((kind) => nameOf(REMEDIES, kind));
  return section("交接摘要", el(
    "div",
    { class: "summary" },
    el("p", { class: "summary-what" }, summary.what ?? ""),
    summary.last_words && el("blockquote", {}, summary.last_words),
    rows([
      ["订单", summary.order_no && (summary.order_unknown ? `${summary.order_no}（${UNKNOWN_ORDER}）` : summary.order_no)],
      ["答应答复", answerWords(open)],
      ["凭证", summary.evidence],
      ["已核对", list(summary.facts)],
      ["判断", list(summary.reasons)],
      ["办过", tried.join("、")],
      ["顾客不要", declined.join("、")],
      ["政策允许", list((summary.allowed ?? []).map(remedyWords))],
    ]),
  ));
}

function disputeCard(dispute, judge, deeds) {
  const type = aboutOf(TYPES, dispute.type, dispute);
  const issues = dispute.issues?.length ? dispute.issues : [dispute.issue];
  const title = issues.map((issue) => aboutOf(ISSUES, issue, dispute)).join("、");
  return el(
    "article",
    { class: "fact-card", data: { type: dispute.type, dispute: dispute.id } },
    el("p", { class: "fact-top" },
      el("span", { class: "type" }, type),
      el("span", { class: "badge", data: { state: dispute.state } }, nameOf(DISPUTE_STATES, dispute.state))),
    title !== type && el("p", { class: "fact-title" }, title),
    el("p", { class: "fact-note" }, [dispute.order_no && (deeds.unknown ? `${dispute.order_no}（${UNKNOWN_ORDER}）` : dispute.order_no), dispute.opened_at && `${dayTime(dispute.opened_at)}提出`].filter(Boolean).join(" · ")),
    dispute.escalated && el("p", { class: "fact-note" }, `升级：${reasonWords(dispute.escalated.reason)}${dispute.escalated.level ? `（${dispute.escalated.level}）` : ""}`),
    dispute.remedies?.length > 0 && el("ul", { class: "remedies" }, dispute.remedies.map((one) => remedyLine(one, judge))),
    casePart(dispute, { ...deeds, grant: deeds.unknown ? null : deeds.grant }),
  );
}

// The shop's system was asked for the dispute's number, and knows no such order.
function isUnknown({ summary, order }, { order_no: number }) {
  return (summary?.order_unknown && summary.order_no === number) || (order?.known === false && order.order_no === number);
}

function orderCard(order) {
  return el(
    "article",
    { class: "fact-card", data: { order: order.order_no } },
    el("p", { class: "fact-top" }, el("strong", {}, order.order_no), el("span", { class: "badge" }, nameOf(ORDER_STATES, order.status))),
    el("ul", { class: "goods" }, order.lines.map(goodsLine)),
    rows([
      ["商品合计", yuan(order.goods_fen)],
      ...(order.discounts ?? []).map((one) => [one.name, one.applied ? `-${yuan(one.cut_fen)}` : `未生效（${yuan(one.cut_fen)}）`]),
      ["运费", order.freight_fen ? yuan(order.freight_fen) : "包邮"],
      ["付款", list((order.payments ?? []).map((one) => `${yuan(one.amount_fen)} ${one.method} ${nameOf(PAYMENT_STATES, one.status)} · ${dayTime(one.at)}`))],
      ["下单", dayTime(order.placed_at)],
      ["承诺发货", order.promised_ship_by && `${dayTime(order.promised_ship_by)}前`],
      ["承诺送达", order.promised_deliver_by && `${dayTime(order.promised_deliver_by)}前`],
      ["收货人", order.address && [order.address.name, order.address.phone].join(" ")],
      ["地址", order.address && [order.address.province, order.address.city, order.address.district, order.address.detail].filter((part, place, all) => part !== all[place - 1]).join("")],
      ["发票", order.invoice && `${nameOf(INVOICE_STATES, order.invoice.state)} · ${order.invoice.title}`],
      ["退货", list((order.returns ?? []).map((one) => `${one.no} ${nameOf(RETURN_STATES, one.state)} ${yuan(one.amount_fen)}`))],
    ], "sums"),
    (order.shipments ?? []).map(parcel),
  );
}

function goodsLine(line) {
  return el("li", {}, el("span", {}, line.quantity > 1 ? `${line.title} ×${line.quantity}` : line.title), el("span", { class: "sum" }, yuan(line.paid_fen)));
}

function parcel(shipment) {
  const events = [...(shipment.events ?? [])].sort((one, other) => new Date(other.at) - new Date(one.at));
  return el(
    "details",
    { class: "parcel", open: events.length > 0 },
    el("summary", {}, `${shipment.carrier} ${shipment.tracking_no}`, shipment.signed_by && el("small", {}, `签收人 ${shipment.signed_by}`)),
    el("ol", {}, events.map((event) => el("li", {}, el("time", { datetime: event.at }, dayTime(event.at)), el("span", {}, event.text)))),
  );
}
