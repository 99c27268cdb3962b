// The overview: every page small, drawn when the figures are there already; all of it new when the report has changed.
// @ts-check
import { onChange } from "./app.js";

/** @param {string} address */
async function documentAt(address) {
  const answer = await fetch(address);
  return answer.ok ? new DOMParser().parseFromString(await answer.text(), "text/html") : null;
}

let turn = 0;
async function showThumbnails() {
  const mine = ++turn;
  const fresh = await documentAt("/thumbnails");
  const place = document.getElementById("thumbnails");
  if (!fresh || !place || mine !== turn) return;
  // A page's style, which may be another one now, stands in the head: there the parser puts what a fragment begins with.
  const style = fresh.getElementById("sheet-style");
  const old = document.getElementById("sheet-style");
  if (style && old?.getAttribute("href") !== style.getAttribute("href")) { document.head.append(document.importNode(style, true)); old?.remove(); }
  style?.remove();
  place.replaceChildren(...[...fresh.body.childNodes].map((node) => document.importNode(node, true)));
}

onChange(async () => {
  const fresh = await documentAt("/");
  const old = document.querySelector("#content > .view");
  const now = fresh?.querySelector("#content > .view");
  const thumbnails = document.getElementById("thumbnails");
  if (!old || !now || !thumbnails) return;
  now.querySelector("#thumbnails")?.replaceWith(thumbnails);
  const focused = document.activeElement?.getAttribute("href");
  old.replaceWith(document.importNode(now, true));
  if (focused) /** @type {HTMLElement | null} */ (document.querySelector(`#content [href="${CSS.escape(focused)}"]`))?.focus();
  await showThumbnails();
});
showThumbnails();
