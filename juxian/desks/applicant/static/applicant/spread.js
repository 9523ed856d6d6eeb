// Several files chosen at once: each is offered for the material that its name tells of, and goes
// there once the applicant agrees.
export function spread(give, told, words) {
  const form = document.querySelector("form[data-spread]");
  if (!form) return;
  const row = document.getElementById("spread-row");
  const control = form.elements.files;
  const list = form.querySelector("[data-spread-list]");
  const place = form.querySelector("[data-told]");

  function menuOf(file) {
    const line = row.content.firstElementChild.cloneNode(true);
    line.querySelector(".upload-name").textContent = file.name;
    const menu = line.querySelector("select");
    menu.setAttribute("aria-label", row.dataset.label + file.name);
    menu.value = named(file.name, [...menu.options]);
    list.append(line);
    return menu;
  }

  let menus = [];
  control.addEventListener("change", () => {
    list.replaceChildren();
    menus = [...control.files].map(menuOf);
    list.hidden = !menus.length;
    place.textContent = "";
  });

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const blank = menus.find((menu) => menu.value === "");
    place.textContent = menus.length ? row.dataset.choose : words.choose;
    if (!menus.length || blank) { (blank ?? control).focus(); return; }
    const files = new Map();
    [...control.files].forEach((file, at) => {
      files.set(menus[at].value, [...(files.get(menus[at].value) ?? []), file]);
    });
    place.textContent = row.dataset.sending;
    control.value = "";
    menus = [];
    list.replaceChildren();
    list.hidden = true;
    const items = await Promise.all([...files].map(([code, some]) => give(slotOf(code), some)));
    await told(place, items.flat());
  });
}

// The material's own form, where its uploads are seen.
function slotOf(code) {
  const form = document.querySelector(`#m-${code} form[data-upload]`);
  for (let fold = form.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  return form;
}

// As the server reads it: the longest word in the name, "" for none or for several.
function named(name, options) {
  const found = options.map((option) => {
    const words = (option.dataset.words ?? "").split(" ").filter((word) => word && name.includes(word));
    return [Math.max(0, ...words.map((word) => [...word].length)), option.value];
  });
  const longest = Math.max(...found.map(([length]) => length));
  const best = found.filter(([length]) => length === longest);
  return longest && best.length === 1 ? best[0][1] : "";
}

// A material's address opens what it is folded into.
function unfold() {
  const slot = location.hash.startsWith("#m-") && document.getElementById(location.hash.slice(1));
  const fold = slot && slot.parentElement.closest("details");
  if (!fold || fold.open) return;
  fold.open = true;
  slot.scrollIntoView();
}
window.addEventListener("hashchange", unfold);
unfold();
