// Lists: ticking rows, counting them, asking for more of a list, keys J and K from row to row.
for (const form of document.querySelectorAll("[data-ticks]")) {
  const boxes = () => [...form.querySelectorAll("[name=application]")];
  const said = form.querySelector("[data-ticked]");
  const all = form.querySelector("[name=all]");
  const recount = () => {
    const ticked = boxes().filter((box) => box.checked).length;
    if (!said) return;
    if (all && all.checked) said.textContent = all.dataset.some;
    else said.textContent = ticked ? said.dataset.some.replace("#", ticked) : said.dataset.none;
  };
  let last = null;
  form.addEventListener("click", (event) => {
    const box = event.target;
    if (!box.matches("[name=application]")) return;
    if (event.shiftKey && last) {
      const row = boxes();
      const [from, to] = [row.indexOf(last), row.indexOf(box)].sort((a, b) => a - b);
      row.slice(from, to + 1).forEach((one) => { one.checked = box.checked; });
    }
    last = box;
    recount();
  });
  form.addEventListener("change", (event) => {
    if (event.target.matches("[data-tick-all]")) boxes().forEach((box) => { box.checked = event.target.checked; });
    recount();
  });
  recount();
}
// What is not asked for is left out of the address.
for (const form of document.querySelectorAll("[data-sparse], .find")) {
  form.addEventListener("submit", () => {
    for (const one of form.elements) if (one.name && one.value === "") one.disabled = true;
    setTimeout(() => { for (const one of form.elements) one.disabled = false; });
  });
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select, dialog")) return;
  const way = { j: 1, k: -1 }[event.key.toLowerCase()];
  const rows = [...document.querySelectorAll("[data-row]")];
  if (!way || !rows.length) return;
  const at = rows.indexOf(document.activeElement);
  rows[at < 0 ? 0 : Math.min(Math.max(at + way, 0), rows.length - 1)].focus();
});

// One block at a time is open; it closes with Escape.
const blocks = [...document.querySelectorAll(".blocks > details")];
for (const block of blocks) {
  block.addEventListener("toggle", () => {
    if (block.open) blocks.forEach((other) => { if (other !== block) other.open = false; });
  });
  block.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    block.open = false;
    block.querySelector("summary").focus();
  });
}

const print = document.querySelector("[data-print]");
if (print) {
  print.hidden = false;
  print.addEventListener("click", () => window.print());
}

// A glance opens beside the list; where that fails, its own page opens.
const look = document.querySelector("[data-look]");
if (look && look.showModal) {
  document.addEventListener("click", async (event) => {
    const link = event.target.closest("[data-glance]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const answer = await fetch(link.href).catch(() => null);
    const page = answer && answer.ok && new DOMParser().parseFromString(await answer.text(), "text/html");
    const glimpse = page && page.querySelector("[data-glimpse]");
    if (!glimpse) {
      location.assign(link.href);
      return;
    }
    look.querySelector("[data-look-body]").replaceChildren(document.adoptNode(glimpse));
    look.showModal();
    look.scrollTop = 0;
  });
  look.addEventListener("click", (event) => { if (event.target === look) look.close(); });
}
