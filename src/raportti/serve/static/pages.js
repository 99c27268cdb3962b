// The pages: kept as they are now, zoomed, presented; after an edit only what changed is put in its place.
// @ts-check
import { onChange, say, announce, useStyle } from "./app.js";

const leaves = /** @type {HTMLElement | null} */ (document.getElementById("leaves"));
const zoom = /** @type {HTMLSelectElement | null} */ (document.getElementById("zoom"));
const presentButton = document.getElementById("present");

/** @param {string} markup @returns {HTMLElement} */
function elementOf(markup) {
  const found = new DOMParser().parseFromString(markup, "text/html").body.firstElementChild;
  if (!found) throw new Error("no element");
  return /** @type {HTMLElement} */ (document.importNode(found, true));
}

/** The languages that are shown beside each other, the first one first. */
const languages = (leaves?.dataset.languages ?? "").split(" ").filter((one) => one !== "");

/** The sheets of a language, by their number. @param {string} [language] */
function shown(language = languages[0]) {
  return [...(leaves?.querySelectorAll(`.sheet[data-of="${language}"]`) ?? [])].map((one) => /** @type {HTMLElement} */ (one));
}

/** Put a page in the place of what was there; a link that had the focus has it again. @param {HTMLElement} old @param {Element} fresh */
function replaceSheet(old, fresh) {
  const focused = old.contains(document.activeElement) ? document.activeElement?.getAttribute("href") : null;
  old.replaceWith(fresh);
  if (focused) /** @type {SVGElement | null} */ (fresh.querySelector(`[href="${CSS.escape(focused)}"]`))?.focus({ preventScroll: true });
}

/** Say whether a page differs from what it was when the program was started. @param {HTMLElement} leaf
 * @param {number | null} before its number then; 0: it is new, null: it is the same */
function mark(leaf, before) {
  const note = /** @type {HTMLElement | null} */ (leaf.querySelector(".mark.changed"));
  const button = /** @type {HTMLButtonElement | null} */ (leaf.querySelector("button.before"));
  if (note) note.hidden = before === null;
  if (!button) return;
  button.hidden = !before;
  button.dataset.before = String(before || "");
}

let running = false;
let again = false;

/** Bring the view to the present state, one after the other: an older answer never replaces a newer one. */
async function refresh() {
  if (!leaves) { location.reload(); return; }
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
  if (!leaves) return;
  const query = new URLSearchParams(languages.map((one, n) => [n === 0 ? "lang" : "with", one]));
  const answer = await fetch(`/pages/list?${query}`, { headers: { Accept: "application/json" } });
  if (!answer.ok) return;
  const list = await answer.json();
  for (const language of languages) {
    await useStyle(list[language].style);
    for (const page of list[language].pages) await bringUpPage(language, page);
  }
  const most = Math.max(...languages.map((one) => list[one].pages.length));
  for (const language of languages) {
    for (const extra of shown(language).slice(list[language].pages.length)) extra.remove();
  }
  for (const leaf of [...leaves.querySelectorAll(".leaf")].slice(most)) leaf.remove();
  const hint = document.getElementById("what-changed");
  if (hint) hint.hidden = list[languages[0]].pages.every((/** @type {Listed} */ page) => page.before === null);
  const count = document.getElementById("page-count");
  const sentence = say("pages", { n: list[languages[0]].pages.length });
  if (count && count.textContent !== sentence) { count.textContent = sentence; announce(sentence); }
}

/** @typedef {{number: number, hash: string, before: number | null}} Listed */

/** @param {string} language @param {Listed} page */
async function bringUpPage(language, page) {
  const { number, hash } = page;
  const old = shown(language)[number - 1];
  if (!old || old.dataset.hash !== hash) {
    const answer = await fetch(`/pages/${number}?lang=${language}${language === languages[0] ? "" : "&beside=1"}`);
    if (!answer.ok) { again = true; return; }
    const fresh = elementOf(await answer.text());
    if (old) replaceSheet(old, fresh);
    else leafOf(number).querySelector(".caption")?.before(fresh);
    leafOf(number).querySelector("button.before")?.setAttribute("aria-pressed", "false");
  }
  if (language === languages[0]) mark(leafOf(number), page.before);
}

/** The place of the pages of a number; a new one where there was none. @param {number} number @returns {HTMLElement} */
function leafOf(number) {
  const all = /** @type {HTMLElement[]} */ ([...(leaves?.querySelectorAll(".leaf") ?? [])]);
  if (all[number - 1]) return all[number - 1];
  const leaf = /** @type {HTMLElement} */ (all[0].cloneNode(true));
  for (const sheet of leaf.querySelectorAll(".sheet")) sheet.remove();
  leaf.dataset.number = String(number);
  leaf.setAttribute("aria-label", say("page", { page: number }));
  const which = leaf.querySelector(".caption .which");
  if (which) which.textContent = say("page", { page: number });
  leaves?.append(leaf);
  return leaf;
}

// A page as it was when the program was started, in its place, and back.
leaves?.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (!(button instanceof HTMLButtonElement) || !button.matches(".before")) return;
  event.preventDefault();
  void turn(button);
});
/** @param {HTMLButtonElement} button */
async function turn(button) {
  const leaf = /** @type {HTMLElement | null} */ (button.closest(".leaf"));
  const sheet = /** @type {HTMLElement | null} */ (leaf?.querySelector(".sheet:not(.second)") ?? null);
  if (!leaf || !sheet) return;
  const isBefore = button.getAttribute("aria-pressed") !== "true";
  const address = isBefore ? `/pages/${button.dataset.before}?at=start&lang=${languages[0]}` : `/pages/${leaf.dataset.number}?lang=${languages[0]}`;
  const answer = await fetch(address);
  if (!answer.ok) return;
  const fresh = elementOf(await answer.text());
  fresh.id = `page-${leaf.dataset.number}`;
  fresh.dataset.number = leaf.dataset.number;
  button.setAttribute("aria-pressed", String(isBefore));
  replaceSheet(sheet, fresh);
}

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
      presentButton.focus({ preventScroll: true });
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

if (!leaves?.dataset.isPast) onChange(refresh);
