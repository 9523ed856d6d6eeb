// Counts characters as the form's limits mean them: code points, white space left out, and what
// no entry keeps. A reader of the screen is told politely, and only near the limit or over it.
import { typed } from "./entries.js";

const NEAR = 0.1; // of the limit still free
const SETTLE = 1000; // milliseconds without a key until it is said

export function countCharacters(text) {
  return [...typed(text)].filter((symbol) => !/\s/u.test(symbol)).length;
}

export function watchCounters(root) {
  for (const control of root.querySelectorAll("[data-limit]")) {
    const shown = root.querySelector(`[data-count-for="${CSS.escape(control.id)}"]`);
    if (shown) watch(control, shown);
  }
}

function watch(control, shown) {
  const limit = Number(control.dataset.limit);
  const told = document.createElement("div");
  told.className = "visually-hidden";
  told.setAttribute("role", "status");
  shown.after(told);
  let waiting = null;

  function show() {
    const used = countCharacters(control.value);
    shown.textContent = `${used} / ${limit}`;
    shown.classList.toggle("over", used > limit);
    return limit - used;
  }

  function say() {
    const left = show();
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      const words = left < 0 ? shown.dataset.over : shown.dataset.left;
      told.textContent = left > limit * NEAR ? "" : (words ?? "").replace("{}", Math.abs(left));
    }, SETTLE);
  }

  control.addEventListener("input", (event) => { if (!event.isComposing) say(); });
  control.addEventListener("compositionend", say);
  show();
}
