// Marks of Markdown by button and by key, finding and replacing, and the numbers of lines. The text itself is changed only when
// somebody asks for it, never while a letter is being composed, and always so that the browser's own undo takes it back.

const WRAPS = { bold: ["**", "**"], italic: ["*", "*"] };
const STARTS = { heading: "## ", list: "- ", quote: "> " };

export function put(area, text, from = area.selectionStart, to = area.selectionEnd) {
  area.focus();
  area.setSelectionRange(from, to);
  const done = text ? document.execCommand("insertText", false, text) : document.execCommand("delete");
  if (done) return;
  area.setRangeText(text, from, to, "end");
  area.dispatchEvent(new InputEvent("input", { bubbles: true }));
}

export class Tools {
  constructor(area, bar, blocks) {
    Object.assign(this, { area, bar, blocks, composing: false });
    bar.hidden = false;
    bar.addEventListener("click", (event) => {
      const tool = event.target.closest("[data-tool]");
      if (tool) this.use(tool.dataset.tool);
    });
    area.addEventListener("compositionstart", () => { this.composing = true; });
    area.addEventListener("compositionend", () => { this.composing = false; });
    area.addEventListener("keydown", (event) => this.key(event));
  }

  key(event) {
    if (event.isComposing || this.composing || event.keyCode === 229 || event.altKey || !(event.ctrlKey || event.metaKey)) return;
    const name = { b: "bold", i: "italic" }[event.key.toLowerCase()];
    if (!name) return;
    event.preventDefault();
    this.use(name);
  }

  use(name) {
    if (this.composing) return;
    if (WRAPS[name]) this.wrap(...WRAPS[name]);
    else if (STARTS[name]) this.start(() => STARTS[name]);
    else if (name === "numbers") this.start((at) => `${at + 1}. `);
    else this.block(this.blocks[name]);
  }

  // Around the words that are chosen; a second time takes the marks away.
  wrap(before, after) {
    const { area } = this, [from, to] = [area.selectionStart, area.selectionEnd];
    const chosen = area.value.slice(from, to);
    const there = area.value.slice(from - before.length, from) === before && area.value.slice(to, to + after.length) === after;
    if (there) {
      put(area, chosen, from - before.length, to + after.length);
      area.setSelectionRange(from - before.length, to - before.length);
    } else {
      put(area, before + chosen + after, from, to);
      area.setSelectionRange(from + before.length, to + before.length);
    }
  }

  // At the start of each line that is chosen.
  start(mark) {
    const { area } = this;
    const from = area.value.lastIndexOf("\n", area.selectionStart - 1) + 1;
    const end = area.value.indexOf("\n", area.selectionEnd);
    const to = end < 0 ? area.value.length : end;
    put(area, area.value.slice(from, to).split("\n").map((line, at) => mark(at) + line).join("\n"), from, to);
  }

  // By itself, with a blank line before and after.
  block(text) {
    const { area } = this, at = area.selectionEnd, before = area.value.slice(0, at), after = area.value.slice(at);
    const head = before === "" || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n";
    put(area, `${head}${text}\n${after.startsWith("\n") ? "" : "\n"}`, at, at);
  }
}

