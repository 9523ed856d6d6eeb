// The receiving desk: scans are answered one after another while the next ones are typed; a camera;
// the page looks again while a worker reads scanned files. Without scripts, forms do the same.
import { watch } from "./camera.js";

const form = document.querySelector("[data-scan]");
const waiting = [];
let busy = false;
let speaker;

function sound(kind) {
  if (!speaker) return;
  const tone = speaker.createOscillator();
  tone.frequency.value = kind === "right" ? 880 : 220;
  tone.connect(speaker.destination);
  tone.start();
  tone.stop(speaker.currentTime + (kind === "right" ? 0.08 : 0.4));
}

// A piece of the answer takes the place of what has its id; ticks that are not saved yet stay.
function replace(piece) {
  const old = document.getElementById(piece.id);
  if (!old) return;
  const ticked = new Map([...old.querySelectorAll("[name=tick]")].map((one) => [one.value, one.checked]));
  for (const one of piece.querySelectorAll("[name=tick]")) {
    if (ticked.has(one.value)) one.checked = ticked.get(one.value);
  }
  old.replaceWith(piece);
}

function tell(words) {
  const answer = document.getElementById("scan-answer");
  answer.className = "scan-answer wrong";
  answer.textContent = words;
  sound("wrong");
}

async function ask({ code, way }) {
  const data = new FormData(form);
  data.set("code", code);
  data.set("way", way);
  try {
    const answer = await fetch(form.action, { method: "POST", body: data, headers: { "HX-Request": "true" } });
    if (answer.redirected || answer.status === 403) return tell(form.dataset.out);
    if (!answer.ok) return tell(form.dataset.failed);
    const pieces = document.createElement("template");
    pieces.innerHTML = await answer.text();
    sound(pieces.content.querySelector("[data-sound]").dataset.sound);
    [...pieces.content.children].forEach(replace);
  } catch {
    tell(form.dataset.failed);
  }
}

async function work() {
  if (busy) return;
  busy = true;
  while (waiting.length) await ask(waiting.shift());
  busy = false;
}

function take(code, way) {
  speaker ??= new AudioContext();
  waiting.push({ code, way });
  work();
}

if (form) {
  const field = form.elements.namedItem("code");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const code = field.value.trim();
    field.value = "";
    field.focus();
    if (code) take(code, "scanner");
  });
  // What a scanner types while nothing has the focus goes where it belongs.
  document.addEventListener("keydown", (event) => {
    if (event.target === document.body && event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey) field.focus();
  });
  watch(document.querySelector("[data-camera]"), document.querySelector("[data-view]"), (code) => take(code, "camera"));
}

// What has been read of scanned files, until all of it is.
async function look() {
  const piles = document.querySelector("[data-reading]");
  if (!piles) return;
  await new Promise((done) => { setTimeout(done, 2000); });
  const answer = await fetch(location.href).catch(() => null);
  if (answer?.ok && !answer.redirected) {
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const piece of page.querySelectorAll("#parcel-piles, #parcel-counts, #parcel-odd, [id^='person-']")) replace(piece);
  }
  look();
}
look();
