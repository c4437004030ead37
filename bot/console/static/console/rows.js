// Facts set in rows: a name, and what is known of it.

import { el } from "../shared/dom.js";

/** Return lines as one text, or as a list where there are several. */
export function list(lines) {
  const given = (lines ?? []).filter(Boolean);
  if (!given.length) return null;
  return given.length === 1 ? given[0] : el("ul", { class: "plain" }, given.map((line) => el("li", {}, line)));
}

/** Return names and values in two columns, those without a value left out. */
export function rows(pairs, look = "") {
  const known = pairs.filter(([, value]) => value);
  return el("dl", { class: `rows ${look}` }, known.flatMap(([name, value]) => [el("dt", {}, name), el("dd", {}, value)]));
}
