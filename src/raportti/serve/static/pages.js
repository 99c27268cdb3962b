// The pages: kept as they are now, zoomed, presented; after an edit only what changed is put in its place.
// @ts-check
import { onChange, say, announce } from "./app.js";

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

/** What a page of a language is a page of. @param {HTMLElement} sheet */
function keyOf(sheet) {
  return `${sheet.dataset.of} ${sheet.dataset.key}`;
}

/** @type {Map<string, string>} The content of each page when the view was opened, by what it is a page of. */
const first = new Map(languages.flatMap((one) => shown(one)).map((sheet) => [keyOf(sheet), sheet.dataset.print ?? ""]));
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
  if (sheet.dataset.of !== languages[0]) return;
  const key = keyOf(sheet);
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
  const loaded = new Promise((done) => { for (const end of ["load", "error"]) fresh.addEventListener(end, done, { once: true }); });
  link.after(fresh);
  await loaded;
  link.remove();
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
    for (const page of list[language].pages) await bringUpPage(language, page.number, page.hash);
  }
  const most = Math.max(...languages.map((one) => list[one].pages.length));
  for (const language of languages) {
    for (const extra of shown(language).slice(list[language].pages.length)) extra.remove();
  }
  for (const leaf of [...leaves.querySelectorAll(".leaf")].slice(most)) leaf.remove();
  const count = document.getElementById("page-count");
  const sentence = say("pages", { n: list[languages[0]].pages.length });
  if (count && count.textContent !== sentence) { count.textContent = sentence; announce(sentence); }
}

/** @param {string} language @param {number} number @param {string} hash */
async function bringUpPage(language, number, hash) {
  const old = shown(language)[number - 1];
  if (old && old.dataset.hash === hash) return;
  const answer = await fetch(`/pages/${number}?lang=${language}${language === languages[0] ? "" : "&beside=1"}`);
  if (!answer.ok) { again = true; return; }
  const fresh = elementOf(await answer.text());
  if (!old) { leafOf(number).querySelector(".caption")?.before(fresh); mark(leafOf(number), fresh); return; }
  if (keyOf(old) === keyOf(fresh)) earlier.set(keyOf(old), /** @type {Element} */ (old.cloneNode(true)));
  const leaf = /** @type {HTMLElement} */ (old.closest(".leaf"));
  replaceSheet(old, fresh);
  mark(leaf, fresh);
  leaf.querySelector("button.before")?.setAttribute("aria-pressed", "false");
}

/** The place of the pages of a number; a new one where there was none. @param {number} number @returns {HTMLElement} */
function leafOf(number) {
  const all = /** @type {HTMLElement[]} */ ([...(leaves?.querySelectorAll(".leaf") ?? [])]);
  if (all[number - 1]) return all[number - 1];
  const leaf = /** @type {HTMLElement} */ (all[0].cloneNode(true));
  for (const sheet of leaf.querySelectorAll(".sheet")) sheet.remove();
  leaf.dataset.number = String(number);
  leaf.setAttribute("aria-label", say("page", { page: number }));
  const caption = leaf.querySelector(".caption");
  if (caption?.firstChild) caption.firstChild.textContent = `${say("page", { page: number })} `;
  leaves?.append(leaf);
  return leaf;
}

leaves?.addEventListener("click", (event) => {
  const button = /** @type {HTMLElement} */ (event.target).closest?.("button.before");
  if (!button) return;
  const sheet = /** @type {HTMLElement | null} */ (button.closest(".leaf")?.querySelector(".sheet:not(.second)"));
  const other = sheet && earlier.get(keyOf(sheet));
  if (!sheet || !other) return;
  earlier.set(keyOf(sheet), /** @type {Element} */ (sheet.cloneNode(true)));
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

onChange(refresh);
