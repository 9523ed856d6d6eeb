// The nomination board: every change is kept by the server at once, and what it says is shown here.
const board = document.querySelector("#board");

function show(page) {
  for (const part of document.querySelectorAll("[data-live]")) {
    const fresh = page.getElementById(part.id);
    if (fresh) part.replaceChildren(...document.adoptNode(fresh).childNodes);
  }
  const main = document.querySelector("#main");
  main.querySelectorAll(":scope > [role=status]").forEach((said) => said.remove());
  main.prepend(...[...page.querySelectorAll("#main > [role=status]")].map((said) => document.adoptNode(said)));
  hideWhatIsDoneAtOnce();
}

function hideWhatIsDoneAtOnce() {
  board.querySelectorAll("[data-recount], [data-save-order]").forEach((button) => { button.hidden = true; });
}

// The control that was used, in the page as it is now; of a move at an end, the way back.
function focusOn(used) {
  if (!used) return;
  const same = used.id ? document.getElementById(used.id) : board.querySelector(used.selector);
  const row = document.getElementById(used.row);
  (same && !same.disabled ? same : row?.querySelector("button:not(:disabled), select"))?.focus();
}

function usedNow(control) {
  if (!control) return null;
  const action = control.getAttribute("formaction");
  const selector = action
    ? `[formaction="${CSS.escape(action)}"][value="${control.value}"]`
    : `${control.localName}[form="${control.getAttribute("form")}"]`;
  return { id: control.id, selector, row: control.closest("tr")?.id };
}

let sending = Promise.resolve();
async function send(form, button) {
  const used = usedNow(document.activeElement?.closest("#board button, #board select, #board input"));
  const body = new URLSearchParams(new FormData(form));
  if (button?.name) body.append(button.name, button.value);
  const address = button?.getAttribute("formaction") ?? form.getAttribute("action") ?? location.href;
  board.setAttribute("aria-busy", "true");
  const answer = await fetch(address, { method: "POST", body }).catch(() => null);
  board.removeAttribute("aria-busy");
  const page = answer && new DOMParser().parseFromString(await answer.text(), "text/html");
  if (!page?.getElementById("board")) {
    const said = document.createElement("p");
    said.className = "say seal";
    said.setAttribute("role", "alert");
    said.textContent = board.dataset.failed;
    board.prepend(said);
    return;
  }
  show(page);
  focusOn(used);
}

// Whoever is given another number goes there, and those after him move along.
function renumber(input) {
  const inputs = [...input.closest("tbody").querySelectorAll("input[name^=rank-]")];
  const wanted = Number(input.value);
  if (!Number.isInteger(wanted) || wanted < 1) return;
  const others = inputs.filter((one) => one !== input);
  others.splice(Math.min(wanted, inputs.length) - 1, 0, input);
  others.forEach((one, place) => { one.value = place + 1; });
}

if (board) {
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-live-form]")) return;
    event.preventDefault();
    const { target, submitter } = event;
    sending = sending.then(() => send(target, submitter));
  });
  board.addEventListener("change", (event) => {
    if (event.target.matches("[data-choose]")) event.target.form.requestSubmit();
    if (!event.target.matches("input[name^=rank-]")) return;
    renumber(event.target);
    event.target.form.requestSubmit();
  });
  hideWhatIsDoneAtOnce();
}
