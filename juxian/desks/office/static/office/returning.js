// Returning: choosing a reason writes its sentence, as long as nobody has written another.
const sentences = new Map();
for (const one of document.querySelectorAll("[data-sentences] li")) sentences.set(one.dataset.code, one.textContent);

for (const card of document.querySelectorAll("[data-place]")) {
  const reason = card.querySelector("select");
  const words = card.querySelector("textarea");
  if (!reason || !words) continue;
  let written = ""; // by this script
  reason.addEventListener("change", () => {
    if (words.value.trim() && words.value !== written) return;
    written = (sentences.get(reason.value) ?? "").replaceAll("{place}", card.dataset.place);
    words.value = written;
    words.dispatchEvent(new Event("input", { bubbles: true }));
  });
}
