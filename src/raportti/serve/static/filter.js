// The list of goals: narrowed as one types, and kept as the report is now.
// @ts-check
import { announce, onChange } from "./app.js";

const form = /** @type {HTMLFormElement} */ (document.getElementById("filters"));
let turn = 0;
/** @param {boolean} isAsked whether somebody at the form wants it, and is told how many there are */
async function narrow(isAsked) {
  const mine = ++turn;
  const query = new URLSearchParams([...new FormData(form)].filter(([, value]) => value !== "").map(([name, value]) => [name, String(value)]));
  const answer = await fetch(`/goals?${query}`);
  if (!answer.ok || mine !== turn) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("found");
  const old = document.getElementById("found");
  if (!fresh || !old || mine !== turn) return;
  history.replaceState(null, "", query.size ? `/goals?${query}` : "/goals");
  const focused = old.contains(document.activeElement) ? document.activeElement?.getAttribute("href") : null;
  old.replaceWith(document.importNode(fresh, true));
  if (focused) /** @type {HTMLElement | null} */ (document.querySelector(`#found [href="${CSS.escape(focused)}"]`))?.focus();
  if (isAsked) announce(document.getElementById("how-many")?.textContent ?? "");
}
let waiting = 0;
form.addEventListener("input", () => { window.clearTimeout(waiting); waiting = window.setTimeout(() => narrow(true), 150); });
form.addEventListener("submit", (event) => { event.preventDefault(); narrow(true); });
onChange(() => narrow(false));
