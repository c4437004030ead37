// Puts a button into the shop's own page that opens the customer's chat in a frame.
//
//   <script src="https://KEFU.EXAMPLE/embed.js" async data-identity="…"></script>
//
// data-identity is optional: what the shop signed about who is logged in (README, HTTP).
(() => {
  "use strict";
  const { shop, origins } = {{settings}};
  const script = document.currentScript;
  const home = new URL(script.src).origin;
  const BEGUN = "jiefen.begun"; // kept by the page: a chat is there, whose answers are to be told
  const CHAT = "jiefen.chat"; // the same for the chat, where the browser lets a frame keep nothing
  const LATE = 12_000; // milliseconds until the customer is told that nothing comes
  const STYLE = `
    :host { all: initial !important; }
    [hidden] { display: none !important; }
    * { box-sizing: border-box; font: 400 15px/1.6 "PingFang SC", "HarmonyOS Sans SC", "MiSans",
      "Noto Sans SC", "Noto Sans CJK SC", "Microsoft YaHei", system-ui, sans-serif; }
    button { position: fixed; right: max(20px, env(safe-area-inset-right));
      bottom: max(20px, env(safe-area-inset-bottom)); z-index: 2147483001; display: flex;
      align-items: center; gap: 8px; min-height: 48px; margin: 0; padding: 0 20px 0 16px; border: 0;
      border-radius: 999px; background: #0f6a5a; color: #fff; cursor: pointer;
      box-shadow: 0 4px 18px rgb(0 0 0 / 22%); -webkit-tap-highlight-color: transparent; }
    button:hover { background: #0b5648; }
    button:focus-visible { outline: 3px solid #0f6a5a; outline-offset: 3px; }
    .word { font-weight: 600; }
    svg { width: 20px; height: 20px; fill: none; stroke: currentColor; stroke-width: 1.8;
      stroke-linecap: round; stroke-linejoin: round; }
    .count { min-width: 22px; padding: 0 6px; border-radius: 999px; background: #fff;
      color: #a3271c; font-size: 13px; font-weight: 700; line-height: 22px; text-align: center; }
    .told { position: fixed; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
    .panel { position: fixed; right: max(20px, env(safe-area-inset-right)); bottom: 82px;
      z-index: 2147483000; display: grid; width: 400px; max-width: calc(100vw - 40px);
      height: min(680px, calc(100vh - 102px)); border: 1px solid rgb(60 45 20 / 16%);
      border-radius: 18px; overflow: hidden; background: #fffdf9; color: #5d554a;
      box-shadow: 0 12px 40px rgb(0 0 0 / 22%); }
    .panel > * { grid-area: 1 / 1; }
    .panel p { place-self: center; margin: 0; padding: 24px; text-align: center; }
    iframe { display: block; width: 100%; height: 100%; border: 0; visibility: hidden; }
    .ready iframe { visibility: visible; }
    .ready p { visibility: hidden; }
    @media (prefers-color-scheme: dark) {
      .panel { border-color: #37322b; background: #201d19; color: #c3b9aa; }
      button:focus-visible { outline-color: #8ed8c5; }
    }
    @media (max-width: 600px), (max-height: 480px) {
      .panel { inset: 0; width: auto; max-width: none; height: 100%; border: 0; border-radius: 0; }
      .ready + button[aria-expanded="true"] { display: none; }
    }`;

  if (document.querySelector("jiefen-chat")) return;
  if (!origins.includes(location.origin)) {
    console.warn(`Jiefen: ${location.origin} is not in JIEFEN_EMBED_ORIGINS of ${home}`);
    return;
  }

  const word = el("span", { class: "word" }, "联系客服");
  const count = el("span", { class: "count", "aria-hidden": "true", hidden: "" });
  const told = el("span", { class: "told", role: "status" });
  const note = el("p", {});
  const frame = el("iframe", { title: `和${shop}客服的对话` });
  const panel = el("div", { class: "panel", id: "panel", role: "dialog", "aria-label": `${shop}客服`, hidden: "" }, note, frame);
  const button = el("button", { type: "button", "aria-expanded": "false", "aria-controls": "panel" }, bubble(), word, count);
  const small = matchMedia("(max-width: 600px), (max-height: 480px)");
  let ready = false;
  let late = 0;

  function el(tag, attributes, ...children) {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    node.append(...children);
    return node;
  }

  function bubble() {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    svg.setAttribute("viewBox", "0 0 24 24");
    svg.setAttribute("aria-hidden", "true");
    path.setAttribute("d", "M5 4.500h14a2 2 0 0 1 2 2v8.500a2 2 0 0 1-2 2h-7l-4.500 3.500V17H5a2 2 0 0 1-2-2V6.500a2 2 0 0 1 2-2zM8 9.200h8M8 12.500h5");
    svg.append(path);
    return svg;
  }

  // Where a policy forbids <style>, a sheet made by script is still allowed.
  function dress(root) {
    try {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(STYLE);
      root.adoptedStyleSheets = [sheet];
    } catch {
      root.append(el("style", {}, STYLE));
    }
  }

  function load() {
    if (ready || late) return;
    note.textContent = "正在打开对话…";
    frame.src = `${home}/chat#embedded`;
    late = setTimeout(() => { late = 0; note.textContent = "客服暂时连不上，请过一会儿再试。"; }, LATE);
  }

  function say(news) {
    frame.contentWindow?.postMessage(news, home);
  }

  function turn(open) {
    if (panel.hidden === !open) return;
    panel.hidden = !open;
    button.setAttribute("aria-expanded", String(open));
    word.textContent = open ? "收起对话" : "联系客服";
    fit();
    if (open) load();
    if (ready) say({ jiefen: "turn", open });
    if (open) frame.focus();
    else button.focus();
  }

  function tell(unread) {
    count.hidden = !unread;
    count.textContent = unread > 99 ? "99+" : String(unread);
    if (unread) button.setAttribute("aria-label", `联系客服，${unread}条新回复`);
    else button.removeAttribute("aria-label");
    told.textContent = unread ? `客服有${unread}条新回复` : "";
  }

  function remember(begun) {
    try {
      if (begun) localStorage.setItem(BEGUN, "1");
      else localStorage.removeItem(BEGUN);
    } catch {
      // Answers are told then only once the chat was opened.
    }
  }

  function wasBegun() {
    try {
      return localStorage.getItem(BEGUN) !== null;
    } catch {
      return false;
    }
  }

  function keep(key, text) {
    try {
      if (String(key).startsWith(CHAT)) localStorage.setItem(key, text);
    } catch {
      // The chat goes on, it only will not survive a reload.
    }
  }

  function kept() {
    try {
      return Object.fromEntries(Object.entries(localStorage).filter(([key]) => key.startsWith(CHAT)));
    } catch {
      return null;
    }
  }

  // On a phone the keyboard covers a frame of full height, and with it the field.
  function fit() {
    const seen = window.visualViewport;
    const fits = small.matches && seen && seen.scale === 1;
    panel.style.height = fits ? `${seen.height}px` : "";
    panel.style.top = fits ? `${seen.offsetTop}px` : "";
  }

  function hear({ source, origin, data }) {
    if (source !== frame.contentWindow || origin !== home) return;
    if (data?.jiefen === "ready") {
      clearTimeout(late);
      late = 0;
      ready = true;
      panel.classList.add("ready");
      say({
        jiefen: "hello",
        identity: script.dataset.identity ?? null,
        open: !panel.hidden,
        kept: data.keeps ? null : kept(),
      });
    } else if (data?.jiefen === "state") {
      tell(panel.hidden ? data.unread : 0);
      remember(data.begun);
    } else if (data?.jiefen === "keep") {
      keep(data.key, data.text);
    } else if (data?.jiefen === "shut") {
      turn(false);
    }
  }

  function put() {
    const here = document.createElement("jiefen-chat");
    const root = here.attachShadow({ mode: "open" });
    dress(root);
    root.append(panel, button, told);
    button.addEventListener("click", () => turn(panel.hidden));
    root.addEventListener("keydown", (event) => { if (event.key === "Escape") turn(false); });
    window.addEventListener("message", hear);
    small.addEventListener("change", fit);
    window.visualViewport?.addEventListener("resize", fit);
    window.visualViewport?.addEventListener("scroll", fit);
    document.body.append(here);
    if (wasBegun()) setTimeout(load, 1500);
  }

  if (document.body) put();
  else document.addEventListener("DOMContentLoaded", put);
})();
