// Telling colleagues that this page has the file open, and showing who else has.
const line = document.querySelector("[data-readers]");
const EVERY = 45_000;

async function tell() {
  if (document.visibilityState !== "visible") return;
  const body = new URLSearchParams({ csrfmiddlewaretoken: line.dataset.token });
  const answer = await fetch(line.dataset.readers, { method: "POST", body, redirect: "manual" }).catch(() => null);
  const said = answer?.ok ? await answer.json().catch(() => null) : null;
  if (!said) return;
  if (line.textContent !== said.says) line.textContent = said.says;
  line.classList.toggle("say", Boolean(said.says));
}

if (line) {
  tell();
  setInterval(tell, EVERY);
  document.addEventListener("visibilitychange", tell);
}
