// What every view has: news from the server, and the place where messages are heard.
// @ts-check

const status = document.getElementById("status");
const texts = /** @type {Record<string, string>} */ (JSON.parse(document.body.dataset.texts ?? "{}"));

/** Say a sentence that the page brought along, with its places filled. @param {string} name @param {Record<string, string | number>} [values] */
export function say(name, values = {}) {
  return (texts[name] ?? name).replace(/\{(\w+)\}/g, (_, key) => String(values[key] ?? ""));
}

let pending = 0;
/** Say something to whoever looks or listens, politely: the last of several wins. @param {string} text */
export function announce(text) {
  clearTimeout(pending);
  pending = window.setTimeout(() => { if (status) status.textContent = text; }, 100);
}

/** @typedef {{number: number, goals: Record<string, string>, isBroken: boolean, by?: string}} State */

/** @type {Set<(state: State) => void>} */
const listeners = new Set();
/** Be told when the report has changed, or may have. @param {(state: State) => void} listener */
export function onChange(listener) {
  listeners.add(listener);
}
/** @type {Set<() => void>} */
const waiting = new Set();
/** Be told when what could not be saved may be saved again. @param {() => void} listener */
export function onReady(listener) {
  waiting.add(listener);
}

let number = Number(document.body.dataset.number ?? 0);

/** @param {State} state @param {boolean} isAnew whether it is the first after the connection was lost */
function hear(state, isAnew) {
  const isReady = showBroken(state) || isAnew;
  if (state.number !== number || isAnew) {
    number = state.number;
    for (const listener of listeners) listener(state);
  }
  if (isReady && !state.isBroken) for (const listener of waiting) listener();
}

/** Say whether the source can be read; true where it can again. @param {State} state */
function showBroken(state) {
  const box = document.getElementById("source-state");
  if (!box) return false;
  const isNews = box.hidden === state.isBroken;
  box.hidden = !state.isBroken;
  if (isNews) announce(say(state.isBroken ? "broken" : "mended"));
  if (state.isBroken) void showWhere(box);
  return isNews && !state.isBroken;
}

/** Show what is wrong with the source and where, as a page says it that is opened now. @param {HTMLElement} box */
async function showWhere(box) {
  const answer = await fetch(location.pathname + location.search);
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("#source-state ul");
  if (fresh) box.querySelector("ul")?.replaceWith(document.importNode(fresh, true));
}

// One stream a tab; a hidden one has none, since browsers allow six a server.
/** @type {EventSource | null} */
let stream = null;
let isLost = false;
function listen() {
  stream = new EventSource("/events");
  for (const name of ["hello", "change"]) {
    stream.addEventListener(name, (event) => {
      const isAnew = isLost;
      if (isLost) { isLost = false; announce(say("back")); }
      hear(JSON.parse(/** @type {MessageEvent} */ (event).data), isAnew);
    });
  }
  stream.addEventListener("error", () => {
    if (!isLost) { isLost = true; announce(say("lost")); }
    if (stream?.readyState === EventSource.CLOSED) { stream = null; window.setTimeout(wake, 2000); }
  });
}
function wake() {
  if (!document.hidden && !stream) listen();
}
function sleep() {
  stream?.close();
  stream = null;
}
document.addEventListener("visibilitychange", () => (document.hidden ? sleep() : wake()));
window.addEventListener("pagehide", sleep);
window.addEventListener("pageshow", wake);
wake();
