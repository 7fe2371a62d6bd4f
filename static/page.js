// Opens a citation or a term beside the words that name it. Without this file the link leads to a page of its own.

prepareAll();
// What came into the page later: the lesson beside its text, as its author types.
document.addEventListener("phatngon:shown", prepareAll);

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

// On a phone the sections may run past the edge: the one we are in is brought into view.
for (const row of document.querySelectorAll(".sections, .tabs")) {
  row.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
}

// Mistakes are read out first.
document.querySelector("[data-mistakes]")?.focus();

// Whoever signs out on a shared computer leaves nothing behind; what was never sent is asked about first.
document.querySelector("form[data-forget]")?.addEventListener("submit", (event) => {
  const waiting = Object.keys(localStorage).filter((name) => /^phatngon\.(answers|draft)\./.test(name));
  if (waiting.length && !confirm(event.target.dataset.forget)) {
    event.preventDefault();
    return;
  }
  for (const name of waiting) localStorage.removeItem(name);
  indexedDB.deleteDatabase("phatngon.recordings");
});

// What the browser kept against a lost connection is of no use once the attempt is handed in.
const done = document.querySelector("[data-attempt-done]")?.dataset.attemptDone;
if (done) {
  const mine = `phatngon.answers.${done}.`;
  for (const name of Object.keys(localStorage)) if (name.startsWith(mine)) localStorage.removeItem(name);
}

// What the server said of answers that came too late, just before the page changed.
const late = document.querySelector("[data-late]"), told = sessionStorage.getItem("phatngon.late");
if (late && told) {
  late.querySelector("[data-words]").textContent = told;
  late.hidden = false;
  sessionStorage.removeItem("phatngon.late");
}

function prepareAll() {
  for (const link of document.querySelectorAll("a.cite[data-law]:not([aria-expanded]), a.term[data-term]:not([aria-expanded])")) {
    if (document.getElementById(sheetOf(link))) prepare(link);
  }
}

function sheetOf(link) { return link.dataset.law ? `law-${link.dataset.law}` : `term-${link.dataset.term}`; }

function prepare(link) {
  link.setAttribute("aria-expanded", "false");
  link.setAttribute("role", "button");
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (link.getAttribute("aria-expanded") === "true") shut(link);
    else open(link);
  });
  link.addEventListener("keydown", (event) => {
    if (event.key === " ") {
      event.preventDefault();
      link.click();
    }
  });
}

function open(link) {
  for (const other of document.querySelectorAll('a[data-law][aria-expanded="true"], a[data-term][aria-expanded="true"]')) shut(other);
  const source = document.getElementById(sheetOf(link));
  const sheet = document.createElement("aside");
  sheet.className = source.className;
  sheet.setAttribute("data-opened", "");
  sheet.setAttribute("aria-label", source.dataset.name);
  sheet.append(...[...source.cloneNode(true).childNodes]);
  const basis = sheet.querySelector("[data-basis]");
  if (basis) basis.textContent = link.textContent;
  sheet.querySelector("[data-read]").href = link.href;
  const close = sheet.querySelector("[data-shut]");
  close.hidden = false;
  close.addEventListener("click", () => { shut(link); link.focus(); });
  sheet.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close.click();
  });
  placeFor(link).append(sheet);
  link.setAttribute("aria-expanded", "true");
}

function shut(link) {
  link.setAttribute("aria-expanded", "false");
  document.querySelector("[data-opened]")?.remove();
}

// The block that cites, wrapped once so that the sheet can stand beside it on a wide page and under it on a phone.
function placeFor(link) {
  const block = link.closest(".table-wrap, .callout, blockquote, ul, ol, p") ?? link.parentElement;
  if (block.parentElement.classList.contains("cited")) return block.parentElement;
  const wrap = document.createElement("div");
  wrap.className = "cited";
  block.replaceWith(wrap);
  wrap.append(block);
  return wrap;
}
