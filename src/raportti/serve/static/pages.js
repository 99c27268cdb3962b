// The pages: kept as they are now, zoomed, presented; after an edit only what changed is put in its place.
// @ts-check
import { onChange, say, announce } from "./app.js";

const leaves = /** @type {HTMLElement | null} */ (document.getElementById("leaves"));
const zoom = /** @type {HTMLSelectElement | null} */ (document.getElementById("zoom"));
const presentButton = document.getElementById("present");

/** @param {string} markup @returns {Element} */
function elementOf(markup) {
  const found = new DOMParser().parseFromString(markup, "text/html").body.firstElementChild;
  if (!found) throw new Error("no element");
  return document.importNode(found, true);
}

/** The sheets of the first language, by their number. */
function shown() {
  return [...(leaves?.querySelectorAll(".sheet:not(.second)") ?? [])].map((one) => /** @type {HTMLElement} */ (one));
}

function language() {
  return leaves?.dataset.language ?? "";
}

/** @type {Map<string, string>} The content of each page when the view was opened, by what it is a page of. */
const first = new Map(shown().map((sheet) => [sheet.dataset.key ?? "", sheet.dataset.print ?? ""]));
/** @type {Map<string, Element>} The last other look of a page, to see it as it was. */
const earlier = new Map();

/** Put a page in the place of what was there; a link that had the focus has it again. @param {HTMLElement} old @param {Element} fresh */
function replaceSheet(old, fresh) {
  const focused = old.contains(document.activeElement) ? document.activeElement?.getAttribute("href") : null;
  old.replaceWith(fresh);
  if (focused) /** @type {SVGElement | null} */ (fresh.querySelector(`[href="${CSS.escape(focused)}"]`))?.focus({ preventScroll: true });
}

/** @param {HTMLElement} leaf @param {HTMLElement} sheet */
function mark(leaf, sheet) {
  const key = sheet.dataset.key ?? "";
  const differs = first.get(key) !== sheet.dataset.print;
  const note = /** @type {HTMLElement | null} */ (leaf.querySelector(".mark.changed"));
  const before = /** @type {HTMLButtonElement | null} */ (leaf.querySelector("button.before"));
  if (note) note.hidden = !differs;
  if (before) before.hidden = !(differs && earlier.has(key));
}

/** @param {string} address */
async function useStyle(address) {
  const link = /** @type {HTMLLinkElement | null} */ (document.getElementById("sheet-style"));
  if (!link || link.getAttribute("href") === address) return;
  const fresh = /** @type {HTMLLinkElement} */ (link.cloneNode());
  fresh.href = address;
  const loaded = new Promise((done) => fresh.addEventListener("load", done, { once: true }));
  link.after(fresh);
  await loaded;
  link.remove();
}

let newest = Number(leaves?.dataset.number ?? 0);
let running = false;
let again = false;

/** Bring the view to the present state; an older answer never replaces a newer one. */
async function refresh() {
  if (!leaves) return;
  if (running) { again = true; return; }
  running = true;
  try {
    do {
      again = false;
      await bringUp();
    } while (again);
  } finally {
    running = false;
  }
}

async function bringUp() {
  const wanted = language();
  const second = leaves?.querySelector(".sheet.second");
  const answer = await fetch(`/pages/list?lang=${wanted}`, { headers: { Accept: "application/json" } });
  if (!answer.ok || !leaves) return;
  if (second || shown().length === 0) { location.reload(); return; }
  const list = await answer.json();
  if (list.number < newest) return;
  newest = list.number;
  await useStyle(list[wanted].style);
  const pages = list[wanted].pages;
  const held = shown();
  for (const page of pages) {
    const old = held[page.number - 1];
    if (old && old.dataset.hash === page.hash) continue;
    const text = await (await fetch(`/pages/${page.number}?lang=${wanted}`)).text();
    const fresh = /** @type {HTMLElement} */ (elementOf(text));
    if (old) {
      if (old.dataset.key === fresh.dataset.key) earlier.set(old.dataset.key ?? "", old.cloneNode(true));
      const leaf = /** @type {HTMLElement} */ (old.closest(".leaf"));
      replaceSheet(old, fresh);
      mark(leaf, fresh);
    } else {
      leaves.append(newLeaf(fresh, page.number));
    }
  }
  for (const extra of held.slice(pages.length)) extra.closest(".leaf")?.remove();
  const count = document.getElementById("page-count");
  const sentence = say("pages", { n: pages.length });
  if (count && count.textContent !== sentence) { count.textContent = sentence; announce(sentence); }
}

/** @param {HTMLElement} sheet @param {number} number */
function newLeaf(sheet, number) {
  const model = /** @type {HTMLElement} */ (leaves?.querySelector(".leaf")).cloneNode(true);
  const leaf = /** @type {HTMLElement} */ (model);
  leaf.dataset.number = String(number);
  leaf.setAttribute("aria-label", say("page", { page: number }));
  leaf.querySelector(".sheet")?.replaceWith(sheet);
  const caption = leaf.querySelector(".caption");
  if (caption?.firstChild) caption.firstChild.textContent = `${say("page", { page: number })} `;
  mark(leaf, sheet);
  return leaf;
}

leaves?.addEventListener("click", (event) => {
  const button = /** @type {HTMLElement} */ (event.target).closest?.("button.before");
  if (!button) return;
  const sheet = /** @type {HTMLElement | null} */ (button.closest(".leaf")?.querySelector(".sheet:not(.second)"));
  const other = sheet && earlier.get(sheet.dataset.key ?? "");
  if (!sheet || !other) return;
  earlier.set(sheet.dataset.key ?? "", sheet.cloneNode(true));
  const isBefore = button.getAttribute("aria-pressed") !== "true";
  button.setAttribute("aria-pressed", String(isBefore));
  replaceSheet(sheet, other);
});

zoom?.addEventListener("change", () => setZoom(zoom.value));
/** @param {string} value */
function setZoom(value) {
  leaves?.classList.toggle("fixed", value !== "fit");
  leaves?.style.setProperty("--zoom", value === "fit" ? "1" : value);
}

// Presenting: one page fills the screen; arrow keys, space, Home and End go through them, Escape ends it.
let at = 0;
/** @param {number} to */
function go(to) {
  const all = [...(leaves?.querySelectorAll(".leaf") ?? [])];
  at = Math.max(0, Math.min(all.length - 1, to));
  all.forEach((leaf, n) => leaf.classList.toggle("current", n === at));
}
if (presentButton && leaves) {
  presentButton.hidden = false;
  presentButton.addEventListener("click", async () => {
    const top = shown().findIndex((sheet) => sheet.getBoundingClientRect().bottom > 80);
    await leaves.requestFullscreen();
    go(Math.max(0, top));
  });
  document.addEventListener("fullscreenchange", () => {
    leaves.classList.toggle("presenting", document.fullscreenElement === leaves);
    if (!document.fullscreenElement) {
      const leaf = leaves.querySelectorAll(".leaf")[at];
      leaf?.scrollIntoView({ block: "center" });
      presentButton.focus();
    }
  });
  document.addEventListener("keydown", (event) => {
    if (document.fullscreenElement !== leaves) return;
    const steps = /** @type {Record<string, number>} */ ({ ArrowRight: 1, ArrowDown: 1, PageDown: 1, " ": 1, ArrowLeft: -1, ArrowUp: -1, PageUp: -1 });
    if (event.key in steps) go(at + steps[event.key]);
    else if (event.key === "Home") go(0);
    else if (event.key === "End") go(Infinity);
    else return;
    event.preventDefault();
  });
}

onChange(refresh);
