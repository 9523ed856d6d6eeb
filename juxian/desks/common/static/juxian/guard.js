// Asks before what was typed is left behind unsaved: <form data-guard>.
export function guardForms(root) {
  for (const form of root.querySelectorAll("form[data-guard]")) {
    let changed = form.dataset.guard === "changed";
    form.addEventListener("input", () => { changed = true; });
    for (const kept of ["submit", "kept"]) {
      form.addEventListener(kept, () => { changed = false; });
    }
    window.addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });
  }
}
