// The tables of a section: a row is moved where it stands, and on wide screens edited where it
// stands. Everything here is also done by the same buttons without scripts, page by page.
import { watchCounters } from "../juxian/counter.js";

const WIDE = window.matchMedia("(min-width: 992px)");
const CONFLICT = 409;
const SAY_AFTER = 80; // milliseconds, so that a screen reader hears the line change

const page = document.querySelector("form[data-autosave]");
let open = null; // the row that is being edited; `from` is the button that opened it

function parsed(text) {
  return new DOMParser().parseFromString(text, "text/html");
}

function say(sheet, words, tone = "") {
  const line = sheet.querySelector("[data-rows-said]");
  line.textContent = "";
  line.className = `rows-said ${tone}`;
  setTimeout(() => { line.textContent = words; }, SAY_AFTER);
}

function failed(sheet) {
  say(sheet, sheet.dataset.failed, "failed");
}

// The table as the server has it now. The page's own saving goes on from its version where nobody
// else can have saved in between; where the page's own answers were saved too, they are told.
function put(sheet, answer, isWhole = false) {
  const fresh = answer.querySelector("[data-rows]");
  if (!fresh) return false;
  const old = sheet.querySelector("[data-rows]");
  const across = old.querySelector(".scroll")?.scrollLeft ?? 0;
  sheet.next = fresh.querySelector("[autofocus]");
  sheet.next?.removeAttribute("autofocus"); // the script gives the keyboard on
  old.replaceWith(document.adoptNode(fresh));
  const scroll = fresh.querySelector(".scroll");
  if (scroll) scroll.scrollLeft = across;
  const { version, base } = page.elements;
  if (isWhole || Number(fresh.dataset.version) === Number(version.value) + 1) {
    version.value = fresh.dataset.version;
  }
  if (isWhole) base.value = answer.querySelector("[data-base]").dataset.base;
  const said = answer.querySelector("[data-said]");
  if (said) say(sheet, said.textContent, said.dataset.said);
  return true;
}

async function send(address, typed) {
  const answer = await fetch(address, { method: "POST", body: typed, credentials: "same-origin" });
  return { is: answer.status, at: answer.url, body: parsed(await answer.text()) };
}

// --- a row moved, rows put in order, a row that comes back -------------------------------------

async function act(sheet, pressed) {
  const typed = new FormData(page);
  let files = false;
  for (const control of page.querySelectorAll("input[type=file]")) {
    files = files || control.files.length > 0;
    typed.delete(control.name);
  }
  typed.set("go", pressed.value);
  typed.set("inline", "1");
  try {
    const answer = await send(page.action || location.href, typed);
    if (!put(sheet, answer.body, true)) { natively(pressed); return; }
  } catch {
    failed(sheet);
    return;
  }
  if (!files) page.dispatchEvent(new Event("kept"));
  (sheet.next || sheet.querySelector("h2")).focus();
}

function natively(pressed) {
  pressed.dataset.native = "";
  pressed.click();
}

// --- a row edited where it stands ---------------------------------------------------------------

function fold(form) {
  form.dispatchEvent(new CustomEvent("inserted", { bubbles: true }));
  watchCounters(form);
}

// The first question that is not answered yet; of a row that has all answers, the first of all.
function toAnswer(form) {
  const controls = [...form.querySelectorAll(".row-questions :is(input, select, textarea)")]
    .filter((one) => !one.hidden && !one.closest("[hidden]"));
  const isBlank = (one) => {
    if (one.type === "radio") return !form.querySelector(`[name="${one.name}"]:checked`);
    return one.type !== "checkbox" && one.value === "";
  };
  return (form.elements.row && !open.line && controls.find(isBlank)) || controls[0];
}

// In the place of its row; a copy below the row that it is made from; a new one at the end.
function show(sheet, form, line, isCopy = false) {
  const columns = sheet.querySelectorAll("thead tr > *").length;
  let place;
  if (line) {
    place = document.createElement("tr");
    place.className = "editing";
    const cell = document.createElement("td");
    cell.colSpan = columns;
    cell.append(form);
    place.append(cell);
    line.after(place);
    line.hidden = !isCopy;
  } else {
    place = document.createElement("div");
    place.className = "add-place";
    place.append(form);
    sheet.querySelector("[data-rows] > .in").before(place);
  }
  open = { sheet, form, place, line, isCopy, from: "", changed: false, leaving: false };
  for (const told of ["input", "change"]) {
    form.addEventListener(told, (event) => { open.changed = true; event.stopPropagation(); });
  }
  form.addEventListener("submit", save);
  form.addEventListener("keydown", escape);
  form.addEventListener("keydown", goOn);
  form.querySelector("[data-close]").addEventListener("click", () => close());
  say(sheet, "");
  fold(form);
  const fault = form.querySelector("[data-take-focus]");
  (fault || toAnswer(form) || form.querySelector("#row-editor-title")).focus();
  form.scrollIntoView({ block: "nearest" });
}

