// Files: a document is made while its passes are told, then taken; a file may be dropped; choices are counted.
// Without script all of it works by forms and links.
// @ts-check
import { announce, say } from "./app.js";

const GLANCE = 300;

/** @param {HTMLElement} output @param {string} address */
function watchStage(output, address) {
  const place = /** @type {HTMLElement | null} */ (output.querySelector("[data-stage]"));
  const timer = window.setInterval(async () => {
    const answer = await fetch(address, { headers: { Accept: "application/json" } }).catch(() => null);
    const stage = answer?.ok ? (await answer.json()).stage : "";
    if (place && stage && !place.hidden) place.textContent = stage;
  }, GLANCE);
  if (place) { place.textContent = "…"; place.hidden = false; }
  return () => { window.clearInterval(timer); if (place) { place.hidden = true; place.textContent = ""; } };
}

/** @param {HTMLElement} place @param {string} markup */
function put(place, markup) {
  const fresh = new DOMParser().parseFromString(markup, "text/html").body;
  place.replaceChildren(...[...fresh.childNodes].map((node) => document.importNode(node, true)));
}

/** @param {HTMLElement} place @param {string[]} problems */
function putProblems(place, problems) {
  const list = document.createElement("ul");
  list.className = "plain-list";
  list.append(...problems.map((text) => Object.assign(document.createElement("li"), { className: "error", textContent: text })));
  place.replaceChildren(list);
}

/** Make a document, show what is said of it, take it, then look for faults in it. @param {HTMLFormElement} form @param {HTMLElement} output */
async function make(form, output) {
  const kind = output.dataset.kind ?? "";
  const place = /** @type {HTMLElement} */ (output.querySelector("[data-said]"));
  const button = /** @type {HTMLButtonElement} */ (output.querySelector("button"));
  const query = new URLSearchParams([...new FormData(form)].filter(([, value]) => value !== "").map(([name, value]) => [name, String(value)]));
  button.setAttribute("aria-busy", "true");
  button.setAttribute("aria-disabled", "true");
  const end = watchStage(output, `/files/stage/${kind}?${query}`);
  try {
    const answer = await fetch(`/files/make/${kind}?${query}`, { headers: { Accept: "application/json" } });
    const said = await answer.json();
    announce(said.message);
    if (!answer.ok) { putProblems(place, said.problems ?? [said.message]); return; }
    put(place, said.said);
    window.location.assign(said.address);
    if (said.inspection) await inspect(place, said.inspection);
  } catch {
    announce(say("unsaved"));
  } finally {
    end();
    button.removeAttribute("aria-busy");
    button.removeAttribute("aria-disabled");
  }
}

/** @param {HTMLElement} place @param {string} address */
async function inspect(place, address) {
  const answer = await fetch(address, { headers: { Accept: "application/json" } });
  if (!answer.ok) return;
  const { said } = await answer.json();
  put(place, said);
  const found = place.querySelector(".error, .fine");
  if (found?.textContent) announce(found.textContent);
}

for (const id of ["documents", "workbook"]) {
  const form = /** @type {HTMLFormElement | null} */ (document.getElementById(id));
  form?.addEventListener("submit", (event) => {
    const button = /** @type {HTMLElement | null} */ (event.submitter);
    const output = /** @type {HTMLElement | null} */ (button?.closest(".output") ?? form.querySelector(".output"));
    if (!output) return;
    event.preventDefault();
    if (button?.getAttribute("aria-disabled") !== "true") make(form, output);
  });
}
document.addEventListener("click", (event) => {
  const link = event.target instanceof Element ? event.target.closest("[data-inspection]") : null;
  const place = /** @type {HTMLElement | null} */ (link?.closest("[data-said]") ?? null);
  if (!(link instanceof HTMLAnchorElement) || !place) return;
  event.preventDefault();
  inspect(place, link.href);
});

// What was chosen on the page of changes comes along.
const since = new URLSearchParams(window.location.search).get("since");
const select = /** @type {HTMLSelectElement | null} */ (document.getElementById("since"));
if (since && select && [...select.options].some((one) => one.value === since)) select.value = since;

// A file may be dropped anywhere; it goes the way of the form.
const bring = /** @type {HTMLFormElement | null} */ (document.getElementById("bring"));
const file = /** @type {HTMLInputElement | null} */ (bring?.querySelector('input[type="file"]') ?? null);
function takeDrops() {
  if (!bring || !file) return;
  for (const note of document.querySelectorAll("[data-drop]")) /** @type {HTMLElement} */ (note).hidden = false;
  /** @param {DragEvent} event */
  const hasFile = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");
  document.addEventListener("dragover", (event) => { if (hasFile(event)) { event.preventDefault(); document.body.classList.add("dropping"); } });
  document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) document.body.classList.remove("dropping"); });
  document.addEventListener("drop", (event) => {
    document.body.classList.remove("dropping");
    if (!hasFile(event) || !event.dataTransfer) return;
    event.preventDefault();
    file.files = event.dataTransfer.files;
    bring.requestSubmit();
  });
  bring.addEventListener("submit", () => announce(bring.dataset.reading ?? "…"));
}
takeDrops();

// What takes a while says so.
for (const link of document.querySelectorAll("[data-slow]")) {
  link.addEventListener("click", () => announce(/** @type {HTMLElement} */ (link).dataset.slow ?? ""));
}

// How many are chosen stands on the button.
const choice = /** @type {HTMLFormElement | null} */ (document.getElementById("choice"));
const chosen = document.getElementById("take-chosen");
function countChosen() {
  if (!choice || !chosen) return;
  const boxes = [...choice.querySelectorAll('input[name="take"]')].map((box) => /** @type {HTMLInputElement} */ (box));
  for (const box of boxes) box.closest(".item")?.classList.toggle("left", !box.checked);
  const n = boxes.filter((box) => box.checked).length;
  chosen.textContent = (n === 1 ? chosen.dataset.one : (chosen.dataset.many ?? "").replace("{n}", String(n))) ?? "";
}
choice?.addEventListener("change", countChosen);
countChosen();

document.getElementById("wrong")?.focus();
const told = document.getElementById("status")?.textContent;
if (told) announce(told);
