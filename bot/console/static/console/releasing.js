// Releasing a remedy that the policy allows, in a chat that I hold.

import { el, freshId } from "../shared/dom.js";
import { approverWords } from "./words.js";

/** Return what unfolds below a dispute: first that it is looked up, then the options, or why there are none. */
export function releasing(dispute, { options, grant }, { deedForm, button, unfold, done }) {
  const waiting = el("div", { class: "deed-form" },
    el("p", { class: "fact-note", role: "status" }, "正在按订单现在的情况核对政策…"),
    el("p", { class: "deeds" }, button("取消", "button--quiet", done)));
  options(dispute.id).then(
    (found) => show(found.options.length ? choosing(found) : nothing(found.why)),
    (error) => show(nothing(error.message)),
  );
  return waiting;

  // Who thought better of it meanwhile, or turned to another chat, has put the place to other use.
  function show(form) {
    if (waiting.isConnected) unfold(form);
  }

  function nothing(why) {
    return el("div", { class: "deed-form" },
      el("p", { class: "problem", role: "alert" }, why),
      el("p", { class: "deeds" }, button("知道了", "button--quiet", done)));
  }

  function choosing({ options: found, reasons }) {
    const pressed = freshId();
    const chosen = (form) => found[Number(form?.elements.place.value)];
    const fields = [
      reasons.length > 0 && el("p", { class: "fact-note" }, reasons.join("")),
      el("fieldset", { class: "releasable" }, el("legend", {}, "按政策现在可以办理"), found.map(line)),
    ];
    const send = ({ place, reason }) => {
      const { choice, kind, amount_fen, return_freight } = found[Number(place)];
      return grant(dispute.id, { choice, kind, amount_fen, return_freight, reason, client_id: pressed }, done);
    };
    const needs = (form) => chosen(form)?.beware.length > 0;
    const form = deedForm("release", fields, "确认放行", send, done, needs);
    form.addEventListener("change", () => {
      form.querySelector("[type=submit]").textContent = chosen(form)?.approver ? "提交审批" : "确认放行";
      form.elements.reason.required = needs(form);
    });
    return form;
  }
}

function line(option, place) {
  return el("label", {},
    el("input", { type: "radio", name: "place", value: place, required: true }),
    el("span", {},
      el("strong", {}, option.label),
      option.within && el("small", {}, option.within),
      option.approver && el("small", {}, approverWords(option)),
      option.beware.map((told) => el("small", { class: "beware" }, `${told}，请写明理由`)),
      el("small", {}, `依据 ${option.rule}`)));
}
