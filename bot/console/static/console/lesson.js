// Under a customer's message: what the bot took it for and why, and a way to put that right.

import { el } from "../shared/dom.js";
import { correct, explain } from "./api.js";
import { ISSUES_OF, matterOf, nameOf, TYPES } from "./words.js";

/** Return a field that chooses an issue; `first` is what stands there before anything is chosen. */
export function issueField(label, first, chosen = "") {
  const option = (issue) => el("option", { value: issue, selected: issue === chosen }, matterOf(issue));
  return el(
    "select",
    { class: "choice", "aria-label": label },
    first !== null && el("option", { value: "" }, first),
    option("none"),
    Object.entries(ISSUES_OF).map(([type, issues]) => el("optgroup", { label: nameOf(TYPES, type) }, issues.map(option))),
  );
}

/** Return the button beside a message's time, and the panel that it unfolds. */
export function lesson(message, conversationId) {
  const panel = el("div", { class: "lesson", hidden: true });
  const button = el("button", {
    class: "why", type: "button", "aria-expanded": "false", title: "机器人怎么理解这句话",
    on: { click: toggle },
  }, "识别");

  async function toggle() {
    panel.hidden = !panel.hidden;
    button.setAttribute("aria-expanded", String(!panel.hidden));
    if (panel.hidden || panel.childElementCount) return;
    panel.append(el("p", { class: "lesson-note" }, "正在识别…"));
    try {
      const seen = await explain(message.text);
      panel.replaceChildren(judgement(seen), correction());
    } catch (error) {
      panel.replaceChildren(el("p", { class: "problem", role: "alert" }, error.message));
    }
  }

  function correction() {
    const field = issueField("其实是", "其实是…");
    const send = el("button", { class: "button button--small", type: "button", disabled: true }, "提交纠正");
    const problem = el("p", { class: "problem", role: "alert", hidden: true });
    const row = el("div", {}, el("p", { class: "lesson-row" }, field, send), el("p", { class: "lesson-note" }, "只用于训练，不改本次争议。"), problem);
    field.addEventListener("change", () => { send.disabled = !field.value; });
    send.addEventListener("click", async () => {
      send.disabled = true;
      try {
        await correct(conversationId, message.id, field.value === "none" ? [] : [field.value]);
        row.replaceChildren(el("p", { class: "lesson-note", role: "status" }, `已记下“${matterOf(field.value)}”，等待复核。`));
      } catch (error) {
        problem.textContent = error.message;
        problem.hidden = false;
        send.disabled = false;
      }
    });
    return row;
  }

  return { button, panel };
}

function judgement(seen) {
  const sure = seen.confident ? "有把握" : "没有把握";
  const issues = seen.issues.length ? seen.issues.map((one) => matterOf(one.issue)) : [matterOf("none")];
  const words = (seen.explanation ?? []).filter((one) => one.weight > 0);
  const most = words[0]?.weight ?? 1;
  return el(
    "div",
    {},
    el("p", {}, el("strong", {}, issues.join("、")), ` ${Math.round(seen.probability * 100)}%，${sure}`),
    words.length > 0 && el("p", { class: "lesson-words" }, "主要依据", words.map((one) => el("span", {
      class: "word", data: { weight: Math.max(1, Math.round((one.weight / most) * 3)) }, title: `权重 ${one.weight.toFixed(2)}`,
    }, one.word))),
  );
}
