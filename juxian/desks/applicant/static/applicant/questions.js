// What questions gain from scripts. A part that comes later is prepared by `prepare(part)`.
import { enhance } from "./combobox.js";

export function prepare(root) {
  enhance(root);
}

prepare(document);
document.addEventListener("htmx:load", (event) => prepare(event.target));
