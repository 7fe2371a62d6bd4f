// Citations and links found by their words, and files by drop, paste or button: what is put into the text is one line of Markdown.
import { Refused, Sending } from "./sending.js";

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
    this.panel = document.querySelector('[data-panel="file"]');
    if (this.panel) this.takeFiles();
  }

  takeFiles() {
    const { area } = this;
    this.sender = this.panel.querySelector("[data-sender]");
    this.sender.elements.send.addEventListener("change", (event) => this.choose(event.target.files[0]));
    this.sender.addEventListener("submit", (event) => { event.preventDefault(); this.putFile(); });
    area.addEventListener("dragover", (event) => {
      if (!event.dataTransfer.types.includes("Files")) return;
      event.preventDefault();
      area.classList.add("drop");
    });
    area.addEventListener("dragleave", () => area.classList.remove("drop"));
    area.addEventListener("drop", (event) => {
      area.classList.remove("drop");
      if (!event.dataTransfer.files.length) return;
      event.preventDefault();
      this.choose(event.dataTransfer.files[0]);
    });
    // Word puts a picture of the text beside the text itself: words go first.
    area.addEventListener("paste", (event) => {
      const { files, types } = event.clipboardData;
      if (!files.length || types.includes("text/plain")) return;
      event.preventDefault();
      this.choose(files[0]);
    });
  }

  // The sending begins at once; meanwhile its description can be written.
  choose(file) {
    if (!file) return;
    this.sending?.stop();
    const { panel, sender } = this, words = panel.dataset;
    panel.hidden = false;
    panel.scrollIntoView({ block: "nearest" });
    sender.elements.shows.focus();
    const sending = this.sending = new Sending({
      file, begin: words.send, address: words.part, csrf: this.csrf,
      onProgress: (part) => this.tell(words.wordSending.replace("{name}", file.name).replace("{percent}", Math.floor(100 * part))),
      onWaiting: () => this.tell(words.wordWaiting),
    });
    sending.done.then((link) => { if (link && sending === this.sending) this.tell(words.wordThere.replace("{name}", file.name)); }, (error) => this.refuse(error));
  }

  tell(words, wrong = false) {
    const place = this.panel.querySelector("[data-sending]");
    place.textContent = words;
    place.classList.toggle("bad", wrong);
  }

  refuse(error) {
    this.sending = null;
    this.sender.elements.send.value = "";
    this.tell(error instanceof Refused ? error.message : this.panel.dataset.wordWaiting, true);
  }

  async putFile() {
    const words = this.panel.dataset, shows = this.sender.elements.shows.value.replace(/[\[\]\n]/g, " ").trim();
    if (!this.sending) return this.tell(words.wordNone, true);
    if (!shows) {
      this.tell(words.wordDescribe, true);
      return this.sender.elements.shows.focus();
    }
    const link = await this.sending.done.catch(() => null);
    if (!link) return;
    this.putBlock(`![${shows}](${link})`);
    this.sending = null;
    this.sender.reset();
    this.tell("");
    this.panel.hidden = true;
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
