// What a script says beside a field, where the server's own words would stand.
export function tell(field, sentence) {
  const id = `${field.id}-told`;
  let told = document.getElementById(id);
  if (!told) {
    told = document.createElement("div");
    told.className = "fault";
    told.id = id;
    told.setAttribute("role", "status");
    const above = [...field.children].filter((one) => one.matches(".label, .hint"));
    above[above.length - 1]?.after(told);
  }
  if (told.textContent !== sentence) {
    const line = document.createElement("p");
    line.textContent = sentence;
    told.replaceChildren(...(sentence ? [line] : []));
  }
  for (const one of field.querySelectorAll(".fault")) if (one !== told) one.hidden = true;
  field.classList.toggle("wrong", sentence !== "");
  for (const control of field.querySelectorAll("input:not([type=radio]), select, textarea")) {
    if (sentence) control.setAttribute("aria-invalid", "true");
    else control.removeAttribute("aria-invalid");
    const others = (control.getAttribute("aria-describedby") ?? "").split(" ").filter((one) => one && one !== id);
    control.setAttribute("aria-describedby", [...others, id].join(" "));
  }
}

// The line under a field that names where its answer comes from; "" takes it away.
export function mark(field, sentence) {
  let line = field.querySelector("[data-brought]");
  if (!line && sentence) {
    line = document.createElement("p");
    line.className = "brought";
    line.dataset.brought = "";
    line.setAttribute("role", "status");
    field.append(line);
  }
  if (line && line.textContent !== sentence) line.textContent = sentence;
}
