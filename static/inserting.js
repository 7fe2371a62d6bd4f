// Citations and links found by their words, and files by drop, paste or button: what is put into the text is one line of Markdown.

export class Inserting {
  constructor(options) {
    Object.assign(this, options);
    this.form = document.querySelector("[data-finder]");
    this.finds = document.querySelector("[data-finds]");
    this.form.addEventListener("submit", (event) => { event.preventDefault(); this.seek(); });
    this.form.elements.seek.addEventListener("input", (event) => {
      clearTimeout(this.timer);
      if (!event.isComposing) this.timer = setTimeout(() => this.seek(), 300);
    });
    this.finds.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (button) this.link(button);
    });
  }

  async seek() {
    const number = this.number = (this.number ?? 0) + 1;
    const asked = new URLSearchParams({ q: this.form.elements.seek.value, path: this.words.path });
    const answer = await fetch(`${this.words.find}?${asked}`, { credentials: "same-origin", headers: { Accept: "application/json" } }).catch(() => null);
    if (!answer?.ok || number !== this.number) return;
    const found = await answer.json();
    this.finds.replaceChildren(...found.map((one) => this.row(one)));
  }

  row(one) {
    const item = document.createElement("li"), button = document.createElement("button"), more = document.createElement("span");
    item.className = "row";
    Object.assign(button, { type: "button", className: "plain", textContent: one.title });
    Object.assign(button.dataset, { href: one.href, words: one.words });
    Object.assign(more, { className: one.ended ? "warn small" : "muted small", textContent: one.more });
    item.append(document.createElement("span"), button, more);
    return item;
  }

  // The words that are chosen in the text become those of the link.
  link(button) {
    const { area } = this, chosen = area.value.slice(area.selectionStart, area.selectionEnd);
    const place = this.form.elements.place.value.trim().replace(/^#/, "");
    const isLaw = button.dataset.href.startsWith("law:");
    this.put(`[${chosen || button.dataset.words}](${button.dataset.href}${isLaw && place ? `#${place}` : ""})`);
    this.form.closest(".panel").hidden = true;
  }
}