export class Search {
  constructor(area, form, words) {
    Object.assign(this, { area, form, words });
    this.told = form.querySelector("[data-found]");
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.go(event.submitter?.value ?? "next");
    });
  }

  // Folded to one normal form and to small letters; as long as the original, so that places fit.
  get sought() { return this.form.elements.find.value.normalize("NFC").toLowerCase(); }

  places() {
    const sought = this.sought, found = [];
    if (!sought) return found;
    const text = this.area.value.toLowerCase();
    for (let at = text.indexOf(sought); at >= 0; at = text.indexOf(sought, at + sought.length)) found.push(at);
    return found;
  }

  go(what) {
    const places = this.places(), { area } = this, length = this.sought.length;
    this.tell(this.words.wordFound, places.length);
    if (!places.length) return;
    if (what === "all") this.all(places, length);
    else {
      const on = places.includes(area.selectionStart) && area.selectionEnd - area.selectionStart === length;
      if (what === "one" && on) put(area, this.form.elements.replace.value);
      this.next(what === "one" ? this.places() : places, length);
    }
  }

  next(places, length) {
    const at = places.find((place) => place >= this.area.selectionEnd) ?? places[0];
    if (at !== undefined) choose(this.area, at, at + length);
  }

  all(places, length) {
    const { area } = this, fresh = this.form.elements.replace.value;
    let text = "", from = 0;
    for (const at of places) {
      text += area.value.slice(from, at) + fresh;
      from = at + length;
    }
    put(area, text + area.value.slice(from), 0, area.value.length);
    this.tell(this.words.wordReplaced, places.length);
  }

  tell(words, n) { this.told.textContent = words.replace("{n}", n); }
}

// The numbers of lines. A line may take several rows, so that its height is measured on a copy that nobody sees.
export class Gutter {
  constructor(area, list) {
    Object.assign(this, { area, list, marks: new Map() });
    list.hidden = false;
    list.parentElement.classList.add("editor__body--numbered");
    this.copy = document.createElement("div");
    this.copy.setAttribute("aria-hidden", "true");
    document.body.append(this.copy);
    area.addEventListener("scroll", () => this.follow());
    new ResizeObserver(() => this.draw()).observe(area);
    this.draw();
  }

  draw() {
    const style = getComputedStyle(this.area), { copy, area } = this;
    for (const name of ["fontFamily", "fontSize", "lineHeight", "letterSpacing", "whiteSpace", "overflowWrap", "tabSize"]) copy.style[name] = style[name];
    Object.assign(copy.style, { position: "absolute", visibility: "hidden", left: "-9999px", top: "0", width: `${area.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight)}px` });
    copy.replaceChildren(...area.value.split("\n").map((line) => Object.assign(document.createElement("div"), { textContent: line || "\u200b" })));
    const heights = [...copy.children].map((row) => row.getBoundingClientRect().height);
    copy.replaceChildren();
    let top = parseFloat(style.paddingTop);
    this.tops = heights.map((height) => { top += height; return top - height; });
    this.list.style.height = `${area.offsetHeight}px`;
    this.list.replaceChildren(...heights.map((height, at) => {
      const row = document.createElement("li");
      row.textContent = at + 1;
      row.style.height = `${height}px`;
      if (this.marks.has(at + 1)) row.className = this.marks.get(at + 1);
      return row;
    }));
    this.follow();
  }

  follow() { this.list.scrollTop = this.area.scrollTop; }

  mark(told) {
    this.marks = new Map([...told].reverse().map((one) => [one.line, one.must ? "is-bad" : "is-warn"]));
    [...this.list.children].forEach((row, at) => { row.className = this.marks.get(at + 1) ?? ""; });
  }

  // Brings a line into sight and puts the caret at its end.
  show(line) {
    const { area } = this, lines = area.value.split("\n"), at = Math.max(1, Math.min(line, lines.length));
    const from = lines.slice(0, at - 1).reduce((sum, one) => sum + one.length + 1, 0);
    area.focus();
    area.setSelectionRange(from, from + lines[at - 1].length);
    area.scrollTop = Math.max(0, (this.tops[at - 1] ?? 0) - area.clientHeight / 3);
  }

  // The line in which the caret stands.
  get line() { return this.area.value.slice(0, this.area.selectionStart).split("\n").length; }
}

function choose(area, from, to) {
  area.focus();
  area.setSelectionRange(from, to);
  // A browser brings a choice into sight only when something is typed.
  const lines = area.value.slice(0, from).split("\n").length, all = area.value.split("\n").length;
  area.scrollTop = Math.max(0, (area.scrollHeight * lines) / all - area.clientHeight / 2);
}
