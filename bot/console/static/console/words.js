// The house's codes in the words that staff use.

import { shortTime } from "../shared/time.js";

export const STATES = { queued: "排队中", with_person: "人工接待中", bot: "机器人处理中", closed: "已关闭" };
export const CHANNELS = { web: "网页", telegram: "Telegram", mail: "邮件", terminal: "终端" };
export const ROLES = { agent: "客服", supervisor: "主管", admin: "管理员" };
const APPROVERS = { agent: "客服可批", supervisor: "主管审批", admin: "管理员审批" };
export const TYPES = {
  quality: "商品质量", logistics: "发货物流", order_info: "订单信息", after_sales: "售后服务", amount: "订单金额", none: "无责退换",
  other: "其他诉求",
};
export const ISSUES = {
  defect: "瑕疵/故障", damaged: "到手破损", spoiled: "变质/过期", mismatch: "与描述不符", counterfeit: "疑似假货",
  not_shipped: "迟迟不发货", slow: "运输慢", no_tracking: "物流不更新", not_received: "没收到/丢件", courier: "快递服务差",
  address: "收货信息有误", spec: "规格数量下错", wrong_item: "发错货", missing_item: "少发漏发", invoice: "发票有误/漏开",
  system: "系统/录入错误", refund_delay: "退款/退换迟缓", refused: "拒绝退换赔", no_response: "无人响应", attitude: "态度恶劣",
  process: "流程不明", overcharge: "多收/少退", discount: "优惠未生效", price_drop: "降价/价保", double_charge: "重复扣款",
  fee: "运费/杂费争议", none: "无故障退换/取消", other: "其他诉求",
};
// What a message can be about, by type, for choosing.
export const ISSUES_OF = {
  quality: ["defect", "damaged", "spoiled", "mismatch", "counterfeit"],
  logistics: ["not_shipped", "slow", "no_tracking", "not_received", "courier"],
  order_info: ["address", "spec", "wrong_item", "missing_item", "invoice", "system"],
  after_sales: ["refund_delay", "refused", "no_response", "attitude", "process"],
  amount: ["overcharge", "discount", "price_drop", "double_charge", "fee"],
};
export const REMEDIES = {
  refund: "全额退款", return_refund: "退货退款", partial_refund: "部分退款（商品留用）", exchange: "换货", reship: "补发",
  repair: "免费维修", price_difference: "退差价", compensation: "补偿", goodwill: "心意补偿", coupon: "优惠券", freight: "退运费",
  expedite: "加急", trace: "快递核查", intercept: "拦截快递", correct_order: "修改订单", cancel: "取消订单", invoice: "补开/重开发票",
  explain: "解释说明", reject: "不予支持", handover: "转人工",
};
export const REMEDY_STATES = {
  proposed: "已提出", accepted: "顾客已接受", awaiting_approval: "待审批", approved: "已批准", executing: "办理中", done: "已办妥",
  failed: "办理失败", uncertain: "结果待核实", declined: "顾客未选", withdrawn: "已撤回", expired: "已过期",
};
export const DISPUTE_STATES = {
  open: "核对中", offered: "已给方案", awaiting_approval: "待审批", executing: "办理中", with_person: "人工处理", resolved: "已解决",
  rejected: "不予支持", withdrawn: "顾客撤回",
};
export const PARTIES = {
  shop: "本店", supplier: "供应商", warehouse: "仓库", carrier: "快递", installer: "安装方", payment: "支付方", platform: "平台",
  insurer: "保险", customer: "顾客", none: "无",
};
export const CAUSES = {
  supply_chain: "供应链管理不善", storage: "仓储环节", inspection: "质量检测不严", late_dispatch: "发货延误",
  tracking_gap: "物流信息更新不及时", poor_carrier: "物流公司服务差", customer_entry: "客户填写出错", system_fault: "系统故障",
  staff_entry: "人工录入错误", staff_training: "客服培训不足", unclear_process: "售后流程不明确", slow_handling: "处理时效低",
  amount_error: "金额结算有误", on_site_fee: "上门服务乱收费", price_change: "正常调价", change_of_mind: "客户改变主意", no_fault: "没有发现差错",
};
export const PROMISES = {
  ...REMEDIES, person: "人工答复", answer: "回复留言", approval: "审批答复", offer: "方案保留",
};
export const STANDINGS = { open: "进行中", nearing: "快到期", missed: "已超时" };
export const FREIGHT = { shop: "运费本店承担", customer: "退货运费顾客承担", none: "" };
export const ORDER_STATES = {
  unpaid: "待付款", paid: "待发货", shipped: "运输中", delivered: "已签收", completed: "已完成", cancelled: "已取消",
};
export const PAYMENT_STATES = { success: "成功", failed: "失败", refunded: "已退" };
export const RETURN_STATES = {
  requested: "申请中", approved: "待寄回", shipped: "寄回途中", received: "已收货待退款", refunded: "已退款", refused: "未通过",
};
export const INVOICE_STATES = { none: "未开", requested: "待开", issued: "已开", wrong: "有误" };

