// Lists: ticking all rows of a page, counting them, sending a choice as soon as it is made.
for (const form of document.querySelectorAll("[data-ticks]")) {
  const boxes = () => [...form.querySelectorAll("[name=application]")];
  const said = form.querySelector("[data-ticked]");
  const recount = () => {
    const ticked = boxes().filter((box) => box.checked).length;
    if (said) said.textContent = ticked ? said.dataset.some.replace("#", ticked) : said.dataset.none;
  };
  form.addEventListener("change", (event) => {
    if (event.target.matches("[data-tick-all]")) boxes().forEach((box) => { box.checked = event.target.checked; });
    recount();
  });
}
for (const choice of document.querySelectorAll("[data-send]")) {
  choice.addEventListener("change", () => choice.form.requestSubmit());
}
document.querySelectorAll("[data-send-button]").forEach((button) => { button.hidden = true; });
