// The form of a goal: what a sentence does to the pages as it is typed, saving field by field, and conflicts.
// Without script the form works all the same. While it is being filled in, nothing here replaces what was typed.
// @ts-check
import { announce, onChange, onReady, say, useStyle } from "./app.js";

const form = /** @type {HTMLFormElement} */ (document.getElementById("goal-form"));
const effect = document.getElementById("effect");
const preview = document.getElementById("preview");
const QUIET = 120;
const SMALL = 60_000;

/** The value of each field as the server last said it: not what a browser puts back into a form that was left.
 * @type {Map<string, string>} */
const base = new Map([...values()].map(([name, value]) => [name, wasOf(name) ?? value]));
/** The version whose values all of ``base`` are; where somebody else changed what is being typed, it stays the older. */
let version = /** @type {HTMLInputElement} */ (form.elements.namedItem("base")).value;
/** The language of the text that is being typed: of its pages the effect is told. Empty: the report's own. */
let language = "";
/** The last version that was heard of. */
let seen = version;

/** What a field was when the server filled the form. @param {string} name */
function wasOf(name) {
  const was = form.elements.namedItem(`was.${name}`);
  return was instanceof HTMLInputElement ? was.value.replace(/\r\n/g, "\n") : null;
}
/** Put down in the form what was typed over: a browser that puts back what was typed then puts this back, too, and a save
 * sees what others did meanwhile. */
function putDown() {
  for (const [name, value] of [...[...base].map(([name, value]) => [`was.${name}`, value]), ["base", version]]) {
    const field = form.elements.namedItem(name);
    if (field instanceof HTMLInputElement) field.value = value;
  }
}

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
  data.set("language", language);
  for (const [name, value] of changed) {
    data.set(name, value);
    data.set(`was.${name}`, base.get(name) ?? "");
  }
  return data;
}

/** @param {string} address @param {Map<string, string>} changed */
function post(address, changed) {
  // What is small enough arrives even where the page is left in this moment.
  const sent = body(changed);
  return fetch(address, { method: "POST", body: sent, headers: { Accept: "application/json" }, keepalive: sent.toString().length < SMALL });
}

// Saving: on leaving a field, by the button, and before the page is left.
let saving = Promise.resolve();
/** @param {boolean} [isAsked] whether by the button, so that the focus may go to what has to be decided */
function save(isAsked = false) {
  const next = () => saveNow(isAsked);
  saving = saving.then(next, next);
  return saving;
}

/** @param {boolean} isAsked */
async function saveNow(isAsked) {
  const changed = new Map([...typed()].filter(([name]) => !conflictOf(name)));
  if (changed.size === 0) {
    if (isAsked && conflictOf()) announce(say("choose"));
    return;
  }
  /** @type {Response} */
  let answer;
  try {
    answer = await post(form.action, changed);
  } catch {
    announce(say("unsaved"));
    return;
  }
  if (answer.status === 403) { announce(say("ended")); return; }
  if (!(answer.headers.get("content-type") ?? "").startsWith("application/json")) { announce(say("unsaved")); return; }
  const said = await answer.json();
  showProblems(said.problems ?? {});
  if (answer.ok) {
    for (const [name, value] of changed) base.set(name, value);
    take(said);
    announce(said.message);
  } else if (answer.status === 409 && said.conflicts) {
    const clashes = new Set(said.conflicts.map((/** @type {Clash} */ one) => one.name));
    for (const [name, value] of changed) if (!clashes.has(name)) base.set(name, value);
    for (const conflict of said.conflicts) showConflict(conflict);
    take(said);
    announce(said.message);
    if (isAsked) /** @type {HTMLElement | null} */ (form.querySelector(".conflict button"))?.focus();
  } else {
    announce(said.message ?? say("unsaved"));
  }
}

/** The conflict that waits to be decided: of a field, or any. @param {string} [name] @returns {HTMLElement | null} */
function conflictOf(name) {
  return form.querySelector(name === undefined ? ".conflict[data-name]" : `.conflict[data-name="${CSS.escape(name)}"]`);
}

/** Take a goal as the server has it now, where nobody has typed anything else. Where somebody has, what they began with
 * stays their base, and the version is the older one: a save then sees what both did.
 * @param {{version: string, fields: Record<string, string>}} said */
function take(said) {
  seen = said.version;
  for (const [name, value] of Object.entries(said.fields)) {
    const mine = values().get(name) ?? "";
    const isSame = plain(mine) === plain(value);
    if (conflictOf(name) || !(isSame || mine === (base.get(name) ?? ""))) continue;
    if (!isSame) setValue(name, value);
    base.set(name, isSame ? mine : value);
  }
  const isWhole = Object.entries(said.fields).every(([name, value]) => plain(base.get(name) ?? "") === plain(value));
  if (isWhole && !conflictOf()) version = said.version;
  putDown();
}

/** What of a text counts: not the spaces at the ends of its lines. @param {string} text */
function plain(text) {
  return text.split("\n").map((line) => line.replace(/[ \t]+/g, " ").trim()).join("\n").replace(/\n{3,}/g, "\n\n").trim();
}

/** @param {string} name @param {string} value */
function setValue(name, value) {
  const field = form.elements.namedItem(name);
  if (field instanceof RadioNodeList) field.value = value;
  else if (field instanceof HTMLInputElement && field.type === "checkbox") field.checked = value !== "";
  else if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) {
    const [from, to] = [field.selectionStart, field.selectionEnd];
    field.value = value;
    if (document.activeElement === field) field.setSelectionRange(from, to);
  }
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

