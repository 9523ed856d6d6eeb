// A long code list to search in: <select data-codes="address"> holds the pick and is what is sent;
// over it stands an editable combobox with a list (WAI-ARIA 1.2), whose options are read when
// somebody comes to it.
import { found, listAt } from "./found.js";
import { word } from "./words.js";

const PAGE = 8; // options that PageUp and PageDown go by
const SETTLE = 500; // milliseconds until a reader is told how many are found
const KEYS = {
  ArrowDown: (at, last) => (at >= last ? 0 : at + 1),
  ArrowUp: (at, last) => (at <= 0 ? last : at - 1),
  PageDown: (at, last) => Math.min(at + PAGE, last),
  PageUp: (at) => Math.max(at - PAGE, 0),
  Home: () => 0,
  End: (_at, last) => last,
};

const made = new WeakMap();

export function enhance(root) {
  for (const select of root.querySelectorAll("select[data-codes]")) {
    if (!made.has(select)) made.set(select, new Combobox(select));
  }
}

// Pick a value as a script, not a person; a plain menu is set as it is.
export async function pick(select, value) {
  const box = made.get(select);
  if (!box) {
    select.value = value;
    return;
  }
  if (value === "") box.set(null);
  else box.set((await listAt(select.dataset.codes)).find((code) => code.value === value) ?? null);
}

class Combobox {
  constructor(select) {
    this.select = select;
    this.shown = []; // the codes that are listed
    this.at = -1;
    this.choices = 0; // how often something has been chosen
    this.build();
    this.show();
    this.listen();
  }

  build() {
    const { select } = this;
    const id = select.id;
    select.id = `${id}-kept`;
    select.hidden = true;
    select.required = false;
    this.list = part("ul", { class: "combo-list", id: `${id}-list`, role: "listbox" });
    this.list.hidden = true;
    this.path = part("p", { class: "combo-path", id: `${id}-path` });
    this.told = part("p", { class: "visually-hidden", role: "status" });
    this.open = part("button", {
      class: "combo-open", type: "button", tabindex: "-1", "aria-label": word("open"),
    });
    this.input = part("input", {
      class: "form-control", id, type: "text", role: "combobox", autocomplete: "off",
      autocapitalize: "off", spellcheck: "false", placeholder: word("search"),
      "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.list.id,
      "aria-describedby": [select.getAttribute("aria-describedby"), this.path.id].filter(Boolean).join(" "),
    });
    for (const name of ["aria-label", "aria-invalid"]) {
      if (select.hasAttribute(name)) this.input.setAttribute(name, select.getAttribute(name));
    }
    const label = select.getAttribute("aria-label")
      ?? select.closest(".field")?.querySelector("label")?.firstChild.textContent.trim();
    this.list.setAttribute("aria-label", label ?? "");
    this.open.setAttribute("aria-label", `${word("open")}：${label ?? ""}`);
    const box = part("div", { class: "combo" });
    box.append(this.input, this.open, this.list);
    select.after(box, this.path, this.told);
    for (const way of select.closest(".field")?.querySelectorAll("[data-whole]") ?? []) way.hidden = true;
  }

  listen() {
    const { input, list, open } = this;
    input.addEventListener("focus", () => { input.select(); this.codes().catch(() => {}); });
    input.addEventListener("click", () => this.browse());
    input.addEventListener("input", (event) => { event.stopPropagation(); if (!event.isComposing) this.search(); });
    input.addEventListener("change", (event) => event.stopPropagation());
    input.addEventListener("compositionend", () => this.search());
    input.addEventListener("keydown", (event) => this.key(event));
    input.addEventListener("blur", () => this.leave());
    for (const one of [list, open]) one.addEventListener("mousedown", (event) => event.preventDefault());
    open.addEventListener("click", () => {
      input.focus();
      if (list.hidden) this.browse();
      else this.close();
    });
    list.addEventListener("click", (event) => {
      const place = [...list.children].indexOf(event.target.closest("[role=option]"));
      if (place >= 0) this.choose(this.shown[place]);
    });
  }

  get label() {
    const { select } = this;
    return select.value === "" ? "" : select.selectedOptions[0].textContent;
  }

  get isTyped() { return this.input.value.trim() !== this.label; }

  // The pick as the page shows it when nobody searches.
  show() {
    const path = this.select.selectedOptions[0]?.dataset.path;
    this.input.value = this.label;
    this.path.textContent = path ? `${path} › ${this.label}` : "";
  }

  async codes() {
    try {
      return await listAt(this.select.dataset.codes);
    } catch (error) {
      this.path.textContent = word("unread");
      for (const way of this.select.closest(".field")?.querySelectorAll("[data-whole]") ?? []) way.hidden = false;
      throw error;
    }
  }

  async browse() {
    if (!this.list.hidden) return;
    const codes = await this.codes().catch(() => null);
    if (!codes || document.activeElement !== this.input) return;
    this.fill(codes, codes.findIndex((code) => code.value === this.select.value));
  }

