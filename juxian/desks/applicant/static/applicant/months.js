// Shows a year and month the one way it is kept, once the control is left: [data-month].
// What cannot be read stays as it was typed; the server says so.
const WAYS = [
  /^(\d{4})[-/.](\d{1,2})(?:[-/.]\d{1,2})?$/,
  /^(\d{4})年(\d{1,2})月?(?:\d{1,2}日?)?$/,
  /^(\d{4})(\d{2})(?:\d{2})?$/,
];

export function month(typed) {
  const text = typed.normalize("NFKC").replace(/\s/g, "");
  for (const way of WAYS) {
    const found = way.exec(text);
    if (found && Number(found[2]) >= 1 && Number(found[2]) <= 12) {
      return `${found[1]}-${found[2].padStart(2, "0")}`;
    }
  }
  return typed;
}

document.addEventListener("focusout", (event) => {
  const control = event.target;
  if (!(control instanceof HTMLInputElement) || !("month" in control.dataset)) return;
  const read = month(control.value);
  if (read !== control.value) control.value = read;
});
