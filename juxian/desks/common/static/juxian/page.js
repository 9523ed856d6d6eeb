// What every page gains from scripts; nothing here is needed to read, fill or submit.
import { watchCounters } from "./counter.js";
import { guardForms } from "./guard.js";
import { watchSession } from "./session.js";

document.querySelector("[data-take-focus]")?.focus();
watchCounters(document);
guardForms(document);
watchSession();

// Where the menu is too narrow for all of it, it opens at the page that is being read.
const here = document.querySelector(".masthead nav [aria-current]");
if (here) {
  const [menu, item] = [here.parentElement, here].map((one) => one.getBoundingClientRect());
  here.parentElement.scrollLeft += item.left - menu.left - (menu.width - item.width) / 2;
}

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
