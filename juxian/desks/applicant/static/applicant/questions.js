// What questions gain from scripts. A part of a page that comes later is prepared by `prepare`.
import "../juxian/entries.js";
import { enhance } from "./combobox.js";
import { checkNumbers, follow, part } from "./derived.js";

export function prepare(root) {
  enhance(root);
  checkNumbers(root);
  follow(root);
  part(root);
}

prepare(document);
document.addEventListener("inserted", (event) => prepare(event.target)); // a form put in by a script
