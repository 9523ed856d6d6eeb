// Ticking a file: each block is kept as soon as it is ticked; what could not be kept is not left.
const form = document.querySelector("[data-ticking]");
const unsaved = new Set();

function say(block, words, amiss = false) {
  const line = block.querySelector(".tick-line");
  line.textContent = words;
  line.classList.toggle("amiss", amiss);
}

function answerOf(block) {
  return block.querySelector("input[type=radio]:checked")?.value ?? "";
}

function recount() {
  const count = document.querySelector("[data-ticked-count]");
  if (!count) return;
  const all = [...document.querySelectorAll("[data-tick]")];
  const done = all.filter((block) => answerOf(block) && !unsaved.has(block)).length;
  const shown = Number(count.dataset.hidden ?? 0);
  count.textContent = count.dataset.says.replace("#", done + shown).replace("@", count.dataset.total);
}

async function keep(block) {
  const note = block.querySelector(".note");
  unsaved.add(block);
  if (answerOf(block) === "no" && !note.value.trim()) {
    say(block, form.dataset.missing, true);
    return;
  }
  say(block, form.dataset.saving);
  const body = new URLSearchParams({ go: "auto", turn: form.elements.turn.value });
  body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  body.set(`holds:${block.dataset.tick}`, answerOf(block));
  body.set(note.name, note.value);
  const sent = `${answerOf(block)} ${note.value}`;
  const answer = await fetch(form.action, { method: "POST", body, redirect: "manual" }).catch(() => null);
  const said = await answer?.json().catch(() => null);
  if (sent !== `${answerOf(block)} ${note.value}`) return; // ticked again meanwhile
  if (answer?.ok && said?.state === "saved") {
    unsaved.delete(block);
    say(block, said.says);
  } else {
    say(block, said?.says ?? form.dataset.failed, true);
  }
  recount();
}

if (form) {
  const count = document.querySelector("[data-ticked-count]");
  if (count) {
    const [done, total] = count.textContent.match(/\d+/g).map(Number);
    const here = [...document.querySelectorAll("[data-tick]")].filter(answerOf).length;
    count.dataset.total = total;
    count.dataset.hidden = done - here; // ticked in parts that did not change and are not shown
  }
  document.querySelector("[data-keep-all]")?.remove();
  for (const block of document.querySelectorAll("[data-tick]")) {
    block.addEventListener("change", () => keep(block));
    block.querySelector(".note").addEventListener("input", () => unsaved.add(block));
    block.querySelector(".doubt").addEventListener("click", () => block.querySelector(".note").focus());
  }
  form.addEventListener("submit", (event) => { // Enter in a note
    event.preventDefault();
    const block = document.activeElement.closest("[data-tick]");
    if (block) keep(block);
  });
  window.addEventListener("beforeunload", (event) => {
    if (!unsaved.size) return;
    event.preventDefault();
    event.returnValue = ""; // what Chromium before 119 asks for
  });
}
