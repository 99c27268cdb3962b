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

/** @typedef {{number: number, goals: Record<string, string>, isBroken: boolean, isNew?: boolean, by?: string}} State */

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

/** Use another style sheet for the pages, when it is there. @param {string} address */
export async function useStyle(address) {
  const link = /** @type {HTMLLinkElement | null} */ (document.getElementById("sheet-style"));
  if (!link || link.getAttribute("href") === address) return;
  const fresh = /** @type {HTMLLinkElement} */ (link.cloneNode());
  fresh.href = address;
  const loaded = new Promise((done) => { for (const end of ["load", "error"]) fresh.addEventListener(end, done, { once: true }); });
  link.after(fresh);
  await loaded;
  link.remove();
}

let number = Number(document.body.dataset.number ?? 0);

/** @param {State} state @param {boolean} isAnew whether it is the first after the connection was lost */
function hear(state, isAnew) {
  const isReady = showBroken(state) || isAnew;
  if (state.number !== number || isAnew || state.isNew) {
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

// One stream for all tabs of a browser, since it opens no more than six connections to a server: one tab listens (it
// holds a lock that the others wait for) and hands on what it hears. Where there are no locks, each tab that is seen has
// a stream of its own.
/** @typedef {{state?: State, isLost?: boolean, isAsking?: boolean}} News */
const channel = "locks" in navigator && "BroadcastChannel" in window ? new BroadcastChannel("raportti-events") : null;
/** @type {EventSource | null} */
let stream = null;
/** @type {AbortController | null} */
let turn = null;
let isLeading = false;
let isLost = false;
/** @type {State | null} */
let last = null;

/** @param {News} news */
function take(news) {
  if (news.isAsking && isLeading) {
    if (last) channel?.postMessage(isLost ? { isLost } : { state: last });
    if (!stream) listen();
  }
  if (news.isLost && !isLost) { isLost = true; announce(say("lost")); }
  if (!news.state) return;
  const isAnew = isLost;
  if (isLost) { isLost = false; announce(say("back")); }
  last = { ...news.state, isNew: false };
  hear(news.state, isAnew);
}
/** @param {News} news */
function tell(news) {
  channel?.postMessage(news);
  take(news);
}
function listen() {
  const mine = new EventSource("/events");
  stream = mine;
  for (const name of ["hello", "change"]) {
    mine.addEventListener(name, (event) => tell({ state: JSON.parse(/** @type {MessageEvent} */ (event).data) }));
  }
  mine.addEventListener("error", () => {
    if (stream !== mine) return;
    tell({ isLost: true });
    if (mine.readyState !== EventSource.CLOSED) return;
    stream = null;
    window.setTimeout(() => { if (isLeading && !stream) listen(); }, 2000);
  });
}
/** Listen, or wait for the turn to. */
function wake() {
  if (turn) return;
  turn = new AbortController();
  const { signal } = turn;
  const lead = () => { isLeading = true; listen(); };
  if (!channel) { lead(); return; }
  const held = () => new Promise((/** @type {(value?: unknown) => void} */ done) => {
    lead();
    signal.addEventListener("abort", () => done());
  });
  navigator.locks.request("raportti-events", { signal }, held).catch(() => undefined);
  channel.postMessage({ isAsking: true });
}
function sleep() {
  turn?.abort();
  turn = null;
  isLeading = false;
  stream?.close();
  stream = null;
}
channel?.addEventListener("message", (event) => take(event.data));
document.addEventListener("visibilitychange", () => {
  if (channel) { if (!document.hidden) channel.postMessage({ isAsking: true }); } else if (document.hidden) sleep(); else wake();
});
window.addEventListener("pagehide", sleep);
window.addEventListener("pageshow", wake);
wake();
