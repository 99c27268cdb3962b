// The form of a goal: what a sentence does to the pages as it is typed, saving field by field, and conflicts.
// Without script the form works all the same. While it is being filled in, nothing here replaces what was typed.
// @ts-check
import { announce, onChange, say } from "./app.js";

const form = /** @type {HTMLFormElement} */ (document.getElementById("goal-form"));
const effect = document.getElementById("effect");
const preview = document.getElementById("preview");
const QUIET = 120;

/** The value of each field as the server last said it. @type {Map<string, string>} */
let base = values();
/** How the goal was when the form was filled: sent along so that what changed meanwhile is noticed. */
let version = /** @type {HTMLInputElement} */ (form.elements.namedItem("base")).value;

function values() {
  /** @type {Map<string, string>} */
  const found = new Map();
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string" && name !== "base" && !name.startsWith("was.")) found.set(name, value.replace(/\r\n/g, "\n"));
  }
  for (const box of form.querySelectorAll('input[type="checkbox"]')) {
    const one = /** @type {HTMLInputElement} */ (box);
    if (!found.has(one.name)) found.set(one.name, "");
  }
  return found;
}

/** The fields that differ from what the server said. @returns {Map<string, string>} */
function typed() {
  const now = values();
  return new Map([...now].filter(([name, value]) => value !== (base.get(name) ?? "")));
}

/** @param {Map<string, string>} changed */
function body(changed) {
  const data = new URLSearchParams();
  data.set("base", version);
  for (const [name, value] of changed) {
    data.set(name, value);
    data.set(`was.${name}`, base.get(name) ?? "");
  }
  return data;
}

/** @param {string} address @param {Map<string, string>} changed */
function post(address, changed) {
  return fetch(address, { method: "POST", body: body(changed), headers: { Accept: "application/json" } });
}

// Saving: on leaving a field, by the button, and before the page is left.
let saving = Promise.resolve();
function save() {
  saving = saving.then(saveNow, saveNow);
  return saving;
}

async function saveNow() {
  const changed = typed();
  if (changed.size === 0 || form.querySelector(".conflict")) return;
  /** @type {Response} */
  let answer;
  try {
    answer = await post(form.action, changed);
  } catch {
    announce(say("unsaved"));
    return;
  }
  if (!(answer.headers.get("content-type") ?? "").startsWith("application/json")) { announce(say("unsaved")); return; }
  const said = await answer.json();
  showProblems(said.problems ?? {});
  if (answer.ok) {
    version = said.version;
    for (const [name, value] of changed) base.set(name, value);
    take(said.fields ?? {});
    announce(said.message);
    showEffect(said.effect);
  } else if (answer.status === 409 && said.conflicts) {
    version = said.version;
    take(said.fields ?? {});
    for (const conflict of said.conflicts) showConflict(conflict);
    announce(said.message);
  } else {
    announce(said.message ?? say("unsaved"));
  }
}

/** Take fields as the server has them now, where nobody has typed anything else. @param {Record<string, string>} fields */
function take(fields) {
  for (const [name, value] of Object.entries(fields)) {
    const mine = values().get(name) ?? "";
    const isClean = mine === (base.get(name) ?? "");
    if (form.querySelector(`.conflict[data-name="${CSS.escape(name)}"]`)) continue;
    base.set(name, value);
    if (isClean && mine !== value) setValue(name, value);
  }
}

/** @param {string} name @param {string} value */
function setValue(name, value) {
  const field = form.elements.namedItem(name);
  if (field instanceof RadioNodeList) field.value = value;
  else if (field instanceof HTMLInputElement && field.type === "checkbox") field.checked = value !== "";
  else if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement || field instanceof HTMLSelectElement) field.value = value;
}

/** @param {Record<string, string[]>} problems */
function showProblems(problems) {
  for (const place of form.querySelectorAll("[data-problems]")) {
    const one = /** @type {HTMLElement} */ (place);
    const texts = problems[one.dataset.problems ?? ""] ?? [];
    one.replaceChildren(...texts.map((text) => Object.assign(document.createElement("p"), { className: "error", textContent: text })));
    const field = form.querySelector(`[aria-describedby~="${CSS.escape(one.id)}"]`);
    if (field) texts.length ? field.setAttribute("aria-invalid", "true") : field.removeAttribute("aria-invalid");
  }
}

