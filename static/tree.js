// Rows of a course can be dragged; what is dropped is sent as the buttons send it. What was taken out can be undone for ten
// seconds on the page itself, and for ever on the page “Removed”.

const SECONDS = 10;
const form = document.getElementById("move");

let dragged = null;

for (const row of document.querySelectorAll(".tree__row")) {
  row.draggable = true;
  row.addEventListener("dragstart", (event) => {
    if (event.target.closest("details[open]")) return event.preventDefault();
    dragged = row;
    row.classList.add("is-dragged");
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", row.dataset.line);
  });
  row.addEventListener("dragend", () => { row.classList.remove("is-dragged"); dragged = null; });
}

for (const part of document.querySelectorAll("[data-module]")) {
  part.addEventListener("dragover", (event) => {
    if (!dragged) return;
    event.preventDefault();
    clear();
    event.target.closest(".tree__row")?.classList.add("is-target");
  });
  part.addEventListener("dragleave", clear);
  part.addEventListener("drop", (event) => {
    if (!dragged) return;
    event.preventDefault();
    const target = event.target.closest(".tree__row"), line = dragged.dataset.line;
    if (target !== dragged) send(`before ${line} ${target?.dataset.line ?? part.dataset.module}`);
  });
}

function clear() { for (const row of document.querySelectorAll(".is-target")) row.classList.remove("is-target"); }

function send(words) {
  const go = Object.assign(document.createElement("input"), { type: "hidden", name: "go", value: words });
  form.append(go);
  form.submit();
}

// A notice goes by itself, but never while somebody is at it.
const notice = document.querySelector("[data-undo]");
if (notice) {
  history.replaceState(null, "", location.pathname);
  const go = () => {
    if (notice.matches(":hover, :focus-within")) setTimeout(go, 1000);
    else notice.hidden = true;
  };
  setTimeout(go, SECONDS * 1000);
}
