// The field where the customer writes, and the photos beside it.

import { byId, el, grow, icon, isSendKey } from "../shared/dom.js";
import { canvasOf } from "../shared/photos.js";

const MOST_PHOTOS = 6;

/** Wire the form; `send({text, files})` is called with what the customer wrote. */
export class Composer {
  #files = [];

  constructor({ send, draft, onDraft }) {
    this.send = send;
    this.onDraft = onDraft;
    this.text = byId("text");
    this.picker = byId("files");
    this.text.value = draft;
    byId("composer").addEventListener("submit", (event) => { event.preventDefault(); this.#submit(); });
    this.text.addEventListener("keydown", (event) => {
      if (isSendKey(event)) { event.preventDefault(); this.#submit(); }
    });
    this.text.addEventListener("input", () => { this.onDraft(this.text.value); this.#refresh(); });
    this.text.addEventListener("paste", (event) => this.#paste(event));
    byId("pick").addEventListener("click", () => this.pickPhotos());
    this.picker.addEventListener("change", () => { this.#add([...this.picker.files]); this.picker.value = ""; });
    this.#refresh();
  }

  /** Open the file picker. */
  pickPhotos() {
    this.picker.click();
  }

  /** Put the cursor into the field. */
  focus() {
    this.text.focus({ preventScroll: true });
  }

  /** Throw away what was written. */
  clear() {
    this.text.value = "";
    this.onDraft("");
    this.#files = [];
    this.#complain("");
    this.#previews();
    this.#refresh();
  }

  #submit() {
    const text = this.text.value.trim();
    const files = this.#files.map(({ file }) => file);
    if (!text && !files.length) return;
    this.clear();
    this.focus();
    this.send({ text, files });
  }

  #paste(event) {
    const files = [...(event.clipboardData?.files ?? [])];
    if (!files.length) return;
    event.preventDefault();
    this.#add(files);
  }

  async #add(files) {
    this.#complain("");
    for (const file of files) {
      if (this.#files.length >= MOST_PHOTOS) { this.#complain(`一次最多发${MOST_PHOTOS}张照片。`); break; }
      const preview = await previewOf(file);
      if (preview) this.#files.push({ file, preview });
      else this.#complain(`“${file.name}”不是能打开的照片，请换一张 JPG 或 PNG。`);
    }
    this.#previews();
    this.#refresh();
    this.focus();
  }

  #previews() {
    const list = byId("previews");
    list.hidden = this.#files.length === 0;
    list.replaceChildren(...this.#files.map((entry, place) => {
      const drop = () => { this.#files.splice(this.#files.indexOf(entry), 1); this.#previews(); this.#refresh(); this.focus(); };
      const shut = el("button", { type: "button", "aria-label": `去掉第${place + 1}个`, on: { click: drop } }, icon("close"));
      return el("li", {}, entry.preview, shut);
    }));
  }

  #complain(text) {
    const line = byId("composer-error");
    line.textContent = text;
    line.hidden = !text;
  }

  #refresh() {
    byId("send").disabled = !this.text.value.trim() && this.#files.length === 0;
    grow(this.text, 148);
  }
}

/** Return a small picture of the file, its name for a document, or null when it is neither. */
async function previewOf(file) {
  if (isDocument(file)) return el("span", { class: "document" }, file.name);
  const canvas = await canvasOf(file, 160).catch(() => null);
  canvas?.setAttribute("aria-label", file.name || "照片");
  return canvas;
}

/** Tell whether the file is a document and no photo. */
export function isDocument(file) {
  return file.type === "application/pdf";
}
