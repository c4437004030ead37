// The buttons under a bot's message.

import { el, icon } from "../shared/dom.js";

const PLAIN = new Set(["confirm", "deny", "order", "evidence", "human"]);
const ICONS = { order: "order", evidence: "photo", human: "person", confirm: "check" };

/** Return the buttons of a message; `choose(option, button)` is called for a pick. */
export function optionRow(options, choose) {
  const remedies = options.filter((option) => !PLAIN.has(option.kind)).length;
  const buttons = options.map((option, place) => {
    const number = remedies > 1 && !PLAIN.has(option.kind) ? place + 1 : null;
    const button = el(
      "button",
      {
        class: `option option--${PLAIN.has(option.kind) ? option.kind : "remedy"}`,
        type: "button",
        "aria-label": option.label,
        data: { id: option.id, kind: option.kind },
        on: { click: () => choose(option, button) },
      },
      content(option, number),
    );
    return button;
  });
  return el("div", { class: "options", role: "group", "aria-label": "可以选择" }, buttons);
}

function content(option, number) {
  if (PLAIN.has(option.kind)) return [ICONS[option.kind] && icon(ICONS[option.kind]), el("span", {}, option.label)];
  const [what, aside] = split(option.label);
  return [
    number && el("span", { class: "option-number" }, String(number)),
    el("span", { class: "option-words" }, el("span", { class: "option-what" }, what), aside && el("small", {}, aside)),
    icon("next"),
  ];
}

// "退货退款 ¥89.00（运费我们承担）" → the deed, and who pays the way back on a line of its own.
function split(label) {
  const found = /^(.+?)（([^（）]+)）$/.exec(label);
  return found ? [found[1], found[2]] : [label, null];
}

/** Switch the buttons on or off; a picked one stays marked. */
export function setActive(row, active) {
  row.classList.toggle("options--past", !active);
  for (const button of row.children) button.disabled = !active;
}

/** Mark the button that was picked, by its label. */
export function markPicked(row, label) {
  const picked = [...row.children].find((button) => button.getAttribute("aria-label") === label);
  if (!picked) return false;
  picked.classList.add("option--picked");
  picked.setAttribute("aria-pressed", "true");
  return true;
}
