// The editor of a question: what is typed on one side goes over to the other, the problems and the try follow. Without this file the
// buttons of the page do the same.

const desk = document.querySelector("form[data-desk]");
const WAIT = 500;
let timer = 0, asked = 0, composing = false;

if (desk) {
  for (const button of desk.querySelectorAll("[data-plain]")) button.hidden = true;
  desk.addEventListener("compositionstart", () => { composing = true; });
  desk.addEventListener("compositionend", (event) => { composing = false; later(sideOf(event.target)); });
  desk.addEventListener("input", (event) => { if (!composing) later(sideOf(event.target)); });
  desk.addEventListener("click", (event) => {
    const button = event.target.closest('[data-side="form"] button[name="go"]');
    if (!button || button.value === "save") return;
    event.preventDefault();
    follow("form", button.value, button.value);
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-line]");
    if (link) goTo(event, Number(link.dataset.line));
  });
}

function sideOf(field) {
  return field.closest("[data-side]")?.dataset.side ?? "form";
}

function later(side) {
  clearTimeout(timer);
  timer = setTimeout(() => follow(side, `show-${side}`), WAIT);
}

// Asks for the page as it would be, and takes over what stands on the other side; what was typed last is never replaced.
async function follow(side, go, deed) {
  clearTimeout(timer);
  const mine = ++asked;
  const sent = new FormData(desk);
  sent.set("go", go);
  let fresh;
  try {
    const answer = await fetch(desk.action, { method: "POST", body: sent, credentials: "same-origin" });
    if (!answer.ok) return;
    fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  } catch {
    return; // The line is gone: everything stays as it was typed, and saving says what to do.
  }
  if (mine !== asked) return;
  const open = parts().map((one) => one.open);
  if (side === "text" || deed) replace('[data-side="form"]', fresh);
  if (side === "form") {
    desk.elements.text.value = fresh.getElementById("text").value;
  }
  for (const name of ["text_was", "form_was"]) desk.elements[name].value = fresh.querySelector(`[name="${name}"]`).value;
  for (const part of ["problems", "try"]) replace(`[data-fresh="${part}"]`, fresh);
  parts().forEach((one, place) => { one.open = open[place]; });
  for (const button of desk.querySelectorAll("[data-plain]")) button.hidden = true;
  if (deed) focusAfter(deed);
}

// What can be folded away beside the rows; a row shows its own where something stands in it.
function parts() {
  return [...desk.querySelectorAll("details")].filter((one) => !one.closest(".sheet-row"));
}

function replace(where, fresh) {
  const here = document.querySelector(where), there = fresh.querySelector(where);
  if (here && there) here.replaceChildren(...document.importNode(there, true).childNodes);
}

// After a button has changed the rows, the keyboard stands where it was.
function focusAfter(deed) {
  const [, kind, number] = /^row-(up|down|drop)-(\d+)$/.exec(deed) ?? [];
  const fields = [...desk.querySelectorAll('[name^="row."][name$=".text"]')];
  const place = kind === "up" ? number - 1 : kind === "down" ? Number(number) + 1 : kind === "drop" ? number : fields.length - 1;
  fields[Math.min(Math.max(0, place), fields.length - 1)]?.focus();
}

function goTo(event, line) {
  event.preventDefault();
  const area = desk.elements.text, lines = area.value.split("\n");
  const start = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
  area.focus();
  area.setSelectionRange(start, start + (lines[line - 1] ?? "").length);
  area.scrollTop = Math.max(0, (line - 3) * parseFloat(getComputedStyle(area).lineHeight));
}