/** Show both texts of a field that two people changed, with the three ways on.
 * @param {{name: string, label: string, mine: string, theirs: string, mineShown: string, theirsShown: string, note: string}} conflict */
function showConflict(conflict) {
  form.querySelector(`.conflict[data-name="${CSS.escape(conflict.name)}"]`)?.remove();
  const model = /** @type {HTMLTemplateElement} */ (document.getElementById("conflict"));
  const box = /** @type {HTMLElement} */ (/** @type {DocumentFragment} */ (model.content.cloneNode(true)).firstElementChild);
  box.dataset.name = conflict.name;
  /** @param {string} part @param {string} text */
  const put = (part, text) => { const at = box.querySelector(`[data-part="${part}"]`); if (at) at.textContent = text; };
  put("title", conflict.label);
  put("note", conflict.note);
  put("mine", conflict.mineShown);
  put("theirs", conflict.theirsShown);
  /** @param {string} way @param {() => void} then */
  const on = (way, then) => box.querySelector(`[data-way="${way}"]`)?.addEventListener("click", then);
  const end = () => { base.set(conflict.name, conflict.theirs); box.remove(); };
  on("mine", () => { end(); setValue(conflict.name, conflict.mine); save(); });
  on("theirs", () => { end(); setValue(conflict.name, conflict.theirs); announce(say("taken")); ask(); });
  on("both", () => {
    end();
    setValue(conflict.name, `${conflict.mine}\n\n${conflict.theirs}`);
    const field = form.elements.namedItem(conflict.name);
    if (field instanceof HTMLElement) field.focus();
    ask();
  });
  const place = form.querySelector(`[data-field="${CSS.escape(conflict.name)}"]`) ?? form;
  place.append(box);
  /** @type {HTMLElement | null} */ (box.querySelector("button"))?.focus();
}

// What the texts do to the pages, asked while one types: the last question wins.
let asked = 0;
let waiting = 0;
function ask() {
  window.clearTimeout(waiting);
  waiting = window.setTimeout(askNow, QUIET);
}
async function askNow() {
  const turn = ++asked;
  try {
    const answer = await post(`${form.action}/preview`, typed());
    if (!answer.ok || turn !== asked) return;
    showEffect(await answer.json());
  } catch {
    // The next question may be answered; saving says when the server is gone.
  }
}

/** @param {{sentences: string[], warnings: string[], sheet: string, page: number, style: string} | undefined} said */
function showEffect(said) {
  if (!said) return;
  if (effect) {
    const lines = said.sentences.map((text) => Object.assign(document.createElement("li"), { textContent: text }));
    const warnings = said.warnings.map((text) => Object.assign(document.createElement("li"), { className: "warned", textContent: text }));
    const fresh = [...lines, ...warnings];
    const before = [...effect.children].map((one) => one.textContent).join("\n");
    if (before !== fresh.map((one) => one.textContent).join("\n")) effect.replaceChildren(...fresh);
  }
  if (preview && said.sheet) {
    const fresh = new DOMParser().parseFromString(said.sheet, "text/html").body;
    preview.replaceChildren(...[...fresh.childNodes].map((node) => document.importNode(node, true)));
  }
}

form.addEventListener("input", ask);
form.addEventListener("change", () => save());
form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (typed().size === 0) announce(say("nothing"));
  save();
});
window.addEventListener("beforeunload", (event) => {
  if (typed().size > 0) event.preventDefault();
});
document.addEventListener("visibilitychange", () => { if (document.hidden) save(); });

// Somebody else changed the goal: clean fields follow, what is typed stays, and a note says it.
onChange(async (state) => {
  const id = form.dataset.goal ?? "";
  if (!(id in state.goals)) { announce(say("gone")); return; }
  if (state.goals[id] === version) { ask(); return; }
  await saving;
  if (state.goals[id] === version) return;
  const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
  if (!answer.ok) return;
  const said = await answer.json();
  const isDirty = typed().size > 0;
  const before = new Map(base);
  for (const [name, value] of Object.entries(/** @type {Record<string, string>} */ (said.fields))) {
    const mine = values().get(name) ?? "";
    if (mine === (before.get(name) ?? "")) { base.set(name, value); if (mine !== value) setValue(name, value); }
  }
  if (!isDirty) version = said.version;
  announce(say(isDirty ? "meanwhile" : "followed", { time: said.time }));
  ask();
});

ask();
