// What Streamlit's page leaves out for people who hear it. Whatever is shown, it is the same page: nothing here asks
// or keeps anything.
"use strict";

// What a chart draws for the mouse has neither words nor numbers. The small lines of big numbers say "x: 3; y: 42":
// what they show stands in a text beside them.
const UNHEARD = [".years_brush", ".years_brush_bg", '[data-testid="stMetricChart"]']
  .map((part) => `${part}:not([aria-hidden])`)
  .join();

function follow() {
  // Streamlit changes what stands in the page and never the page: a language chosen later is told by the dashboard.
  const spoken = document.querySelector("span.spoken[lang]");
  if (spoken && document.documentElement.lang !== spoken.lang) document.documentElement.lang = spoken.lang;
  for (const part of document.querySelectorAll(UNHEARD)) part.setAttribute("aria-hidden", "true");
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
}).observe(document.documentElement, { childList: true, subtree: true });
