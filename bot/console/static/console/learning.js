// The artefact in service, training another, and the way back to the one before.

import { el } from "../shared/dom.js";
import { dayTime } from "../shared/time.js";
import { entry } from "./keyed.js";

const STAGES = {
  "reading the corpus": "读取语料", reading: "分词", learning: "学习", "learning answers": "学习短答",
  storing: "保存", done: "保存", comparing: "与在用模型比对",
};
const SHOWN = 5;
const PLACES = 3; // lost cases that are named

/** Return the list's entries: what is in service and trained, then earlier ones; apart, so that these stay unfolded. */
export function learningEntries(desk) {
  const { artefacts, earlier } = desk.learning;
  return [
    entry("learning", [desk.learning, desk.mayTrain], () => head(desk)),
    ...(artefacts.length > 1 ? [entry("artefacts", [artefacts, earlier, desk.mayTrain], () => history(desk))] : []),
  ];
}

function head(desk) {
  const { artefacts, training, examples } = desk.learning;
  const current = artefacts.find((one) => one.current);
  return el(
    "section",
    { class: "approval learning" },
    el("p", { class: "item-top" },
      el("span", { class: "item-name" }, current ? `在用模型 ${short(current.id)}` : "还没有模型"),
      el("span", { class: "item-aside" }, current?.trained_at ? dayTime(current.trained_at) : "")),
    current && el("p", { class: "item-line" }, `学过 ${current.lines} 条，${scores(current)}`),
    el("p", { class: "item-aside" }, `已采纳 ${examples.accepted} 条，待复核 ${examples.pending} 条`),
    desk.mayTrain && el("p", { class: "deeds" }, deed("重新训练", "button--brand", () => desk.train(), { id: "train", disabled: training.state === "running" })),
    training.state !== "none" && told(training),
  );
}

function told(training) {
  if (training.state === "running") {
    const stage = STAGES[training.stage] ?? "准备";
    return el("div", { class: "lesson-note", role: "status" },
      el("p", {}, `正在训练：${stage}，约需一两分钟，其间照常接待`),
      el("progress", { max: 1, value: training.done, "aria-label": "训练进度" }));
  }
  const refused = training.state === "refused";
  const { comparison } = training;
  return el("div", { class: refused ? "problem" : "lesson-note", role: "status" },
    el("p", {}, refused ? "新模型未启用，在用的不变" : "训练完成，新模型已启用"),
    comparison && comparing(comparison).map((line) => el("small", {}, line)),
    refused && !comparison && el("small", {}, training.line));
}

function comparing({ lines, answers, broken, current }) {
  return [
    `固定考题 ${tally(lines, current)}`,
    `短答考题 ${tally(answers, current)}`,
    broken.length > 0 && `必须答对的例句答错 ${broken.length} 条：${broken.slice(0, PLACES).join("、")}`,
  ].filter(Boolean);
}

function tally({ rows, candidate_right, current_right, won, lost }, current) {
  const alone = `${rows} 条：新模型对 ${candidate_right} 条`;
  return current ? `${alone}，原模型对 ${current_right} 条（新答对 ${won}，新答错 ${lost}）` : alone;
}

function history(desk) {
  const { artefacts, earlier } = desk.learning;
  const newest = artefacts.slice(-SHOWN);
  const shown = artefacts.filter((one) => one.current || one.id === earlier || newest.includes(one)).reverse();
  return el("details", { class: "approval learning" },
    el("summary", {}, `历次模型 ${artefacts.length} 个`),
    shown.map((one) => el("div", { class: "artefact" },
      el("p", { class: "item-top" },
        el("span", { class: "item-name" }, short(one.id), one.current && el("span", { class: "badge", data: { state: "done" } }, "在用")),
        el("span", { class: "item-aside" }, one.trained_at ? dayTime(one.trained_at) : "")),
      el("p", { class: "item-line" }, `学过 ${one.lines} 条，${scores(one)}`),
      desk.mayTrain && one.id === earlier && el("p", { class: "deeds" }, deed("换回这个模型", "button--quiet", () => desk.rollBack(one.id))))));
}

/** A button that does something once; what went wrong is told below it. */
function deed(label, look, work, more = {}) {
  const press = async ({ currentTarget: button }) => {
    button.disabled = true;
    try {
      await work();
    } catch (error) {
      button.disabled = false;
      button.parentElement.after(el("p", { class: "problem", role: "alert" }, error.message));
    }
  };
  return el("button", { class: `button button--small ${look}`, type: "button", on: { click: press }, ...more }, label);
}

function short(id) {
  return id.slice(0, 8);
}

function scores(artefact) {
  const score = (name) => (artefact.scores[name] ?? 0).toFixed(2);
  return `交叉验证宏平均 F1：大类 ${score("type_macro_f1")}，问题 ${score("issue_macro_f1")}`;
}
