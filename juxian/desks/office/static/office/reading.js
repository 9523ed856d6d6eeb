// Reading a file: counting what is chosen for return, keys J and K, a closer look at evidence.
const form = document.querySelector("[data-chosen-form]");
const count = document.querySelector("[data-chosen]");
const recount = () => { count.textContent = form.querySelectorAll("[name=item]:checked").length; };
if (form && count) {
  form.addEventListener("change", recount);
  recount();
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
  const link = document.querySelector(`[data-key="${event.key.toLowerCase()}"]`);
  if (link) link.click();
});

const zoom = document.querySelector("[data-zoom]");
if (zoom) {
  zoom.hidden = false;
  zoom.addEventListener("click", () => {
    const zoomed = document.querySelector(".doc").classList.toggle("zoomed");
    zoom.setAttribute("aria-pressed", String(zoomed));
  });
}