// Why a person is needed (policy §4.3), and how many minutes the customer may be left waiting.
const REASONS = {
  E1: ["人身安全", 1], E2: ["食品安全", 60], E3: ["监管或法律投诉", 240], E4: ["媒体曝光", 120], E5: ["需人工审批", 240],
  E6: ["反复未解决", 240], E7: ["情绪激动", 10], E8: ["要求人工", 1], E9: ["重点照顾的顾客", 10], E10: ["隐私或诈骗风险", 60],
  E11: ["疑似假货", 240], E12: ["需人工核查", 240], E13: ["机器人拿不准", 10], E14: ["心理危机", 1],
};
const RANKS = ["E14", "E1", "E2", "E10", "E3", "E4", "E7", "E9", "E8", "E13", "E6", "E5", "E11", "E12"];
const LEVELS = ["S", "L2", "L1"];

/** Return why a person is needed, in words. */
export function reasonWords(code) {
  return REASONS[code]?.[0] ?? "需要人工";
}

/** Tell whether somebody has waited longer than this reason allows. */
export function isLate(code, seconds) {
  return seconds > (REASONS[code]?.[1] ?? 60) * 60;
}

/** Compare two queued conversations: level, then reason, then who waits longer. */
export function byUrgency(one, other) {
  const place = (list, value) => (list.includes(value) ? list.indexOf(value) : list.length);
  return place(LEVELS, one.level) - place(LEVELS, other.level)
    || place(RANKS, one.reason) - place(RANKS, other.reason)
    || (other.waited_seconds ?? 0) - (one.waited_seconds ?? 0);
}

/** Return the issue's or type's name, or the code itself when it is new to this page. */
export function nameOf(words, code) {
  return words[code] ?? code ?? "";
}

/** Return who at least must approve a remedy. */
export function approverWords({ approver }) {
  return APPROVERS[approver] ?? "待审批";
}

/** Return what a dispute is about: one of `words`, which are TYPES or ISSUES.

 Where nothing is wrong and nothing is wished for it is a threat, a danger, abuse: no return.
 */
export function aboutOf(words, code, { wish }) {
  return nameOf(words, code === "none" && !wish ? "other" : code);
}

/** Return what a message is about, in words. */
export function matterOf(issue) {
  return issue === "none" ? "非纠纷" : nameOf(ISSUES, issue);
}

const SENT = { photo: "［照片］", file: "［文件］" };

/** Return a conversation's one line: the customer's latest words, and what it was handed over for. */
export function lineOf(conversation) {
  const { kind, text = "" } = conversation.last_message ?? {};
  const words = text ? `“${text}”` : SENT[kind] ?? "";
  const { what } = conversation.summary ?? {};
  const matter = what && conversation.summary.order_no ? what : ""; // else nothing but that a person was asked for
  return [words, matter].filter(Boolean).join(" · ");
}

/** Return who gets the money; the fingerprint behind # is for programs to compare. */
export function payeeWords(payee) {
  const [, tail, payment] = /^\**(\d*)#\w* ?(.*)$/.exec(payee) ?? [null, "", payee];
  return [tail && `手机尾号 ${tail} 的顾客`, payment && `原路退回 ${payment}`].filter(Boolean).join("，");
}

export const UNKNOWN_ORDER = "没查到这个订单";

/** Return a conversation's order at a glance: 尾号1234 · 玻璃杯等, or that there is none. */
export function orderWords({ order }) {
  if (!order) return "";
  const tail = `尾号${order.order_no.slice(-4)}`;
  return [tail, order.known ? order.goods : UNKNOWN_ORDER].filter(Boolean).join(" · ");
}

/** Return by when the customer was promised an answer: 最迟13:00前答复. */
export function answerWords({ answer_by: due }) {
  return due ? `${new Date(due) < new Date() ? "答复已超时，应在" : "最迟"}${shortTime(due)}前答复` : "";
}

/** Return what to call the customer. */
export function customerOf(conversation) {
  return conversation.customer_name || `顾客 ${conversation.id}`;
}
