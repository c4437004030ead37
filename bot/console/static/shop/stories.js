// The cards of the demo shop's stories.

import { stories as fetchStories } from "./api.js";
import { byId, el } from "../shared/dom.js";

const TYPES = {
  quality: "商品质量",
  logistics: "发货物流",
  order_info: "订单信息",
  after_sales: "售后服务",
  amount: "订单金额",
  none: "其他",
};
const AGAIN = 3000; // milliseconds until the next try when the server is away

let chosen = null; // the type that the cards are limited to

/** Fetch the stories and show them, now and again; `begin(story)` is called for a click. */
export async function showStories(begin) {
  try {
    const stories = await fetchStories();
    note(stories.length ? "" : "这家店铺没有演示情景，直接在对话框里说明情况就可以。");
    const show = () => showCards(stories.filter((story) => chosen === null || story.dispute_type === chosen), begin);
    showChips(stories, show);
    show();
  } catch (error) {
    note(error.status ? error.message : "情景暂时没有载入，正在重试…");
    if (error.status !== 404) setTimeout(() => showStories(begin), AGAIN);
  }
}

function note(text) {
  byId("cards-note").textContent = text;
  byId("cards-note").hidden = !text;
}

function showChips(stories, show) {
  const present = Object.keys(TYPES).filter((type) => stories.some((story) => story.dispute_type === type));
  const row = byId("types");
  const chip = (type, label) => el("button", {
    class: "chip", type: "button", "aria-pressed": String(type === chosen), data: type ? { type } : {},
    on: { click: (event) => { chosen = type; press(row, event.currentTarget); show(); } },
  }, label);
  row.replaceChildren(chip(null, "全部"), ...present.map((type) => chip(type, TYPES[type])));
  row.hidden = present.length < 2;
}

function press(row, chosen) {
  for (const chip of row.children) chip.setAttribute("aria-pressed", String(chip === chosen));
}

function showCards(stories, begin) {
  byId("cards").replaceChildren(...stories.map((story) => el("li", {}, card(story, begin))));
}

function card(story, begin) {
  const data = { order: story.order_no, ...(story.dispute_type ? { type: story.dispute_type } : {}) };
  return el(
    "button",
    { class: "card", type: "button", data, on: { click: () => begin(story) } },
    el("span", { class: "card-top" },
      el("span", { class: "type" }, TYPES[story.dispute_type] ?? "其他"),
      el("span", { class: "card-order" }, story.order_no)),
    el("span", { class: "card-title" }, story.title),
    story.about && el("span", { class: "card-about" }, story.about),
    el("span", { class: "card-opening" }, story.opening),
  );
}

/** Return what a customer of this story should have at hand. */
export function sceneOf(story) {
  if (!story) return [];
  const parts = [`情景：${story.title}`, `订单 ${story.order_no}`];
  if (story.identity) parts.push("已登录");
  else if (story.phone_tail) parts.push(`手机尾号 ${story.phone_tail}`);
  return parts;
}