function close() {
  const { sheet, place, line, from } = open;
  place.remove();
  if (line) line.hidden = false;
  open = null;
  say(sheet, "");
  const opener = [...sheet.querySelectorAll("[data-edit]")].find((one) => one.value === from);
  (opener || sheet.querySelector("h2")).focus();
}

function escape(event) {
  if (event.key !== "Escape" || event.isComposing) return;
  event.stopPropagation();
  if (!open.changed || open.leaving) { close(); return; }
  open.leaving = true;
  say(open.sheet, open.sheet.dataset.leaving, "wait");
}

// Ctrl+Enter keeps the row and begins the next one; where no more may be added, it only keeps it.
function goOn(event) {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
  event.preventDefault();
  const { form } = open;
  form.requestSubmit(form.querySelector("[value=another]") || form.querySelector("[value=back]"));
}

// Another button was pressed while something is typed and not kept.
function mind() {
  say(open.sheet, open.sheet.dataset.busy, "wait");
  open.form.querySelector("#row-editor-title").focus();
}

async function edit(sheet, pressed) {
  const [name, query] = pressed.value.slice(sheet.dataset.table.length + 1).split("?");
  const address = `${sheet.dataset.address}${name}/?${query ? `${query}&` : ""}inline=1`;
  try {
    const answer = await fetch(address, { credentials: "same-origin" });
    const form = parsed(await answer.text()).querySelector("[data-row-editor]");
    if (!form) { natively(pressed); return; }
    show(sheet, document.adoptNode(form), pressed.closest("[data-row]"), name === "new");
    open.from = pressed.value;
  } catch {
    failed(sheet);
  }
}

// Both versions of a row that was changed elsewhere meanwhile stand side by side on a page of theirs.
function compare(form) {
  form.elements.inline.remove();
  form.action = form.action.replace(/([?&])inline=1&?/, "$1");
  open.changed = false;
  HTMLFormElement.prototype.submit.call(form);
}

async function save(event) {
  event.preventDefault();
  event.stopPropagation();
  const { sheet, form } = open;
  if (form.dataset.sending) return;
  const go = event.submitter?.value || "back";
  form.dataset.sending = "1";
  try {
    const typed = new FormData(form);
    typed.set("go", go);
    const answer = await send(form.action, typed);
    const again = answer.body.querySelector("[data-row-editor]");
    if (answer.is === CONFLICT) compare(form);
    else if (again) await amiss(sheet, document.adoptNode(again), answer);
    else if (answer.body.querySelector("[data-rows]")) kept(sheet, answer, go);
    else failed(sheet);
  } catch {
    failed(sheet);
  } finally {
    delete form.dataset.sending;
  }
}

function kept(sheet, answer, go) {
  open = null;
  put(sheet, answer.body);
  const add = sheet.querySelector("[data-add]");
  if (go === "another" && add) { edit(sheet, add); return; }
  (sheet.next || add || sheet.querySelector("h2")).focus();
}

// Saved with faults, or not saved at all: the editor stays, with what was typed and what is amiss.
async function amiss(sheet, form, answer) {
  const saved = answer.is === 200;
  const unsaved = open.changed && !saved;
  if (saved) {
    const table = await fetch(`${sheet.dataset.address}?inline=1`, { credentials: "same-origin" });
    put(sheet, parsed(await table.text()));
  } else {
    open.place.remove();
    if (open.line) open.line.hidden = false;
  }
  const isCopy = !saved && open.isCopy;
  const line = isCopy ? open.line
    : sheet.querySelector(`[data-row="${CSS.escape(form.dataset.rowEditor)}"]`);
  const from = (!isCopy && line?.querySelector("[data-edit]").value) || open.from;
  show(sheet, form, line, isCopy);
  open.from = from;
  open.changed = unsaved;
  const said = answer.body.querySelector("[data-said]") || form.querySelector(".faults strong");
  if (said) say(sheet, said.textContent, saved ? "wait" : "failed");
}

// ------------------------------------------------------------------------------------------------

function pressedIn(event) {
  const sheet = event.target.closest("[data-table]");
  const pressed = sheet && event.target.closest("button[name=go]");
  if (!pressed || event.target.closest("[data-row-editor]")) return;
  if ("native" in pressed.dataset) { delete pressed.dataset.native; return; }
  const edits = "edit" in pressed.dataset && WIDE.matches;
  if (!edits && !("act" in pressed.dataset)) return;
  event.preventDefault();
  if (open?.changed) { mind(); return; }
  if (open) close();
  if (edits) edit(sheet, pressed);
  else act(sheet, pressed);
}

if (page) {
  document.addEventListener("click", pressedIn);
  window.addEventListener("beforeunload", (event) => { if (open?.changed) event.preventDefault(); });
}
