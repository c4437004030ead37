// The left column's last tab: what the bot shall learn, reviewed by people.

import { el } from "../shared/dom.js";
import { entry } from "./keyed.js";
import { learningEntries } from "./learning.js";
import { issueField } from "./lesson.js";
import { matterOf } from "./words.js";

/** Shows how far the learning is, and the examples of the desk. */
export class Samples {
  constructor(desk, pick) {
    Object.assign(this, { desk, pick });
  }

  /** Return what the list shows. */
  content() {
    const { samples, learning } = this.desk;
    const none = entry("no samples", null, () => el("p", { class: "list-empty" }, "没有待复核的样本。"));
    return [
      ...(learning ? learningEntries(this.desk) : []),
      ...(samples.length ? samples.map((one) => entry(`sample ${one.id}`, one, () => this.#build(one))) : [none]),
    ];
  }

  #build(sample) {
    const [primary = "none", ...more] = sample.issues;
    const first = issueField("主要问题", null, primary);
    const others = (more.length ? more : [""]).map(otherField);
    const problem = el("p", { class: "problem", role: "alert", hidden: true });
    const settle = (deed, body) => async () => {
      for (const one of buttons) one.disabled = true;
      try {
        await this.desk.review(sample.id, deed, body?.());
      } catch (error) {
        problem.textContent = error.message;
        problem.hidden = false;
        for (const one of buttons) one.disabled = false;
      }
    };
    const labels = () => ({ issues: [first, ...others].map((field) => field.value).filter((one, place, all) => one && one !== "none" && all.indexOf(one) === place) });
    const buttons = [
      el("button", { class: "button button--small button--brand", type: "button", on: { click: settle("accept", labels) } }, "采纳"),
      el("button", { class: "button button--small button--danger", type: "button", on: { click: settle("reject") } }, "不采纳"),
    ];
    return el(
      "article",
      { class: "approval", data: { sample: sample.id } },
      el("p", { class: "sample-text" }, sample.text),
      el("p", { class: "item-aside" }, [origin(sample), sample.said.primary && `模型判为${matterOf(sample.said.primary)}`].filter(Boolean).join(" · ")),
      el("div", { class: "sample-fields" }, first, others),
      el("p", { class: "deeds" }, buttons, sample.conversation_id && el("button", { class: "button button--small button--quiet", type: "button", on: { click: () => this.pick(sample.conversation_id) } }, "看会话")),
      problem,
    );
  }
}

function otherField(chosen) {
  const field = issueField("另有问题", "没有别的问题", chosen);
  field.querySelector('option[value="none"]').remove();
  return field;
}

function origin(sample) {
  return sample.origin === "correction" ? `${sample.suggested_by ?? "客服"}纠正` : "机器人没有把握";
}
