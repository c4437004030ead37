// The left column's last tab: what the bot shall learn, reviewed by people, and training anew.

import { el } from "../shared/dom.js";
import { dayTime } from "../shared/time.js";
import { entry } from "./keyed.js";
import { issueField } from "./lesson.js";
import { matterOf } from "./words.js";

const TRAINING = { none: "", running: "正在训练，约需一两分钟…", promoted: "训练完成，新模型已启用", refused: "新模型未启用" };

/** Shows the artefact in service and the examples of the desk. */
export class Samples {
  constructor(desk, pick) {
    Object.assign(this, { desk, pick });
  }

  /** Return what the list shows. */
  content() {
    const { samples, learning } = this.desk;
    const none = entry("no samples", null, () => el("p", { class: "list-empty" }, "没有待复核的样本。"));
    return [
      learning && entry("learning", learning, () => this.#head(learning)),
      ...(samples.length ? samples.map((one) => entry(`sample ${one.id}`, one, () => this.#build(one))) : [none]),
    ].filter(Boolean);
  }

  #head({ artefacts, training, examples }) {
    const current = artefacts.find((one) => one.current);
    const running = training.state === "running";
    return el(
      "section",
      { class: "approval learning" },
      el("p", { class: "item-top" },
        el("span", { class: "item-name" }, current ? `在用模型 ${current.id.slice(0, 8)}` : "还没有模型"),
        el("span", { class: "item-aside" }, current?.trained_at ? dayTime(current.trained_at) : "")),
      current && el("p", { class: "item-line" }, `学过 ${current.lines} 条，交叉验证宏平均 F1：大类 ${score(current, "type_macro_f1")}，问题 ${score(current, "issue_macro_f1")}`),
      el("p", { class: "item-aside" }, `已采纳 ${examples.accepted} 条，待复核 ${examples.pending} 条`),
      this.desk.mayTrain && el("p", { class: "deeds" }, el("button", {
        class: "button button--small button--brand", type: "button", id: "train", disabled: running,
        on: { click: (event) => this.#train(event.currentTarget) },
      }, "重新训练")),
      training.state !== "none" && el("p", { class: training.state === "refused" ? "problem" : "lesson-note", role: "status", title: training.line }, TRAINING[training.state], training.state === "refused" && el("small", {}, training.line)),
    );
  }

  async #train(button) {
    button.disabled = true;
    try {
      await this.desk.train();
    } catch (error) {
      button.parentElement.after(el("p", { class: "problem", role: "alert" }, error.message));
    }
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

function score(artefact, name) {
  return (artefact.scores[name] ?? 0).toFixed(2);
}
