// Saves a form of the applicant's half a minute after the last key, under the version it was made
// from: <form data-autosave>. Photographs wait for the button. Nothing is kept in the browser.
const PAUSE = 30_000;

function keep(form) {
  const line = form.querySelector("[data-autosave-line]");
  let waiting = null;

  async function save() {
    waiting = null;
    const typed = new FormData(form);
    for (const control of form.querySelectorAll("input[type=file]")) typed.delete(control.name);
    typed.set("go", "auto");
    try {
      const answer = await fetch(form.action || location.href, {
        method: "POST", body: typed, redirect: "error", credentials: "same-origin",
      });
      const said = await answer.json();
      line.textContent = said.says;
      if (answer.ok) {
        form.elements.version.value = said.version;
        form.dispatchEvent(new Event("kept"));
      }
    } catch {
      line.textContent = line.dataset.failed;
    }
  }

  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(save, PAUSE);
  });
  form.addEventListener("submit", () => clearTimeout(waiting));
}

for (const form of document.querySelectorAll("form[data-autosave]")) keep(form);
