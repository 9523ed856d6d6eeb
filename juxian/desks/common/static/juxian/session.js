// How long the person stays signed in: warned five minutes before, told when it is over, and
// able to go on after signing in again, here or in another tab. See components/session.html.
const strip = document.querySelector("[data-session]");
const NOTICE = Number(strip?.dataset.notice ?? 300);
const PATIENCE = 10_000;

let timer = null;
let over = false;

async function ask(method) {
  const headers = { "X-CSRFToken": document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "" };
  const stop = new AbortController();
  const late = setTimeout(() => stop.abort(), PATIENCE);
  try {
    const answer = await fetch(strip.dataset.session, {
      method, headers, credentials: "same-origin", cache: "no-store", signal: stop.signal,
    });
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  } finally {
    clearTimeout(late);
  }
}

function renewTokens(token) {
  for (const control of document.querySelectorAll("[name=csrfmiddlewaretoken]")) control.value = token;
}

function show(name) {
  for (const part of strip.querySelectorAll("[data-session-says]")) {
    part.hidden = part.dataset.sessionSays !== name;
  }
  strip.hidden = !name;
}

// `left` seconds from now; whoever hears from the server says it here.
export function sessionLasts(left) {
  if (!strip) return;
  over = false;
  show("");
  clearTimeout(timer);
  timer = setTimeout(look, Math.max(0, left - NOTICE) * 1000);
}

export function sessionIsOver() {
  if (!strip || over) return;
  over = true;
  clearTimeout(timer);
  const back = encodeURIComponent(location.pathname + location.search + here());
  for (const link of document.querySelectorAll("[data-session-login]")) {
    link.href = `${strip.dataset.login}?next=${back}`;
  }
  // A form that is being filled tells it in its own place.
  show(document.querySelector("form[data-autosave]") ? "" : "over");
  document.dispatchEvent(new Event("signed-out"));
}

// The field that one was at, for the way back.
export function here() {
  const field = document.querySelector("[data-last-field]");
  return field ? `#${field.id}` : location.hash;
}

// Whether somebody is signed in now; if so, every form gets the token that holds for them.
export async function isSignedIn() {
  const said = await ask("GET");
  if (said === null) return null;
  if (!said.left) return false;
  renewTokens(said.token);
  return said;
}

async function look() {
  const said = await isSignedIn();
  if (said === null) {
    timer = setTimeout(look, 20_000);
  } else if (said === false) {
    sessionIsOver();
  } else if (said.left > NOTICE + 2) {
    sessionLasts(said.left);
  } else {
    const ends = new Date(Date.now() + said.left * 1000);
    const clock = new Intl.DateTimeFormat("zh-CN", {
      hour: "2-digit", minute: "2-digit", hour12: false, timeZone: "Asia/Shanghai",
    });
    strip.querySelector("[data-session-ends]").textContent = clock.format(ends);
    show("soon");
    timer = setTimeout(look, (said.left + 1) * 1000);
  }
}

async function again() {
  if (!over || document.visibilityState !== "visible") return;
  const said = await isSignedIn();
  if (!said) return;
  sessionLasts(said.left);
  document.dispatchEvent(new Event("signed-in-again"));
}

export function watchSession() {
  if (!strip) return;
  sessionLasts(Number(strip.dataset.left));
  strip.querySelector("[data-session-stay]").addEventListener("click", async () => {
    const said = await isSignedIn() && await ask("POST");
    if (said?.left) sessionLasts(said.left); else look();
  });
  document.addEventListener("focusin", ({ target }) => {
    if (!target.matches("main form [name][id]")) return;
    document.querySelector("[data-last-field]")?.removeAttribute("data-last-field");
    target.setAttribute("data-last-field", "");
  });
  document.addEventListener("visibilitychange", again);
  window.addEventListener("focus", again);
}
