// The pages of the paper, shown in place. Those that the server has given are kept in the memory of this tab, and nowhere
// else, so that the learner can go on while the line is gone.

const MOST = 30;
const PATIENCE = 8000;
// For so long a page that the server has given is shown again without asking for it.
const SURE = 600000;

export class Pages {
  constructor(form) {
    this.form = form;
    this.free = form.dataset.free === "1";
    this.total = Number(form.dataset.pages);
    this.kept = new Map();
    this.sure = new Map();
    this.pictures = [];
    this.shown = viewOf(document);
    this.kept.set(this.shown.number, this.shown);
    this.sure.set(this.shown.number, performance.now());
    this.tell();
  }

  get number() { return this.shown.number; }

  address(number) { return `/attempts/${this.form.dataset.attempt}?page=${number}`; }

  // The version that the page of a slot had seen, so that what others answered since is noticed.
  base() { return this.shown.base; }

  // Asks for every other page, the next ones first, and for each only after the server had rest from the one before.
  async fetchOthers() {
    if (!this.free || this.total > MOST || navigator.connection?.saveData || this.fetching) return;
    this.fetching = true;
    await pause(1500 + Math.random() * 1500);
    for (const number of this.inOrder()) {
      if (this.kept.has(number)) continue;
      await idle();
      const began = performance.now();
      const view = await this.ask(number).catch(() => null);
      if (this.gone || view?.number !== number) break;
      if (!this.kept.has(number)) this.keep(view);
      await pause(Math.max(300, 10 * (performance.now() - began)));
    }
    this.fetching = false;
  }

  inOrder() {
    const all = Array.from({ length: this.total }, (_, at) => at + 1);
    return [...all.slice(this.number), ...all.slice(0, this.number)];
  }

  keep(view) {
    this.kept.set(view.number, view);
    this.sure.set(view.number, performance.now());
    for (const image of view.questions.querySelectorAll("img")) this.pictures.push(Object.assign(new Image(), { src: image.getAttribute("src") }));
    for (const script of view.scripts) load(script);
    this.tell();
  }

  tell() { this.form.dataset.kept = this.kept.size; }

  // A page as the server has it now. Fails where the line is gone. Where it gives none: "door" when somebody has to sign in or
  // the key is too old, "stranger" when the attempt is not theirs, "elsewhere" when it leads to another page.
  ask(number) { return this.read(fetch(this.address(number), { credentials: "same-origin", signal: AbortSignal.timeout(PATIENCE) })); }

  // Posts the form itself, as a browser without scripts would, and reads the page that it leads to.
  post(go) {
    const body = new FormData(this.form);
    body.set("go", go);
    return this.read(fetch(this.form.action, { method: "POST", body, credentials: "same-origin", signal: AbortSignal.timeout(PATIENCE) }));
  }

  async read(asked) {
    const answer = await asked;
    if (answer.status >= 502) throw new Error(String(answer.status));
    const there = new URL(answer.url);
    if ([400, 401].includes(answer.status) || answer.ok && there.pathname === "/login") return "door";
    if (answer.status === 404) return "stranger";
    const view = answer.ok && there.pathname === `/attempts/${this.form.dataset.attempt}` ? viewOf(parsed(await answer.text())) : null;
    if (!view) {
      this.elsewhere = answer.ok ? answer.url : null;
      return "elsewhere";
    }
    return Object.assign(view, { address: there.pathname + there.search + there.hash });
  }

  has(number) { return this.kept.has(number); }

  // Whether a page can be shown as it is kept, so that turning pages waits for no line. What is typed the server looks at first, and a
  // recording is its own.
  isSure(number) {
    const view = this.kept.get(number);
    return this.free && view !== undefined && performance.now() - (this.sure.get(number) ?? -Infinity) < SURE
      && !view.questions.querySelector("[data-recorder]");
  }

  // Something may have changed elsewhere: the server is asked for a page, or for every page, before it is shown again.
  doubt(number) {
    if (number === undefined) this.sure.clear();
    else this.sure.delete(number);
  }

  // Puts a page into the form. `fresh` is one that the server has just given: its numbers are right too.
  show(view, { fresh = false, push = true } = {}) {
    if (fresh) this.keep(view);
    const { form } = this;
    form.querySelector(".questions").replaceWith(view.questions);
    if (fresh) this.take(view);
    this.shown = view;
    document.title = view.title;
    if (view.number) form.elements.page.value = view.number;
    form.elements.base.value = view.base;
    form.querySelector("button[name=go]").value = view.first;
    const address = view.address ?? this.address(view.number);
    if (push) history.pushState({ page: view.number }, "", fresh ? address : address.split("#")[0]);
    document.dispatchEvent(new CustomEvent("phatngon:shown"));
  }

  // What stands around the questions, as the server has it now.
  take(view) {
    this.form.querySelector(".side [aria-labelledby=strip]").replaceWith(view.strip);
    for (const place of document.querySelectorAll("[data-saved]")) place.replaceWith(view.saved.cloneNode(true));
    document.querySelector("main > .notices")?.remove();
    if (view.notices) this.form.before(view.notices);
    if (view.remaining !== "") this.form.dataset.remaining = view.remaining;
  }

  // Somebody else is at this device: nothing of what was fetched stays.
  forget() {
    this.gone = true;
    this.kept.clear();
    this.sure.clear();
    this.pictures = [];
    this.shown = { number: 0, base: 0 };
  }
}

// The parts of a page of questions; null for any other page.
function viewOf(page) {
  const form = page.querySelector("form[data-save-url]");
  return form && {
    number: Number(form.querySelector("[name=page]").value),
    base: Number(form.dataset.base),
    remaining: form.dataset.remaining,
    title: page.title,
    first: form.querySelector("button[name=go]").value,
    questions: form.querySelector(".questions"),
    strip: form.querySelector(".side [aria-labelledby=strip]"),
    saved: page.querySelector("[data-saved]"),
    notices: page.querySelector("main > .notices"),
    scripts: [...page.querySelectorAll("script[src]")].map((script) => script.getAttribute("src")),
  };
}

function parsed(text) { return new DOMParser().parseFromString(text, "text/html"); }

// A page that is fetched may need a script that this one does without. It is loaded while the line is there.
function load(src) {
  if (document.querySelector(`script[src="${CSS.escape(src)}"]`)) return;
  document.head.append(Object.assign(document.createElement("script"), { type: "module", src }));
}

function pause(time) { return new Promise((done) => { setTimeout(done, time); }); }

function idle() { return new Promise((done) => { (window.requestIdleCallback ?? setTimeout)(() => done()); }); }
