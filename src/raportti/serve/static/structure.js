// The outline: a part moves without the page being loaded anew, and the focus goes with it. Without script each is a form.
// @ts-check
import { announce, onChange, say } from "./app.js";

/** Put the outline of an answer in the place of the one that is shown. @param {string} html @returns {HTMLElement | null} */
function replace(html) {
  const answer = new DOMParser().parseFromString(html, "text/html");
  const fresh = answer.getElementById("structure");
  const old = document.getElementById("structure");
  if (!fresh || !old) return null;
  const said = answer.getElementById("status")?.textContent?.trim();
  const shown = document.importNode(fresh, true);
  old.replaceWith(shown);
  if (said) announce(said);
  return shown;
}

let moving = Promise.resolve();
/** @param {HTMLFormElement} form @param {HTMLButtonElement} button */
async function step(form, button) {
  const body = new URLSearchParams();
  for (const [name, value] of new FormData(form, button)) body.append(name, String(value));
  const answer = await fetch(form.action, { method: "POST", body });
  const shown = replace(await answer.text());
  if (!shown) { form.submit(); return; }
  const part = document.getElementById(shown.dataset.at ?? "");
  const same = /** @type {HTMLButtonElement | null | undefined} */ (part?.querySelector(`:scope > .steps [value="${button.value}"], :scope > .part-head [value="${button.value}"]`));
  const focus = same && !same.disabled ? same : part;
  focus?.focus({ preventScroll: true });
  part?.scrollIntoView({ block: "nearest" });
}

document.addEventListener("submit", (event) => {
  const form = /** @type {HTMLFormElement} */ (event.target);
  const button = event.submitter;
  if (!form.matches("[data-step]") || !(button instanceof HTMLButtonElement)) return;
  event.preventDefault();
  moving = moving.then(() => step(form, button)).catch(() => window.location.reload());
});

// What is typed and not saved is not left by mistake.
let isLeaving = false;
/** Send a form where the program answers, else leave what was typed on the screen and say why. @param {HTMLFormElement} form
 * @param {HTMLElement | null} button */
async function send(form, button) {
  const answer = await fetch("/structure", { method: "HEAD" }).catch(() => null);
  if (!answer) { announce(say("unsaved")); return; }
  if (answer.status === 403) { announce(say("ended")); return; }
  isLeaving = true;
  form.requestSubmit(button);
}
for (const one of document.querySelectorAll("form[data-edited]")) {
  const form = /** @type {HTMLFormElement} */ (one);
  const before = new URLSearchParams(/** @type {any} */ (new FormData(form))).toString();
  form.addEventListener("submit", (event) => {
    if (isLeaving) return;
    event.preventDefault();
    void send(form, event.submitter);
  });
  window.addEventListener("beforeunload", (event) => {
    if (!isLeaving && new URLSearchParams(/** @type {any} */ (new FormData(form))).toString() !== before) event.preventDefault();
  });
}

// Somebody else changed the report: the outline follows, a form that is being filled in stays.
onChange(async () => {
  const outline = document.getElementById("structure");
  const meanwhile = /** @type {HTMLElement | null} */ (document.querySelector("[data-meanwhile]"))?.dataset.meanwhile;
  if (meanwhile) { announce(meanwhile); return; }
  await moving;
  if (!outline) return;
  const answer = await fetch("/structure");
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("structure");
  const old = document.getElementById("structure");
  if (!fresh || !old) return;
  for (const [index, section] of [...fresh.querySelectorAll(":scope > section")].entries()) {
    const there = old.querySelectorAll(":scope > section")[index];
    if (there?.outerHTML === section.outerHTML) continue;
    const label = there?.contains(document.activeElement) ? document.activeElement?.getAttribute("aria-label") : null;
    if (there) there.replaceWith(document.importNode(section, true));
    else old.querySelector(":scope > section:last-of-type")?.after(document.importNode(section, true));
    if (label) /** @type {HTMLElement | null} */ (document.querySelector(`#structure [aria-label="${CSS.escape(label)}"]`))?.focus();
  }
  const count = fresh.querySelectorAll(":scope > section").length;
  for (const extra of [...old.querySelectorAll(":scope > section")].slice(count)) extra.remove();
});
