// Numbers are checked while they are typed, and what follows another answer is brought out at once:
// <input data-number="resident_id" data-says="{...}">, <div class="field" data-follows="{...}">.
// What another answer only begins (data-begins) is filled in while blank, and may be changed.
import { pick } from "./combobox.js";
import { listAt } from "./found.js";
import { READ } from "./identity.js";
import { mark, tell } from "./told.js";
import { word } from "./words.js";

const WHOLE = 18; // symbols of a number that is typed to its end

export function checkNumbers(root) {
  for (const control of root.querySelectorAll("input[data-number]")) {
    const read = () => READ[control.dataset.number](control.value, JSON.parse(control.dataset.says));
    const field = control.closest(".field");
    control.addEventListener("input", (event) => {
      if (event.isComposing) return;
      const { number, fault } = read();
      tell(field, number.length === WHOLE ? fault ?? "" : "");
    });
    control.addEventListener("change", () => {
      const { number, fault } = read();
      tell(field, fault ?? "");
      if (!fault) control.value = number;
    });
  }
}

// <input data-out-of="people">: "2/7" is 2 here and 7 there.
export function part(root) {
  for (const control of root.querySelectorAll("input[data-out-of]")) {
    control.addEventListener("change", () => {
      const whole = control.form?.elements[control.dataset.outOf];
      const found = /^\s*第?(\d{1,3})\s*[/／]\s*(\d{1,3})\s*$/.exec(control.value);
      if (!found || !whole || (whole.value !== "" && whole.value !== found[2])) return;
      [control.value, whole.value] = [found[1], found[2]];
      whole.dispatchEvent(new Event("input", { bubbles: true }));
    });
  }
}

export function follow(root) {
  for (const field of root.querySelectorAll("[data-follows]")) {
    const form = field.closest("form");
    if (form) new Follower(form, field, JSON.parse(field.dataset.follows)).begin();
  }
  for (const field of root.querySelectorAll("[data-begins]")) {
    const form = field.closest("form");
    if (form) new Beginner(form, field, JSON.parse(field.dataset.begins)).begin();
  }
}

class Follower {
  constructor(form, field, { field: source, label, attribute, values }) {
    Object.assign(this, { form, field, label, attribute, values });
    this.source = [...form.elements].find((one) => one.name === source);
    this.controls = [...field.querySelectorAll("input[name], select[name]")];
    this.before = this.source?.value ?? "";
  }

  begin() {
    const { source, form } = this;
    if (!source || !this.isTold(source)) return;
    if (source.dataset.number) this.judge(this.before);
    for (const told of ["input", "change"]) {
      form.addEventListener(told, (event) => {
        if (event.target === source) this.bring();
        else if (told === "change" && this.controls.includes(event.target)) this.judge(source.value);
      });
    }
  }

  isTold(source) { return source.dataset.number || source.dataset.codes; }

  // What the source's value says for this field; "" where it says nothing.
  async said(value) {
    const { source, attribute } = this;
    if (source.dataset.number) {
      return READ[source.dataset.number](value, JSON.parse(source.dataset.says))[attribute] ?? "";
    }
    if (value === "") return "";
    const code = (await listAt(source.dataset.codes).catch(() => [])).find((one) => one.value === value);
    return this.values[code?.attributes[attribute] ?? ""] ?? "";
  }

  get value() {
    const [first] = this.controls;
    if (first.type !== "radio") return first.value;
    return this.controls.find((one) => one.checked)?.value ?? "";
  }

  async bring() {
    const now = this.source.value;
    if (now === this.before) return;
    const [was, wanted] = [await this.said(this.before), await this.said(now)];
    if (now !== this.source.value) return;
    const given = this.value;
    if (wanted !== "") this.before = now;
    if (wanted !== "" && given !== wanted && (given === "" || given === was)) await this.put(wanted);
    await this.judge(now);
  }

  async put(value) {
    const [first] = this.controls;
    if (first.type === "radio") this.controls.find((one) => one.value === value)?.click();
    else {
      if (first.tagName === "SELECT") await pick(first, value);
      else first.value = value;
      first.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }

  // Says where the answer comes from, or that it disagrees, as the server would.
  async judge(source) {
    const wanted = await this.said(source);
    const given = this.value;
    const agrees = wanted !== "" && given === wanted;
    mark(this.field, agrees ? word("brought").replace("{}", this.label) : "");
    if (agrees || wanted === "") {
      if (agrees || this.isFaulty) tell(this.field, "");
      this.isFaulty = false;
    } else if (given !== "") {
      this.isFaulty = true;
      tell(this.field, word("differs").replace("{}", this.label).replace("{}", await this.labelOf(wanted)));
    }
  }

  async labelOf(value) {
    const [first] = this.controls;
    if (first.type === "radio") {
      const radio = this.controls.find((one) => one.value === value);
      return radio?.labels[0]?.textContent ?? value;
    }
    if (first.tagName !== "SELECT") return value;
    const codes = first.dataset.codes ? await listAt(first.dataset.codes).catch(() => []) : [];
    const option = [...first.options].find((one) => one.value === value);
    return codes.find((one) => one.value === value)?.label ?? option?.textContent ?? value;
  }
}

class Beginner extends Follower {
  isTold() { return true; }

  async said(value) { return String(this.values[value.trim()] ?? ""); }

  async judge(source) {
    const wanted = await this.said(source);
    mark(this.field, wanted !== "" && this.value === wanted ? word("brought").replace("{}", this.label) : "");
  }
}
