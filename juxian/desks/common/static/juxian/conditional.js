// Folds away questions that the other answers make needless: [data-when]; and narrows a list to
// what was chosen above it: [data-within]. Without scripts everything is shown.
function answersTo(form, name) {
  return [...form.elements].filter((control) => control.name === name && (
    (control.type !== "radio" && control.type !== "checkbox") || control.checked
  )).map((control) => control.value).filter((value) => value !== "");
}

function fold(form) {
  for (const field of form.querySelectorAll("[data-when]")) {
    if (field.closest("form") !== form) continue; // a row that is edited on the section's page
    const when = JSON.parse(field.dataset.when);
    const given = answersTo(form, when.field);
    const asked = when.filled ? given.length > 0 : given.some((value) => when.one_of.includes(value));
    field.hidden = !asked && !field.classList.contains("wrong");
  }
  for (const list of form.querySelectorAll("[data-within]")) {
    if (list.closest("form") !== form) continue;
    const given = answersTo(form, list.dataset.within);
    for (const option of list.querySelectorAll("[data-in]")) {
      const isPicked = option.selected || option.querySelector("input")?.checked;
      option.hidden = option.disabled = !isPicked && !given.includes(option.dataset.in);
    }
  }
}

function watch(form) {
  for (const told of ["input", "change"]) form.addEventListener(told, () => fold(form));
  fold(form);
}

for (const form of document.querySelectorAll("form[data-guard]")) watch(form);
document.addEventListener("inserted", (event) => watch(event.target)); // a form put in by a script
