// Photos drawn on a canvas: it needs no blob: address, which the content policy forbids.

import { el, icon } from "./dom.js";

const WIDEST = 1600; // pixels; enough to read a parcel's label

/** Return a canvas with the picture, at most `widest` pixels on its longer side; throws if none. */
export async function canvasOf(blob, widest = WIDEST) {
  const picture = await createImageBitmap(blob);
  const scale = Math.min(1, widest / Math.max(picture.width, picture.height));
  const canvas = el("canvas", { role: "img" });
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  return canvas;
}

/** Return a button that shows the photo once `load` has brought it, and opens it large. */
export function photo(load, label, onReady = () => {}) {
  const frame = el("button", { class: "photo photo--waiting", type: "button", "aria-label": label, disabled: true }, "照片载入中…");
  load().then((blob) => canvasOf(blob)).then(
    (canvas) => {
      canvas.setAttribute("aria-hidden", "true");
      frame.replaceChildren(canvas);
      frame.classList.remove("photo--waiting");
      frame.disabled = false;
      frame.addEventListener("click", () => enlarge(canvas, label));
      onReady();
    },
    () => { frame.textContent = "照片暂时打不开"; },
  );
  return frame;
}

function enlarge(canvas, label) {
  const large = el("canvas", { role: "img", "aria-label": label });
  large.width = canvas.width;
  large.height = canvas.height;
  large.getContext("2d").drawImage(canvas, 0, 0);
  const shut = el("button", { class: "icon-button", type: "button", "aria-label": "关闭大图" }, icon("close"));
  const viewer = el("dialog", { class: "viewer", "aria-label": label }, large, shut);
  viewer.addEventListener("click", () => viewer.close());
  viewer.addEventListener("close", () => viewer.remove());
  document.body.append(viewer);
  viewer.showModal();
}
