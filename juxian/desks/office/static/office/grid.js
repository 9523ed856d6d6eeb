// Tables of figures: arrows move between rows, a block copied from a spreadsheet fills the cells,
// and the name of a known expert fills the rest of the row.

const cellsOf = (row) => [...row.querySelectorAll("input:not([type=hidden]), select")];

const rowsOf = (table) => [...table.tBodies[0].rows].map(cellsOf).filter((cells) => cells.length);

const placeOf = (table, input) => {
  const rows = rowsOf(table);
  const row = rows.findIndex((cells) => cells.includes(input));
  return { rows, row, column: rows[row].indexOf(input) };
};

const change = (input) => input.dispatchEvent(new Event("input", { bubbles: true }));

const put = (input, text) => {
  if (input.matches("select")) {
    const option = [...input.options].find((one) => one.text.startsWith(text) && text);
    if (option) input.value = option.value;
  } else if (input.type === "checkbox") {
    input.checked = !/^(0|否|缺席|请假|未到|×)?$/.test(text);
  } else {
    input.value = text;
  }
};

const moves = { ArrowUp: -1, ArrowDown: 1, Enter: 1 };

const onKey = (event) => {
  const table = event.target.closest("table[data-grid]");
  const step = moves[event.key];
  const hasArrows = event.target.matches("select, [list]") && event.key !== "Enter";
  if (!table || !step || event.isComposing || hasArrows) return;
  const { rows, row, column } = placeOf(table, event.target);
  const to = rows[row + step]?.[column];
  event.preventDefault();
  to?.focus();
  if (to?.type === "text") to.select();
};

const onPaste = (event) => {
  const table = event.target.closest("table[data-grid]");
  const text = event.clipboardData?.getData("text/plain").replace(/\r/g, "").replace(/\n$/, "");
  if (!table || !text || !/[\t\n]/.test(text)) return;
  event.preventDefault();
  const { rows, row, column } = placeOf(table, event.target);
  text.split("\n").forEach((line, down) =>
    line.split("\t").forEach((value, across) => {
      const cell = rows[row + down]?.[column + across];
      if (cell) put(cell, value.trim());
    }),
  );
  change(event.target);
};

const onName = (event) => {
  const input = event.target;
  if (!input.matches("[list]")) return;
  const known = [...(input.list ? input.list.options : [])].find((option) => option.value === input.value);
  if (!known) return;
  const row = cellsOf(input.closest("tr"));
  [known.dataset.employer, known.dataset.title, known.dataset.speciality].forEach((said, n) => {
    if (row[n + 1] && !row[n + 1].value) row[n + 1].value = said;
  });
  change(input);
};

// What is being sent needs no draft: a request that starts now would only be cut off.
const onSubmit = () =>
  document.addEventListener("htmx:beforeRequest", (event) => event.preventDefault());

document.addEventListener("submit", onSubmit);
document.addEventListener("keydown", onKey);
document.addEventListener("paste", onPaste);
document.addEventListener("change", onName);
