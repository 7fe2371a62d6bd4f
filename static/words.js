// Counts the words of a statement while it is written, as the server does: runs between blanks.
// The eye sees the number; a screen reader hears, after a pause, only that it has come to fit or no longer does.

const PAUSE = 1500;
const BLANKS = /[^\S\uFEFF]+/u;
const FIELD = "textarea[data-most]";
const waiting = new Map();
const known = new Map();

function wordsOf(text) {
  return text.split(BLANKS).filter((word) => word !== "").length;
}

function stateOf(area, words) {
  const most = Number(area.dataset.most);
  if (most && words > most) return "many";
  return words >= Number(area.dataset.least) ? "fit" : "few";
}

function count(area) {
  const words = wordsOf(area.value);
  const state = stateOf(area, words);
  const place = area.parentElement.querySelector("[data-words]");
  const many = state === "many" ? `. ${area.parentElement.querySelector("[data-words-said]").dataset.many}` : "";
  place.textContent = place.dataset.words.replace("{n}", words) + many;
  place.classList.toggle("warn", state === "many");
  const wrong = document.getElementById(`${area.id}-error`);
  if (wrong && state === "fit") {
    wrong.hidden = true;
    area.removeAttribute("aria-invalid");
  }
  return state;
}

function say(area) {
  const state = count(area);
  if (state === known.get(area)) return;
  known.set(area, state);
  const voice = area.parentElement.querySelector("[data-words-said]");
  voice.textContent = (area.dataset.most !== "0" && voice.dataset[state]) || "";
}

document.addEventListener("input", (event) => {
  const area = event.target.closest(FIELD);
  if (!area) return;
  count(area);
  clearTimeout(waiting.get(area));
  waiting.set(area, setTimeout(() => say(area), PAUSE));
});

// What the page puts into the field by itself, or takes from another device, is counted too.
function countAll() {
  for (const area of document.querySelectorAll(FIELD)) known.set(area, count(area));
}
for (const happening of ["load", "click"]) addEventListener(happening, countAll);
document.addEventListener("phatngon:shown", countAll);
if (document.readyState === "complete") countAll();
