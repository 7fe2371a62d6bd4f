// Signing in again without leaving the page: the answers that wait are still there, and go on as soon as somebody whose
// attempt this is has come in. A key of the forms that has become too old is renewed without asking.

export class Door {
  constructor({ attempt, address = `/attempts/${attempt}`, onKey, onStranger, onLater }) {
    Object.assign(this, { address, onKey, onStranger, onLater });
    this.dialog = document.querySelector("dialog[data-door]");
    this.form = this.dialog.querySelector("form");
    this.passing = null;
    this.form.addEventListener("submit", (event) => { event.preventDefault(); this.enter(); });
    this.dialog.querySelector("[data-door-later]").addEventListener("click", () => this.dialog.close());
    this.dialog.addEventListener("close", () => this.closed());
  }

  // True when somebody whose attempt this is is signed in, with a fresh key; false when they would rather do it later.
  // Fails where the line is gone.
  async pass() {
    const found = await ask("/login/key");
    if (found.status !== 200) throw new Error(String(found.status));
    this.onKey(found.body.csrf);
    return found.body.signed_in ? this.admit() : this.open();
  }

  // Nothing is sent before it is known that the attempt, or the text, is open to whoever is here now.
  async admit() {
    const seen = await fetch(this.address, { method: "HEAD", redirect: "manual", credentials: "same-origin", signal: AbortSignal.timeout(8000) });
    if (seen.status === 404) this.onStranger();
    return seen.status !== 404;
  }

  open() {
    this.passing ??= new Promise((done) => { this.done = done; });
    if (!this.dialog.open) {
      this.wrong({});
      this.dialog.showModal();
    }
    return this.passing;
  }

  closed() {
    this.form.elements.password.value = "";
    const passed = this.passed === true;
    [this.passed, this.passing] = [false, null];
    if (!passed) this.onLater();
    this.done(passed);
  }

  async enter() {
    if (this.busy) return;
    this.busy = true;
    const { identifier, password } = this.form.elements;
    try {
      await this.knock({ identifier: identifier.value, password: password.value });
    } catch {
      this.wrong({ form: this.dialog.dataset.wordNoLine });
    } finally {
      this.busy = false;
    }
  }

  // Where many come at once the platform says for how long to wait; then this knocks again, for as long as the dialog is open.
  async knock(typed) {
    const key = await ask("/login/key");
    const told = await ask("/login", typed, key.body.csrf);
    if (told.status === 503 && told.body.wait) {
      this.wrong({ form: told.body.message });
      await new Promise((done) => { setTimeout(done, told.body.wait * 1000); });
      if (this.dialog.open) await this.knock(typed);
      return;
    }
    if (told.status !== 200) {
      this.wrong(told.body.fields ?? { form: told.body.message ?? this.dialog.dataset.wordNoLine });
      return;
    }
    this.onKey(told.body.csrf);
    this.passed = await this.admit();
    if (this.passed) this.dialog.close();
  }

  // Mistakes stand with their fields and are read out; what was typed stays.
  wrong(fields) {
    for (const name of ["form", "identifier", "password"]) {
      const place = this.dialog.querySelector(`[data-wrong="${name}"]`), field = this.form.elements[name];
      place.hidden = !fields[name];
      place.querySelector("[data-words]").textContent = fields[name] ?? "";
      if (!field) continue;
      field.closest(".field").classList.toggle("field--wrong", Boolean(fields[name]));
      if (fields[name]) field.setAttribute("aria-invalid", "true");
      else field.removeAttribute("aria-invalid");
    }
    this.form.elements[this.form.elements.identifier.value ? "password" : "identifier"].focus();
  }
}

async function ask(address, body, key) {
  const options = { credentials: "same-origin", headers: { Accept: "application/json" }, signal: AbortSignal.timeout(30000) };
  if (body) {
    options.method = "POST";
    options.body = JSON.stringify(body);
    Object.assign(options.headers, { "Content-Type": "application/json", "X-CSRFToken": key });
  }
  const answer = await fetch(address, options);
  return { status: answer.status, body: await answer.json().catch(() => ({})) };
}
