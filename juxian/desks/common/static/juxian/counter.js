// Counts characters as the form's limits mean them: code points, white space left out.
export function countCharacters(text) {
  return [...text].filter((symbol) => !/\s/u.test(symbol)).length;
}

export function watchCounters(root) {
  for (const control of root.querySelectorAll("[data-limit]")) {
    const shown = root.querySelector(`[data-count-for="${CSS.escape(control.id)}"]`);
    if (!shown) continue;
    const limit = Number(control.dataset.limit);
    const say = () => {
      const used = countCharacters(control.value);
      shown.textContent = `${used} / ${limit}`;
      shown.classList.toggle("over", used > limit);
    };
    control.addEventListener("input", (event) => { if (!event.isComposing) say(); });
    control.addEventListener("compositionend", say);
    say();
  }
}
