// Saves <form data-autosave> by itself, a few seconds after the last key and on leaving a field,
// under its hidden `version`. One request at a time; what was sent and not acknowledged is sent
// again, word for word, before anything newer, so that a lost answer is no conflict.
import { drop, isOwn, putAway, putBack, setOwn } from "./own-device.js";
import { isSignedIn, sessionIsOver, sessionLasts } from "./session.js";

const PAUSE = 3_000; // after the last key
const LEFT = 200; // after leaving a field
const PATIENCE = 15_000; // with one request
const BRIEF = 60_000; // letters that a browser still sends for a page that is going
const PAUSES = [2, 4, 8, 15, 30, 60]; // seconds between attempts
const OURS = ["csrfmiddlewaretoken", "version", "base", "at", "go"];

let queue = Promise.resolve();

class Keeper {
  constructor(form) {
    this.form = form;
    this.line = form.querySelector("[data-autosave-line]");
    this.acknowledged = form.dataset.autosave === "unsaved" ? null : this.words();
    this.sent = null; // on its way, or lost
    this.busy = null;
    this.timer = null;
    this.attempts = 0;
    this.stopped = "";
    this.leaving = false;
    this.composing = false;
  }

  typed() {
    const typed = new FormData(this.form);
    for (const control of this.form.querySelectorAll("input[type=file]")) typed.delete(control.name);
    for (const name of OURS) typed.delete(name);
    return typed;
  }

  words() {
    return JSON.stringify([...this.typed()]);
  }

  get changed() {
    return this.words() !== this.acknowledged;
  }

  say(name, seconds = 0) {
    if (!this.line) return;
    this.line.textContent = (this.line.dataset[name] ?? name).replace("{}", seconds);
    this.line.parentElement.classList.add("told");
    this.line.classList.toggle("amiss", Boolean(this.stopped || this.attempts));
  }

  offer(name, url = "") {
    for (const way of this.form.querySelectorAll("[data-autosave-way]")) {
      way.hidden = way.dataset.autosaveWay !== name;
      if (url && way.tagName === "A") way.href = url;
    }
  }

  soon(after) {
    clearTimeout(this.timer);
    this.timer = this.stopped ? null : setTimeout(() => this.save(), after);
  }

  // Resolves to what became of it: saved, failed, signed_out, overtaken, closed, another.
  save() {
    clearTimeout(this.timer);
    if (this.busy) return this.busy;
    if (this.composing || (!this.sent && !this.changed)) return Promise.resolve("saved");
    this.busy = queue.then(() => this.send()).then((became) => {
      this.busy = null;
      if (became === "saved" && this.changed) this.soon(PAUSE);
      return became;
    });
    queue = this.busy.catch(() => null);
    return this.busy;
  }

  async send(renewed = false) {
    this.sent ??= { typed: this.typed(), words: this.words() };
    const { version, base } = this.form.elements;
    const body = new URLSearchParams();
    for (const [name, value] of this.sent.typed) body.append(name, value);
    for (const control of [version, base]) if (control) body.set(control.name, control.value);
    body.set("csrfmiddlewaretoken", this.form.elements.csrfmiddlewaretoken.value);
    body.set("go", "auto");
    if (!this.attempts) this.say("saving");
    const answer = await post(this.form, body);
    if (answer === null) return this.retry();
    const said = await answer.json().catch(() => ({}));
    if (answer.ok && said.state === "saved") return this.keep(said);
    if (answer.status === 403 && !renewed) {
      const who = await isSignedIn();
      if (who) return this.send(true);
      return who === null ? this.retry() : this.end();
    }
    if (answer.status === 401 || answer.type === "opaqueredirect") return this.end();
    if (answer.status === 409) return this.stop(said.state, said);
    if (answer.status === 404) return this.stop("another", { says: "another" });
    return this.retry();
  }

