// What was typed into a date or year-month is shown the one way it is kept, once the field is left:
// <input data-entry="date">, "year_month" or "year"; <input type="date"> by pasting.
// The server reads the same and remains the judge.
const DAYS = [
  /^(\d{4})[-/.。、·—–](\d{1,2})[-/.。、·—–](\d{1,2})$/,
  /^(\d{4})年(\d{1,2})月(\d{1,2})日?$/,
  /^(\d{4})(\d{2})(\d{2})$/,
];
const MONTHS = [/^(\d{4})[-/.。、·—–](\d{1,2})$/, /^(\d{4})年(\d{1,2})月?$/, /^(\d{4})(\d{2})$/];
const FIRST = 1900;
const LAST = 2100;

// Without what no entry keeps: controls, order marks, white space around.
export function typed(text) {
  return text
    .replace(/\r\n|[\r\v\f\x85\u2028\u2029]/g, "\n")
    .replace(/[\x00-\x08\x0e-\x1f\x7f-\x9f\ufeff\u200b\u202a-\u202e\u2066-\u2069\ufff9-\uffff]/g, "")
    .trim();
}

export function dateAsKept(text) {
  const parts = partsOf(text, DAYS);
  return parts && isDay(...parts) ? written(parts) : null;
}

export function monthAsKept(text) {
  const day = partsOf(text, DAYS);
  const parts = day && isDay(...day) ? day.slice(0, 2) : partsOf(text, MONTHS);
  return parts && isDay(parts[0], parts[1], 1) ? written(parts) : null;
}

function yearAsKept(text) {
  const found = /^(\d{4})年?$/.exec(folded(text));
  return found && isDay(Number(found[1]), 1, 1) ? found[1] : null;
}

export function isRealDay(year, month, day) {
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= days[month - 1];
}

function isDay(year, month, day) {
  return year >= FIRST && year <= LAST && isRealDay(year, month, day);
}

function folded(text) {
  return typed(text).normalize("NFKC").replace(/\s/g, "");
}

function partsOf(text, forms) {
  const found = forms.map((form) => form.exec(folded(text))).find(Boolean);
  return found ? found.slice(1).map(Number) : null;
}

function written([year, ...rest]) {
  return [String(year).padStart(4, "0"), ...rest.map((one) => String(one).padStart(2, "0"))].join("-");
}

const KEPT = { year_month: monthAsKept, year: yearAsKept, date: dateAsKept };

function show(control, value) {
  if (value === null || value === control.value) return;
  control.value = value;
  control.dispatchEvent(new Event("input", { bubbles: true }));
}

document.addEventListener("focusout", ({ target }) => {
  const asKept = KEPT[target.dataset?.entry];
  if (asKept) show(target, asKept(target.value));
});
document.addEventListener("paste", (event) => {
  const { target } = event;
  if (target.tagName !== "INPUT" || target.type !== "date") return;
  const day = dateAsKept(event.clipboardData.getData("text"));
  if (day === null) return;
  event.preventDefault();
  show(target, day);
});
