// The lesson beside its text: the very page that learners get, in a frame as wide as a phone or a computer.

const DESK = 1280;

export class Preview {
  constructor({ frame, room, sizes, url, csrf, area }) {
    Object.assign(this, { frame, room, url, csrf, area, asked: 0 });
    frame.addEventListener("load", () => this.loaded());
    if (frame.contentDocument?.readyState === "complete") this.loaded();
    sizes.hidden = false;
    sizes.addEventListener("click", (event) => {
      const button = event.target.closest("[data-size]");
      if (button) this.size(button.dataset.size, sizes);
    });
    new ResizeObserver(() => this.scale()).observe(room);
    this.size("phone", sizes);
    area.addEventListener("scroll", () => this.follow(), { passive: true });
  }

  size(name, sizes) {
    for (const button of sizes.querySelectorAll("[data-size]")) button.setAttribute("aria-pressed", String(button.dataset.size === name));
    this.room.classList.toggle("preview__room--phone", name === "phone");
    this.room.classList.toggle("preview__room--desk", name === "desk");
    this.desk = name === "desk";
    this.scale();
  }

  // A computer is wider than the room for it: it is shown smaller, as a whole.
  scale() {
    const part = this.desk ? Math.min(1, this.room.clientWidth / DESK) : 1;
    this.frame.style.transform = part < 1 ? `scale(${part})` : "";
    this.frame.style.height = part < 1 ? `${this.room.clientHeight / part}px` : "";
  }

  loaded() {
    const page = this.frame.contentDocument;
    if (!page || page === this.page) return;
    this.page = page;
    page.querySelector("[data-trial]")?.remove();
    page.addEventListener("click", (event) => {
      const link = event.target.closest("a[href]");
      if (!link || event.defaultPrevented || link.getAttribute("href").startsWith("#")) return;
      event.preventDefault();
      open(link.href, "_blank", "noopener");
    });
  }

  // Asks for the page of these words and puts its main part in place, without leaving where one was reading.
  async show(text) {
    const number = ++this.asked;
    const body = new FormData();
    body.set("csrf_token", this.csrf());
    body.set("text", text);
    const answer = await fetch(this.url, { method: "POST", body, credentials: "same-origin", headers: { Accept: "text/html" } }).catch(() => null);
    if (!answer?.ok || number !== this.asked || !this.page) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    fresh.querySelector("[data-trial]")?.remove();
    this.page.querySelector("main").replaceWith(this.page.importNode(fresh.querySelector("main"), true));
    for (const script of fresh.querySelectorAll("script[src]")) this.load(script.getAttribute("src"));
    this.page.dispatchEvent(new CustomEvent("phatngon:shown"));
  }

  load(src) {
    if (this.page.querySelector(`script[src="${CSS.escape(src)}"]`)) return;
    this.page.head.append(Object.assign(this.page.createElement("script"), { type: "module", src }));
  }

  follow() {
    const window = this.frame.contentWindow, root = this.page?.documentElement, { area } = this;
    if (!root) return;
    const part = area.scrollTop / Math.max(1, area.scrollHeight - area.clientHeight);
    window.scrollTo(0, part * (root.scrollHeight - window.innerHeight));
  }
}