  keep(said) {
    const { version, base } = this.form.elements;
    const [was, now] = [Number(version.value), Number(said.version)];
    this.acknowledged = this.sent.words;
    this.sent = null;
    this.attempts = 0;
    // Other forms made from the same section follow, if nothing else was saved in between.
    for (const other of document.querySelectorAll("form[data-autosave] [name=version]")) {
      if (Number(other.value) === was && now === was + 1) other.value = now;
    }
    version.value = now;
    if (base && said.base !== undefined) base.value = said.base;
    if (!this.changed) {
      drop(this.form);
      this.form.dispatchEvent(new Event("kept"));
    }
    if (said.here && !this.form.getAttribute("action")) history.replaceState(history.state, "", said.here);
    this.offer("");
    this.say(said.says);
    sessionLasts(said.left);
    return "saved";
  }

  retry() {
    const pause = PAUSES[Math.min(this.attempts, PAUSES.length - 1)];
    this.attempts += 1;
    const name = navigator.onLine ? "retrying" : isOwn() ? "offlineKept" : "offline";
    this.say(name, pause);
    this.soon(pause * 1000);
    return "failed";
  }

  end() {
    if (this.stopped) return this.stopped;
    this.stopped = "signed_out";
    sessionIsOver();
    return this.stop("signed_out", { says: "signedOut" });
  }

  stop(why, said) {
    this.stopped = why;
    this.sent = null;
    this.say(said.says ?? "retrying");
    this.offer(why, said.url);
    return why;
  }

  resume() {
    if (!["signed_out", "another"].includes(this.stopped)) return;
    this.stopped = "";
    this.offer("");
    this.say("");
    this.soon(0);
  }

  // Before a button leads away: what stands on the page is saved first. Only a line that is broken
  // keeps the person here; everything else has its page.
  async leave(button) {
    if (this.leaving) return;
    this.leaving = true;
    clearTimeout(this.timer);
    let became = await this.save();
    if (became === "saved" && this.changed && !this.composing) became = await this.save();
    this.leaving = false;
    if (became === "failed") return;
    this.passing = true;
    this.form.requestSubmit(button);
    this.passing = false;
  }

  watch() {
    const { form } = this;
    form.addEventListener("compositionstart", () => { this.composing = true; });
    form.addEventListener("compositionend", () => { this.composing = false; this.soon(PAUSE); });
    form.addEventListener("input", () => { putAway(form); if (!this.composing) this.soon(PAUSE); });
    form.addEventListener("change", () => { putAway(form); this.soon(LEFT); });
    form.addEventListener("focusout", () => { this.composing = false; if (this.changed) this.soon(LEFT); });
    form.addEventListener("submit", (event) => {
      if (!this.passing && !this.stopped && (this.sent || this.busy || this.changed)) {
        event.preventDefault();
        this.leave(event.submitter);
      } else {
        clearTimeout(this.timer);
        whereOneWas(form);
      }
    });
    document.addEventListener("signed-out", () => this.end());
    document.addEventListener("signed-in-again", () => this.resume());
    window.addEventListener("online", () => { if (this.sent) this.save(); });
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden" && !this.stopped) this.save();
    });
    if (putBack(form) || this.acknowledged === null) this.soon(0);
    const own = form.querySelector("[data-own-device]");
    if (own) {
      own.closest("[hidden]").hidden = false;
      own.checked = isOwn();
      own.addEventListener("change", () => { setOwn(own.checked); if (this.changed) putAway(form); });
    }
  }
}

// For the way back, if the session has ended meanwhile.
function whereOneWas(form) {
  const field = form.querySelector("[data-last-field]");
  if (!field) return;
  const at = form.elements.at ?? form.appendChild(document.createElement("input"));
  Object.assign(at, { type: "hidden", name: "at", value: field.id });
}

// Null when no answer came, or none that counts: a broken line, a timeout, a fault of the server.
async function post(form, body) {
  const stop = new AbortController();
  const late = setTimeout(() => stop.abort(), PATIENCE);
  try {
    const answer = await fetch(form.getAttribute("action") || location.href, {
      method: "POST", body, redirect: "manual", credentials: "same-origin", signal: stop.signal,
      keepalive: document.visibilityState === "hidden" && String(body).length < BRIEF,
    });
    return answer.status >= 500 || answer.status === 429 ? null : answer;
  } catch {
    return null;
  } finally {
    clearTimeout(late);
  }
}

for (const form of document.querySelectorAll("form[data-autosave]")) new Keeper(form).watch();
