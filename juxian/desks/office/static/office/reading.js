// Reading a file: counting what is chosen for return, keys, a closer look at evidence beside it.
const form = document.querySelector("[data-chosen-form]");
const count = document.querySelector("[data-chosen]");
const ticked = () => document.querySelectorAll(".doubt:checked").length;
const doubted = Number(count?.textContent ?? 0) - ticked(); // by others, or in parts not shown
const recount = () => {
  count.textContent = doubted + ticked() + form.querySelectorAll("[name=item]:checked").length;
};
if (form && count) {
  form.addEventListener("change", recount);
  recount();
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input:not([type=radio]), textarea, select")) return;
  const link = document.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
  if (link) link.click();
});

// The evidence is exchanged in place, so that nothing typed on the left is left behind.
const viewing = document.querySelector(".viewing");
const ZOOMS = [100, 150, 200, 300];
let zoom = 0;

function enlarge() {
  const picture = viewing.querySelector(".doc img");
  const button = viewing.querySelector("[data-zoom]");
  if (!picture || !button) return;
  button.hidden = false;
  button.setAttribute("aria-pressed", String(zoom > 0));
  picture.style.maxInlineSize = zoom ? "none" : "";
  picture.style.inlineSize = zoom ? `${ZOOMS[zoom]}%` : "";
}

async function show(address) {
  viewing.setAttribute("aria-busy", "true");
  const answer = await fetch(address).catch(() => null);
  const page = answer?.ok ? new DOMParser().parseFromString(await answer.text(), "text/html") : null;
  const found = page?.querySelector(".viewing");
  if (!found) {
    window.location.assign(address); // signed out, or offline: the browser says so
    return;
  }
  viewing.replaceChildren(...found.childNodes);
  viewing.removeAttribute("aria-busy");
  history.replaceState(history.state, "", address);
  enlarge();
  const { top, bottom } = viewing.getBoundingClientRect();
  if (top > window.innerHeight || bottom < 0) viewing.scrollIntoView(); // one column
}

viewing?.addEventListener("click", (event) => {
  if (event.target.closest("[data-zoom]")) {
    zoom = (zoom + 1) % ZOOMS.length;
    enlarge();
  }
});

document.addEventListener("click", (event) => {
  const link = event.target.closest("a");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (link.matches("[data-proof]") || (viewing?.contains(link) && link.hash === "#proofs")) {
    event.preventDefault();
    show(link.href);
  } else if (link.dataset.place) {
    const block = document.querySelector(link.hash);
    if (!block) return;
    event.preventDefault();
    for (const lit of document.querySelectorAll(".lit")) lit.classList.remove("lit");
    block.classList.add("lit");
    block.scrollIntoView({ block: "center" });
  }
});
if (viewing) enlarge();
