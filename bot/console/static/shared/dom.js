// Building elements from data; text is always set as text, never as markup.

const SVG = "http://www.w3.org/2000/svg";

/** Return a new element: `class`, `data`, `on` and attributes from `props`, then its children. */
export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "class") node.className = value;
    else if (name === "data") Object.assign(node.dataset, value);
    else if (name === "on") listen(node, value);
    else if (value === true) node.setAttribute(name, "");
    else node.setAttribute(name, value);
  }
  node.append(...children.flat().filter((child) => child || child === 0));
  return node;
}

function listen(node, handlers) {
  for (const [event, handler] of Object.entries(handlers)) node.addEventListener(event, handler);
}

/** Return an icon of the sprite, hidden from screen readers. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  const use = document.createElementNS(SVG, "use");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  use.setAttribute("href", `/static/shared/icons.svg#${name}`);
  svg.append(use);
  return svg;
}

/** Return the element of that id; the page's own HTML has it. */
export function byId(id) {
  return document.getElementById(id);
}

/** Return the text as paragraphs, one a line, so that lines keep apart. */
export function paragraphs(text) {
  return String(text ?? "").split("\n").filter((line) => line.trim()).map((line) => el("p", {}, line));
}

/** Tell whether nothing of the text would be seen. */
export function isBlank(text) {
  return !/[\p{L}\p{N}\p{P}\p{S}]/u.test(text);
}

/** Return an id that nobody else will make, also where the page is not served over TLS. */
export function freshId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  return [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Tell whether this Enter sends: not with Shift, and not while an input method is composing. */
export function isSendKey(event) {
  return event.key === "Enter" && !event.shiftKey && !event.isComposing && event.keyCode !== 229;
}

/** Let a text field grow with its text, up to `most` pixels. */
export function grow(field, most) {
  field.style.height = "auto";
  field.style.height = `${Math.min(field.scrollHeight + 2, most)}px`;
}
