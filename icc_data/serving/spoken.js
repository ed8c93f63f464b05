// What Streamlit's page leaves out for people who hear it. Whatever is shown, it is the same page: nothing here asks
// or keeps anything.
"use strict";

// What a chart draws for the mouse has neither words nor numbers. The small lines of big numbers say "x: 3; y: 42":
// what they show stands in a text beside them.
const UNHEARD = [".years_brush", ".years_brush_bg", '[data-testid="stMetricChart"]']
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
  const news = [...document.querySelectorAll("span.news")];
  const fresh = news.filter((one) => !told.has(one.textContent));
  const [calm, alarms] = [false, true].map((alarm) =>
    fresh.filter((one) => one.classList.contains("alarm") === alarm).map((one) => one.textContent),
  );
  if (path && path !== location.pathname) calm.unshift(document.title);
  path = location.pathname;
  told = new Set(news.map((one) => one.textContent));
  tell(polite, calm);
  tell(urgent, alarms);
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

function follow() {
  // Streamlit changes what stands in the page and never the page: a language chosen later is told by the dashboard.
  const spoken = document.querySelector("span.spoken[lang]");
  if (spoken && document.documentElement.lang !== spoken.lang) document.documentElement.lang = spoken.lang;
  for (const part of document.querySelectorAll(UNHEARD)) part.setAttribute("aria-hidden", "true");
  listen();
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
