// Asks before what was typed is left behind unsaved: <form data-guard>.
export function guardForms(root) {
  for (const form of root.querySelectorAll("form[data-guard]")) {
    let changed = form.dataset.guard === "changed";
    form.addEventListener("input", () => { changed = true; });
    form.addEventListener("kept", () => { changed = false; });
    form.addEventListener("submit", (event) => {
      // Once all have heard of it: a form that is held back is not sent.
      queueMicrotask(() => { if (!event.defaultPrevented) changed = false; });
    });
    window.addEventListener("beforeunload", (event) => {
      if (!changed) return;
      event.preventDefault();
      event.returnValue = ""; // what Chromium before 119 asks for
    });
  }
}
