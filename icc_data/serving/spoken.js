// What Streamlit's page leaves out for people who hear it. Whatever is shown, it is the same page: nothing here asks
// or keeps anything.
"use strict";

// What a chart draws for the mouse has neither words nor numbers. The small lines of big numbers say "x: 3; y: 42":
// what they show stands in a text beside them. The arrow of a list and the steps of a number are for the mouse, too: its
// field opens it by key and by tap, and has a name.
const ARROW = ':is([data-testid="stSelectbox"], [data-testid="stMultiSelect"]) button[aria-haspopup="listbox"]';
const STEP = '[data-testid="stNumberInput"] button[tabindex="-1"]';
const UNHEARD = [".years_brush", ".years_brush_bg", '[data-testid="stMetricChart"]', ARROW, STEP]
  .map((part) => `${part}:not([aria-hidden])`)
  .join();

// What a person who does not see the page change is told: the news that the dashboard puts on the page. Regions that
// come with their words are not read, so these two stand from the beginning.
function region(role) {
  const element = document.createElement("div");
  element.className = "heard";
  element.setAttribute("role", role);
  return element;
}
const polite = region("status");
const urgent = region("alert");
let told = new Set();
let path = "";

function tell(element, news) {
  if (!news.length) return;
  element.textContent = "";
  // A word later: the same words twice are news as well.
  setTimeout(() => (element.textContent = news.join(" ")), 50);
}

function listen() {
  if (!polite.isConnected) document.body?.append(polite, urgent);
  // While the dashboard works, the page is half of the last one and half of the next.
  if (document.querySelector('[data-testid="stApp"]')?.dataset.testScriptState !== "notRunning") return;
  const moved = path !== location.pathname;
  if (!lead(moved)) keepFocus(moved && path);
  const news = [...document.querySelectorAll("span.news")];
  const fresh = news.filter((one) => !told.has(one.textContent));
  const [calm, alarms] = [false, true].map((alarm) =>
    fresh.filter((one) => one.classList.contains("alarm") === alarm).map((one) => one.textContent),
  );
  if (path && moved) calm.unshift(document.title);
  path = location.pathname;
  told = new Set(news.map((one) => one.textContent));
  // A fault that was mended is found by nobody who reads on to the end of the page.
  if (!news.some((one) => one.classList.contains("alarm"))) urgent.textContent = "";
  tell(polite, calm);
  tell(urgent, alarms);
}

// Where the keyboard has been, the last place first. Streamlit may draw what has the focus anew, or take it away.
let places = [];

function keysAround(element) {
  const keys = [];
  for (let one = element.closest("[class*=st-key-]"); one; one = one.parentElement?.closest("[class*=st-key-]"))
    keys.push([...one.classList].find((part) => part.startsWith("st-key-")));
  return keys;
}

document.addEventListener("focusin", ({ target }) => {
  places = [{ element: target, keys: keysAround(target) }, ...places].slice(0, 5);
});

document.addEventListener("focusout", ({ target, relatedTarget }) => {
  // Left for nothing by a click beside it: nobody wants to come back.
  setTimeout(() => {
    if (!relatedTarget && target.isConnected && document.activeElement === document.body) places = [];
  });
});

const STOPS = 'a[href], button:not([disabled], [tabindex="-1"]), input, textarea, summary, [tabindex="0"]';

function reachable(place) {
  if (place.element.isConnected) return place.element.checkVisibility() ? place.element : null;
  for (const key of place.keys) {
    const stop = document.querySelector(`.${CSS.escape(key)}`)?.querySelector(STOPS);
    if (stop?.checkVisibility()) return stop;
  }
  return null;
}

function lookAt(heading, inPlace = false) {
  if (!heading) return;
  heading.tabIndex = -1;
  heading.focus({ preventScroll: inPlace });
}

// What the dashboard leads to when something is opened on the page that is open already.
let led = "";

// Who has not yet clicked or pressed anything has opened nothing: the page itself was just opened.
let used = false;
for (const deed of ["pointerdown", "keydown"])
  document.addEventListener(deed, () => (used = true), { capture: true, once: true });

function lead(moved) {
  const sign = document.querySelector("span.lead");
  const fresh = sign && used && !moved && sign.textContent !== led;
  led = sign?.textContent ?? "";
  if (!fresh) return false;
  const after = (one) => sign.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING;
  lookAt([...document.querySelectorAll("h1, h2, h3")].find(after));
  return true;
}

