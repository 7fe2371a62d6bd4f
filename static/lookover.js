// The look before handing in while the line is gone: what is empty and flagged by what this device knows.
import { headed } from "./told.js";

export function lookOver(template, strip) {
  const section = template.content.firstElementChild.cloneNode(true);
  headed(section);
  const part = (name) => section.querySelector(`[data-${name}]`);
  const lead = part("lead");
  lead.textContent = lead.textContent.replace("{answered}", strip.answered).replace("{total}", strip.items.length);
  const row = part("row");
  const worth = strip.items.filter((item) => strip.empty.includes(item) || strip.isFlagged(item));
  row.replaceWith(...worth.map((item) => rowOf(row, strip, item)));
  part("rows").hidden = worth.length === 0;
  part("none").hidden = strip.empty.length > 0;
  const back = strip.empty[0] ?? strip.items[0];
  part("back").value = `page-${strip.pageOf(back)}`;
  part("back-words").textContent = part("back-words").textContent.replace("{n}", strip.label(back));
  return { number: 0, base: 0, title: section.dataset.title, first: part("back").value, questions: section };
}

function rowOf(row, strip, item) {
  const made = row.cloneNode(true), button = made.querySelector("button"), said = made.querySelector("[data-what]");
  button.value = `page-${strip.pageOf(item)}`;
  button.textContent = button.textContent.replace("{n}", strip.label(item));
  const empty = strip.empty.includes(item), flagged = strip.isFlagged(item);
  said.textContent = said.dataset[empty ? (flagged ? "both" : "empty") : "flagged"];
  said.parentElement.classList.toggle("warn", empty);
  made.querySelector(`[data-${empty ? "flag" : "ring"}]`).remove();
  return made;
}
