// After the press the button says so, and can be pressed again: the server takes a form once.
const AGAIN = 20000; // ms after which the button speaks as before, should no answer come

for (const form of document.querySelectorAll("form[data-pressed]")) {
  const button = form.querySelector("button.btn-primary");
  const words = button.textContent;
  const rest = () => {
    button.textContent = words;
    button.removeAttribute("aria-busy");
  };
  form.addEventListener("submit", () => {
    button.textContent = form.dataset.pressed;
    button.setAttribute("aria-busy", "true");
    setTimeout(rest, AGAIN);
  });
  addEventListener("pageshow", rest); // back from the next page, out of the browser's cache
}

for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue; // only where the site is served over HTTPS
  const words = button.textContent;
  button.hidden = false;
  button.setAttribute("aria-live", "polite");
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
    button.textContent = button.dataset.copied;
    setTimeout(() => { button.textContent = words; }, 3000);
  });
}
