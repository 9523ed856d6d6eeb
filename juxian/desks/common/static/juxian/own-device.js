// On a device that the person called their own, what was typed and not yet acknowledged is kept by
// the browser; sealed fields (data-sealed: the resident id and its like) never are.
const OWN = "juxian.own-device";
const PREFIX = "juxian.kept ";
const OLDEST = 7 * 24 * 3600 * 1000;
const NOT_TYPED = ["csrfmiddlewaretoken", "version", "base", "go", "at"];

function stored(act) {
  try {
    return act(localStorage);
  } catch {
    return null; // a browser that keeps nothing
  }
}

// By the address that the form is sent to, as it was when the page came.
function key(form) {
  form.dataset.keptAs ??= new URL(form.getAttribute("action") || location.href, location.href).pathname;
  return PREFIX + form.dataset.keptAs;
}
const sealed = (form) => (form.dataset.sealed ?? "").split(" ");

export const isOwn = () => stored((store) => store.getItem(OWN)) === "yes";

export function setOwn(yes) {
  stored((store) => {
    if (yes) {
      store.setItem(OWN, "yes");
      return;
    }
    for (const name of Object.keys(store)) {
      if (name === OWN || name.startsWith(PREFIX)) store.removeItem(name);
    }
  });
}

function base(form) {
  const left = sealed(form);
  const told = (form.elements.base?.value ?? "").split(" ");
  return told.filter((one) => !left.includes(one.split("=")[0])).join(" ");
}

export function putAway(form) {
  if (!isOwn()) return;
  const fields = {};
  for (const [name, value] of new FormData(form)) {
    if (typeof value !== "string" || NOT_TYPED.includes(name) || sealed(form).includes(name)) continue;
    (fields[name] ??= []).push(value);
  }
  const kept = { at: Date.now(), version: form.elements.version.value, base: base(form), fields };
  stored((store) => store.setItem(key(form), JSON.stringify(kept)));
}

export function drop(form) {
  stored((store) => store.removeItem(key(form)));
}

function put(form, name, values) {
  const rest = [...values];
  let changed = false;
  for (const control of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
    if (control.type === "checkbox" || control.type === "radio") {
      const ticked = values.includes(control.value);
      changed ||= control.checked !== ticked;
      control.checked = ticked;
    } else if (control.type !== "file" && rest.length) {
      const value = rest.shift();
      changed ||= control.value !== value;
      control.value = value;
    }
  }
  return changed;
}

// Puts back what an earlier page could not send; whether there was anything.
export function putBack(form) {
  const kept = JSON.parse(stored((store) => store.getItem(key(form))) ?? "null");
  if (!kept || Date.now() - kept.at > OLDEST) return false;
  const boxes = [...form.elements].filter(({ type, name }) => type === "checkbox" && name);
  const unticked = boxes.map(({ name }) => name).filter((name) => !sealed(form).includes(name));
  const fields = { ...Object.fromEntries(unticked.map((name) => [name, []])), ...kept.fields };
  const changed = Object.entries(fields).map(([name, values]) => put(form, name, values));
  if (!changed.includes(true)) {
    drop(form);
    return false;
  }
  if (form.elements.version.value !== kept.version) {
    form.elements.version.value = kept.version;
    if (form.elements.base) form.elements.base.value = kept.base;
  }
  form.dispatchEvent(new Event("input", { bubbles: true }));
  return true;
}