function keepFocus(moved) {
  if (document.activeElement !== document.body || !places.length || places[0].element.isConnected) return;
  const place = !moved && places.map(reachable).find(Boolean);
  if (place) place.focus();
  // Where all of it went away, as a comparison that was ended: from the title it is not far to anything.
  else lookAt(document.querySelector("h1"), !moved);
}

// "Skip to main content" leads past the links to other pages as well.
document.addEventListener("click", (event) => {
  const title = event.target.closest?.('[data-testid="stSkipToContent"]') && document.querySelector("h1");
  if (!title) return;
  event.preventDefault();
  event.stopPropagation();
  title.tabIndex = -1;
  title.focus();
  title.scrollIntoView();
}, true);

// "Copy link" copies: Streamlit's server cannot reach the clipboard, and shows the link for where a page may not either.
document.addEventListener("click", (event) => {
  if (event.target.closest?.('[class*="st-key-copy-link"] button')) navigator.clipboard?.writeText(location.href).catch(() => {});
}, true);

// A download button in a dialog is out of use while its file is made, and the focus falls out of the dialog, which then
// does not hear the Escape key: it comes back to the button.
document.addEventListener("click", (event) => {
  const button = event.target.closest?.('[role="dialog"] [data-testid="stDownloadButton"] button');
  if (!button) return;
  const until = Date.now() + 20000;
  const timer = setInterval(() => {
    const lost = document.activeElement === document.body;
    if (lost && button.isConnected && !button.disabled) button.focus();
    if (Date.now() > until || !button.isConnected || (!lost && document.activeElement !== button)) clearInterval(timer);
  }, 100);
}, true);

// Until then, and whenever the focus is nowhere, the open dialog hears of the key all the same.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.target !== document.body) return;
  const told = new KeyboardEvent("keydown", { key: "Escape", bubbles: true, cancelable: true });
  document.querySelector('[role="dialog"]')?.dispatchEvent(told);
});

// Where a browser can draw no map, as without WebGL: the style sheet then says so in its place. A map asks for a graphics
// card first and does without one then: only once it has asked for the last time is it known whether it draws.
const asked = new WeakSet();
document.addEventListener("webglcontextcreationerror", ({ target }) => {
  const map = target.closest?.('[data-testid="stDeckGlJsonChart"]');
  if (!map || asked.has(target)) return;
  asked.add(target);
  setTimeout(() => target.getContext("webgl2") || (map.dataset.maps = "none"));
}, true);

// On paper there would be no land below the circles: what it has put on the screen a browser does not keep for the
// printer, unless a picture asks for it, and this one does not.
const contextOf = HTMLCanvasElement.prototype.getContext;
HTMLCanvasElement.prototype.getContext = function (kind, options) {
  const isLand = this.classList.contains("mapboxgl-canvas");
  return contextOf.call(this, kind, isLand ? { ...options, preserveDrawingBuffer: true } : options);
};

// A reference manager looks for what can be cited when a page is loaded, which is before anything stands in it: Zotero
// looks again when it is told (https://www.zotero.org/support/dev/exposing_metadata).
let cited = "";

function offer() {
  const citation = document.querySelector("span.Z3988")?.title ?? "";
  if (citation === cited) return;
  cited = citation;
  document.dispatchEvent(new Event("ZoteroItemUpdated", { bubbles: true, cancelable: true }));
}

function follow() {
  // Streamlit changes what stands in the page and never the page: a language chosen later is told by the dashboard.
  const spoken = document.querySelector("span.spoken[lang]");
  if (spoken && document.documentElement.lang !== spoken.lang) document.documentElement.lang = spoken.lang;
  for (const part of document.querySelectorAll(UNHEARD)) part.setAttribute("aria-hidden", "true");
  // Words of another language than the page's: Markdown says which by a colour that nobody sees.
  for (const words of document.querySelectorAll('.stMarkdownColoredText[style*=", 0.01)"]')) {
    const code = String.fromCharCode(...words.style.color.match(/\d+/g).slice(1, 3));
    if (words.lang !== code) words.lang = code;
  }
  // Markdown knows headers of columns alone.
  for (const cell of document.querySelectorAll(".st-key-record td:first-child:not([role])")) cell.setAttribute("role", "rowheader");
  listen();
  offer();
}

let waiting = false;
new MutationObserver(() => {
  if (waiting) return;
  waiting = true;
  // Once for all that one message of the server changes.
  setTimeout(() => {
    waiting = false;
    follow();
  });
}).observe(document.documentElement, {
  childList: true,
  characterData: true,
  subtree: true,
  attributeFilter: ["data-test-script-state"],
});
