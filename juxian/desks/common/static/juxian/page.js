// What every page gains from scripts; nothing here is needed to read, fill or submit.
import { watchCounters } from "./counter.js";
import { guardForms } from "./guard.js";

document.querySelector("[data-take-focus]")?.focus();
watchCounters(document);
guardForms(document);

// A menu closes when the reader goes elsewhere.
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll("details.menu[open]")) menu.open = false;
});
