// The strip of numbers: which questions are answered, flagged and shown, by what this device knows.

export class Strip {
  constructor(form) {
    this.form = form;
  }

  get items() { return [...this.form.querySelectorAll("[data-strip]")]; }
  get empty() { return this.items.filter((item) => !item.classList.contains("is-answered")); }
  get answered() { return this.items.length - this.empty.length; }

  item(slot) { return this.form.querySelector(`[data-strip="${slot}"]`); }
  label(item) { return item.dataset.label; }
  pageOf(item) { return Number(item.dataset.page); }

  answer(slot, on) {
    const item = this.item(slot);
    if (!item) return;
    item.classList.toggle("is-answered", on);
    const said = item.querySelector("[data-said-answered]"), count = this.form.querySelector("[data-answered]");
    said.textContent = said.dataset[on ? "yes" : "no"];
    if (count) count.textContent = count.dataset.words.replace("{n}", this.answered);
  }

  flag(slot, on) {
    const item = this.item(slot);
    if (!item) return;
    const pennant = item.querySelector(".pennant");
    if (on && !pennant) item.append(this.form.querySelector(".legend .pennant").cloneNode(true));
    if (!on) pennant?.remove();
    const said = item.querySelector("[data-said-flagged]");
    said.textContent = on ? said.dataset.yes : "";
  }

  isFlagged(item) { return item.querySelector(".pennant") !== null; }

  // Ring around the numbers of the page that is shown; none where it is no page of questions.
  show(page) {
    for (const item of this.items) {
      if (this.pageOf(item) === page) item.setAttribute("aria-current", "step");
      else item.removeAttribute("aria-current");
    }
  }
}