  async search() {
    const typed = this.input.value;
    const choices = this.choices;
    const codes = await this.codes().catch(() => null);
    if (!codes || choices !== this.choices || typed !== this.input.value || document.activeElement !== this.input) return;
    const fitting = found(codes, typed);
    this.fill(fitting, typed.trim() && fitting.length ? 0 : -1);
  }

  // The best of what fits what was typed, though the list has not been seen yet.
  async take() {
    const typed = this.input.value;
    const codes = await this.codes().catch(() => null);
    if (!codes || typed !== this.input.value || !this.isTyped) return;
    const [best] = found(codes, typed);
    if (typed.trim() && best) this.choose(best);
    else this.search();
  }

  fill(codes, at) {
    this.shown = codes;
    const kept = this.select.value;
    this.list.replaceChildren(...codes.map((code, place) => {
      const option = part("li", { role: "option", id: `${this.list.id}-${place}`, "aria-selected": "false" });
      if (code.value === kept) option.classList.add("picked");
      option.append(part("span", {}, code.label), ...(code.path ? [part("small", {}, code.path)] : []));
      return option;
    }));
    if (!codes.length) {
      const none = part("li", { class: "combo-none", role: "option", "aria-disabled": "true", "aria-selected": "false" }, word("none"));
      this.list.append(none);
    }
    if (this.list.hidden) this.unfold();
    this.list.scrollTop = 0;
    this.go(at);
    clearTimeout(this.telling);
    this.telling = setTimeout(() => {
      this.told.textContent = codes.length ? word("count").replace("{}", codes.length) : word("none");
    }, SETTLE);
  }

  // Where there is no room for the list below the field, the page goes up.
  unfold() {
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    const bar = document.querySelector(".keep-bar");
    const covered = bar && getComputedStyle(bar).position === "fixed" ? bar.offsetHeight : 0;
    if (this.list.getBoundingClientRect().bottom > window.innerHeight - covered) {
      this.input.scrollIntoView({ block: "start" });
    }
  }

  go(at) {
    this.list.children[this.at]?.setAttribute("aria-selected", "false");
    this.at = at;
    const option = at < 0 ? null : this.list.children[at];
    if (!option) {
      this.input.removeAttribute("aria-activedescendant");
      return;
    }
    option.setAttribute("aria-selected", "true");
    this.input.setAttribute("aria-activedescendant", option.id);
    const { offsetTop, offsetHeight } = option;
    const { scrollTop, clientHeight } = this.list;
    if (offsetTop < scrollTop) this.list.scrollTop = offsetTop;
    else if (offsetTop + offsetHeight > scrollTop + clientHeight) this.list.scrollTop = offsetTop + offsetHeight - clientHeight;
  }

  close() {
    clearTimeout(this.telling);
    this.list.hidden = true;
    this.at = -1;
    this.told.textContent = "";
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }

  key(event) {
    if (event.isComposing || event.keyCode === 229) return;
    const isOpen = !this.list.hidden;
    const last = this.shown.length - 1;
    if (event.key in KEYS && (isOpen || event.key.startsWith("Arrow"))) {
      event.preventDefault();
      if (!isOpen) this.browse();
      else if (last >= 0) this.go(KEYS[event.key](this.at, last));
    } else if (event.key === "Enter" && (isOpen || this.isTyped)) {
      event.preventDefault();
      if (!isOpen) this.take();
      else if (this.at >= 0) this.choose(this.shown[this.at]);
    } else if (event.key === "Escape" && isOpen) {
      event.preventDefault();
      this.close();
      this.show();
    } else if (event.key === "Tab" && isOpen && this.isTyped && this.at >= 0) {
      this.choose(this.shown[this.at]);
    }
  }

  // What was typed and left: a code's own name is picked, or the only one that has it; nothing is
  // nothing, the rest is told.
  async leave() {
    this.close();
    if (!this.isTyped) return;
    const typed = this.input.value.trim();
    const label = this.label;
    if (typed === "") {
      this.choose(null);
      return;
    }
    const codes = await this.codes().catch(() => []);
    const named = codes.filter((code) => code.label === typed || code.value === typed);
    const fitting = named.length ? named : found(codes, typed);
    if (fitting.length === 1) {
      this.choose(fitting[0]);
      return;
    }
    this.show();
    this.path.textContent = word(label ? "kept" : "unpicked").replace("{}", typed);
    this.told.textContent = this.path.textContent;
  }

  choose(code) {
    this.choices += 1;
    this.set(code);
    this.close();
    for (const name of ["input", "change"]) this.select.dispatchEvent(new Event(name, { bubbles: true }));
  }

  set(code) {
    const { select } = this;
    for (const option of [...select.options].slice(1)) option.remove();
    if (code) {
      const option = new Option(code.label, code.value, true, true);
      option.dataset.path = code.path;
      select.add(option);
    }
    select.value = code?.value ?? "";
    this.show();
  }
}

function part(name, attributes, text = "") {
  const one = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) one.setAttribute(key, value);
  one.textContent = text;
  return one;
}
