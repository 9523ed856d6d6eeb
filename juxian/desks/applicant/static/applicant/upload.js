// Files on their way in: each by itself, in pieces, going on by itself after a break. The plain
// form does the same in one piece. Nothing is kept in the browser: what is unfinished, the page says.
import { markOf, shrunk } from "./photo.js";
import { spread } from "./spread.js";

const PIECE = 512 * 1024;
const LARGEST = 20 * 1024 * 1024;
const AT_ONCE = 3;
const PAUSES = [1, 2, 4, 8, 15, 30, 60, 60, 60, 60, 60, 60, 60, 60, 60].map((each) => each * 1000);
const template = document.querySelector("#upload-words");
const words = template.dataset;
const underway = new Map(); // by slot and mark
const waiting = [];
let running = 0;

function next() {
  while (running < AT_ONCE && waiting.length) {
    running += 1;
    waiting.shift()().finally(() => { running -= 1; next(); });
  }
}

class Item {
  constructor(form, file) {
    this.form = form;
    this.file = file;
    this.percent = 0;
    this.row = template.content.firstElementChild.cloneNode(true);
    this.bar = this.row.querySelector("progress");
    this.row.querySelector(".upload-name").textContent = file.name;
    this.bar.setAttribute("aria-label", words.named + file.name);
    for (const [name, act] of [["pause", "pause"], ["goOn", "goOn"], ["giveUp", "giveUp"], ["close", "close"]]) {
      const button = this.button(name);
      button.setAttribute("aria-label", `${button.textContent}：${file.name}`);
      button.addEventListener("click", () => this[act]());
    }
    form.querySelector("[data-uploads]").append(this.row);
    this.say(words.waiting);
    this.settled = new Promise((settle) => { this.settle = settle; });
  }

  button(name) {
    return this.row.querySelector(`[data-${name.replace(/[A-Z]/g, (each) => `-${each.toLowerCase()}`)}]`);
  }

  offer(...names) {
    const focused = this.row.contains(document.activeElement);
    for (const name of ["pause", "goOn", "giveUp", "close"]) this.button(name).hidden = !names.includes(name);
    if (focused && document.activeElement.hidden && names.length) this.button(names[0]).focus();
  }

  say(text, state = "") {
    this.row.className = `upload ${state}`;
    this.row.querySelector(".upload-told").textContent = text;
  }

  progress(text) {
    this.bar.value = this.percent;
    this.say(`${text} ${this.percent}%`);
  }

  // Resolves when the file needs no place in the queue any more: done, refused, broken or paused.
  run() {
    return new Promise((release) => {
      this.release = release;
      this.begin().catch((fault) => this.fail(fault));
    });
  }

  async begin() {
    if (this.stopped) return this.release();
    if (!this.upload) {
      this.say(words.preparing);
      const content = await shrunk(this.file);
      if (content.size > LARGEST) return this.refuse(words.tooLarge);
      this.mark = await markOf(content);
      this.key = `${this.form.elements.material.value} ${this.mark}`;
      if (underway.has(this.key)) { this.key = ""; return this.refuse(words.twice); }
      underway.set(this.key, this);
      this.upload = this.prepared(content);
    }
    if (this.stopped) return this.release();
    this.active = true;
    this.offer("pause", "giveUp");
    this.upload.start();
  }

  prepared(content) {
    const { elements } = this.form;
    const begun = document.querySelector(`#m-${elements.material.value} [data-unfinished="${this.mark}"]`);
    const upload = new tus.Upload(content, {
      endpoint: this.form.dataset.upload,
      uploadUrl: begun ? new URL(begun.dataset.at, location.href).href : null,
      chunkSize: PIECE,
      retryDelays: PAUSES,
      overridePatchMethod: true, // firewalls that let only POST through
      storeFingerprintForResuming: false,
      headers: { "X-CSRFToken": elements.csrfmiddlewaretoken.value },
      metadata: {
        material: elements.material.value,
        claim: elements.claim ? elements.claim.value : "",
        title: this.file.name.replace(/\.[^.]+$/, ""),
        mark: this.mark,
      },
      onProgress: (sent, whole) => {
        this.percent = Math.floor((sent / whole) * 100);
        this.progress(words.sending);
      },
      onShouldRetry: (fault) => {
        const answer = fault.originalResponse;
        if (signedOut(answer)) return false;
        const again = !answer || answer.getStatus() >= 500 || [0, 409, 423, 429].includes(answer.getStatus());
        if (again) this.progress(words.retrying);
        return again;
      },
      onError: (fault) => this.fail(fault),
      onSuccess: () => {
        this.percent = 100;
        this.bar.value = 100;
        this.finish("kept", words.kept);
      },
    });
    if (begun) begun.hidden = true;
    return upload;
  }

