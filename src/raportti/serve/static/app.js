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

/** @typedef {{number: number, goals: Record<string, string>, isBroken: boolean, problems?: string[], by?: string}} State */

/** @type {Set<(state: State) => void>} */
const listeners = new Set();
/** Be told when the report has changed. @param {(state: State) => void} listener */
export function onChange(listener) {
  listeners.add(listener);
}

let number = Number(document.body.dataset.number ?? 0);

/** @param {State} state */
function hear(state) {
  showBroken(state);
  if (state.number === number) return;
  number = state.number;
  for (const listener of listeners) listener(state);
}

/** @param {State} state */
function showBroken(state) {
  const box = document.getElementById("source-state");
  if (!box) return;
  const list = box.querySelector("ul");
  if (list && state.problems) list.replaceChildren(...state.problems.map((text) => Object.assign(document.createElement("li"), { textContent: text })));
  if (box.hidden === state.isBroken) {
    box.hidden = !state.isBroken;
    announce(say(state.isBroken ? "broken" : "mended"));
  }
}

// One stream a tab; a hidden one has none, since browsers allow six a server.
/** @type {EventSource | null} */
let stream = null;
let isLost = false;
function listen() {
  stream = new EventSource("/events");
  for (const name of ["hello", "change"]) {
    stream.addEventListener(name, (event) => {
      if (isLost) { isLost = false; announce(say("back")); }
      hear(JSON.parse(/** @type {MessageEvent} */ (event).data));
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