/** @typedef {{name: string, label: string, mine: string, theirs: string, mineShown: string, theirsShown: string, note: string}} Clash */

/** Show both texts of a field that two people changed, with the three ways on. @param {Clash} conflict */
function showConflict(conflict) {
  conflictOf(conflict.name)?.remove();
  const model = /** @type {HTMLTemplateElement} */ (document.getElementById("conflict"));
  const box = /** @type {HTMLElement} */ (/** @type {DocumentFragment} */ (model.content.cloneNode(true)).firstElementChild);
  box.dataset.name = conflict.name;
  box.setAttribute("aria-label", `${box.getAttribute("aria-label")}: ${conflict.label}`);
  /** @param {string} part @param {string} text */
  const put = (part, text) => { const at = box.querySelector(`[data-part="${part}"]`); if (at) at.textContent = text; };
  put("title", conflict.label);
  put("note", conflict.note);
  put("mine", conflict.mineShown);
  put("theirs", conflict.theirsShown);
  const field = form.elements.namedItem(conflict.name);
  /** @param {string} way @param {() => void} then */
  const on = (way, then) => {
    const button = /** @type {HTMLButtonElement | null} */ (box.querySelector(`[data-way="${way}"]`));
    button?.addEventListener("click", () => {
      base.set(conflict.name, conflict.theirs);
      box.remove();
      then();
      ask();
      const place = field instanceof RadioNodeList ? form.querySelector(`[name="${CSS.escape(conflict.name)}"]:checked`) : field;
      if (place instanceof HTMLElement) place.focus();
    });
    if (button && way === "both") button.hidden = !(field instanceof HTMLTextAreaElement);
  };
  // What is mine may have been typed on since: it is what stands in the field.
  on("mine", () => save());
  on("theirs", () => { setValue(conflict.name, conflict.theirs); announce(say("taken")); void follow(); });
  on("both", () => setValue(conflict.name, `${values().get(conflict.name) ?? ""}\n\n${conflict.theirs}`));
  const place = form.querySelector(`[data-field="${CSS.escape(conflict.name)}"]`) ?? form;
  place.append(box);
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

/** @param {{sentences: string[], language?: string, warnings: string[], sheet: string, style: string} | undefined} said */
function showEffect(said) {
  if (!said) return;
  const of = document.getElementById("effect-language");
  if (of && said.language !== undefined && of.textContent !== said.language) of.textContent = said.language;
  if (effect) {
    const lines = said.sentences.map((text) => Object.assign(document.createElement("li"), { textContent: text }));
    const warnings = said.warnings.map((text) => Object.assign(document.createElement("li"), { className: "warned", textContent: text }));
    const fresh = [...lines, ...warnings];
    const before = [...effect.children].map((one) => one.textContent).join("\n");
    if (before !== fresh.map((one) => one.textContent).join("\n")) effect.replaceChildren(...fresh);
  }
  if (preview && said.sheet) {
    if (said.style) void useStyle(said.style);
    const fresh = new DOMParser().parseFromString(said.sheet, "text/html").body;
    preview.replaceChildren(...[...fresh.childNodes].map((node) => document.importNode(node, true)));
  }
}

form.addEventListener("input", (event) => {
  const field = event.target;
  if (field instanceof HTMLTextAreaElement) language = field.lang;
  putDown();
  ask();
});
for (const event of ["change", "focusout"]) form.addEventListener(event, () => save());
form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (typed().size === 0) announce(say("nothing"));
  save(true);
});
window.addEventListener("beforeunload", (event) => {
  if (typed().size > 0) event.preventDefault();
});
document.addEventListener("visibilitychange", () => { if (document.hidden) save(); });
onReady(() => save());

// Who goes on while something is not saved yet goes on when it is.
/** @param {Event} event @param {() => void} goOn */
function afterSaving(event, goOn) {
  if (typed().size === 0) return;
  event.preventDefault();
  save(true).then(() => { if (typed().size === 0) goOn(); });
}
document.addEventListener("click", (event) => {
  const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
  const isPlain = event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
  if (!(link instanceof HTMLAnchorElement) || !isPlain || link.target || link.pathname === location.pathname) return;
  afterSaving(event, () => location.assign(link.href));
});
document.addEventListener("submit", (event) => {
  const other = event.target;
  if (!(other instanceof HTMLFormElement) || other === form) return;
  const button = event.submitter;
  afterSaving(event, () => other.requestSubmit(button));
});

// Somebody changed the goal, here or elsewhere: clean fields follow, what is typed stays, and a note says it.
async function follow() {
  await saving;
  const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
  if (answer.ok) take(await answer.json());
  return answer.ok;
}
/** Show what was changed here, as the goal's page says it that is opened now. */
async function followHistory() {
  const old = document.getElementById("history");
  const answer = await fetch(form.action);
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("history");
  if (answer.ok && fresh && old && !old.contains(document.activeElement)) old.replaceWith(document.importNode(fresh, true));
}
onChange(async (state) => {
  const id = form.dataset.goal ?? "";
  if (!(id in state.goals)) { announce(say("gone")); return; }
  await saving;
  if (state.goals[id] !== seen && await follow()) {
    announce(say(typed().size > 0 ? "meanwhile" : "followed", { time: new Date().toTimeString().slice(0, 5) }));
  }
  void followHistory();
  ask();
});

// A browser puts what was typed back into a form that was left or loaded again: it is there, and not saved.
window.addEventListener("pageshow", async () => {
  if (typed().size === 0) return;
  await follow().catch(() => false);
  if (typed().size > 0) { announce(say("restored")); ask(); }
});

ask();