  fail(fault) {
    const answer = fault.originalResponse;
    const status = answer ? answer.getStatus() : 0;
    if (signedOut(answer)) return this.finish("broken", words.signedOut);
    if (status === 422 || status === 413) return this.refuse(answer.getBody());
    if (answer || !fault.originalRequest) return this.finish("broken", words.failed);
    this.active = false;
    this.isBroken = true;
    this.say(words.broken, "broken");
    this.offer("goOn", "giveUp");
    this.release();
  }

  refuse(why) { this.finish("refused", why); }

  finish(state, text) {
    this.active = false;
    this.state = state;
    this.say(text, state);
    this.offer(...(state === "kept" ? [] : ["close"]));
    if (this.key) underway.delete(this.key);
    this.release();
    this.settle(state);
  }

  pause() {
    this.stopped = true;
    this.active = false;
    if (this.upload) this.upload.abort();
    this.progress(words.paused);
    this.offer("goOn", "giveUp");
    if (this.release) this.release();
  }

  goOn() {
    this.stopped = this.isBroken = false;
    this.offer("pause", "giveUp");
    this.progress(words.sending);
    waiting.unshift(() => this.run());
    next();
  }

  async giveUp() {
    this.stopped = true;
    this.active = false;
    if (this.upload) await this.upload.abort(true).catch(() => {});
    if (this.key) underway.delete(this.key);
    if (this.release) this.release();
    this.settle("given up");
    this.close();
  }

  close() {
    const list = this.row.parentElement;
    const control = this.form.elements.files;
    if (this.row.contains(document.activeElement)) control.focus();
    this.row.remove();
    list.hidden = !list.children.length;
  }
}

function signedOut(answer) {
  const asked = answer && answer.getUnderlyingObject();
  return Boolean(asked && asked.responseURL && new URL(asked.responseURL).pathname.startsWith("/accounts/"));
}

// What the server now says of the slots, put in the place of what the page said.
async function refresh(slots) {
  const answer = await fetch(location.pathname, { credentials: "same-origin" });
  if (!answer.ok || answer.redirected) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const place of document.querySelectorAll("#summary, #contents")) {
    const fresh = page.getElementById(place.id);
    if (fresh) place.replaceWith(document.adoptNode(fresh));
  }
  for (const slot of slots) {
    const parts = page.getElementById(slot.id)?.querySelectorAll(":scope > [data-fresh]") ?? [];
    slot.querySelectorAll(":scope > [data-fresh]").forEach((part, at) => part.replaceWith(document.adoptNode(parts[at])));
  }
}

// On their way to one material; resolves when each is kept, refused, broken or given up.
async function give(form, files) {
  form.querySelector("[data-uploads]").hidden = false;
  const items = files.map((file) => new Item(form, file));
  for (const item of items) waiting.push(() => item.run());
  next();
  await Promise.all(items.map((item) => item.settled));
  return items;
}

async function told(place, items) {
  const among = (...states) => items.filter((item) => states.includes(item.state));
  const [kept, refused] = [among("kept"), among("refused", "broken")];
  if (kept.length) {
    await refresh(new Set(kept.map((item) => item.form.closest("[data-slot]")))).catch(() => {});
  }
  for (const item of kept) item.close();
  if (kept.length || refused.length) {
    place.textContent = (refused.length ? words.some : words.many)
      .replace("#", kept.length).replace("@", refused.length);
  }
}

async function send(form) {
  const control = form.elements.files;
  const place = form.querySelector("[data-told]");
  place.textContent = control.files.length ? "" : words.choose;
  if (!control.files.length) { control.focus(); return; }
  const files = [...control.files];
  control.value = "";
  await told(place, await give(form, files));
}

function goOnWithBroken() {
  for (const item of underway.values()) if (item.isBroken) item.goOn();
}

if (window.tus && tus.isSupported) {
  for (const form of document.querySelectorAll("form[data-upload]")) {
    form.addEventListener("submit", (event) => { event.preventDefault(); send(form); });
  }
  spread(give, told, words);
  window.addEventListener("online", goOnWithBroken);
  window.addEventListener("beforeunload", (event) => {
    if ([...underway.values()].some((item) => item.active)) event.preventDefault();
  });
}
