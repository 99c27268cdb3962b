// Changes: the pages that change come when the rest is there; the journal follows what is done.
// @ts-check
import { onChange } from "./app.js";
import "./files.js";

/** @param {HTMLElement} place @param {string} address */
async function fill(place, address) {
  const answer = await fetch(address);
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").body;
  const focused = place.contains(document.activeElement) ? document.activeElement?.closest("[data-entry]")?.getAttribute("data-entry") : null;
  const open = new Set([...place.querySelectorAll("[data-entry] details[open]")].map((one) => one.closest("[data-entry]")?.getAttribute("data-entry")));
  place.replaceChildren(...[...fresh.childNodes].map((node) => document.importNode(node, true)));
  for (const entry of place.querySelectorAll("[data-entry]")) if (open.has(entry.getAttribute("data-entry"))) entry.querySelector("details")?.setAttribute("open", "");
  if (focused) /** @type {HTMLElement | null} */ (place.querySelector(`[data-entry="${CSS.escape(focused)}"] button, [data-entry="${CSS.escape(focused)}"] summary`))?.focus();
}

const pages = document.getElementById("changed-pages");
const journal = document.getElementById("journal");
if (pages?.dataset.address) fill(pages, pages.dataset.address);
onChange(() => { if (journal) fill(journal, `/changes/journal${window.location.search.includes("all=1") ? "?all=1" : ""}`); });
