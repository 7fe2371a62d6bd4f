// Keeps what is typed until the server has said that it is safe: in memory, in the browser's own store against a closed
// page, and by asking again and again while the server cannot be reached. A retry sends the same words once more.

const PREFIX = "phatngon.draft.";
const PAUSE = 1500;
// Somebody who types without a pause is saved at least this often.
const LONGEST = 12000;
const MOST_KEYS = 3;
// What a browser still sends for a page that is gone: 64 kB, and a letter of ours takes up to three bytes.
const MOST_ALONG = 20000;

export class Keeper {
  constructor(options) {
    Object.assign(this, options);
    this.safe = this.area.value;
    this.flying = null;
    this.tries = this.keys = 0;
    this.shut = this.refused = false;
    addEventListener("pagehide", () => this.leave());
  }

  get key() { return PREFIX + this.path; }

  get dirty() { return this.flying !== null || this.area.value !== this.safe; }

  // Words that an earlier page left behind, where they are not those of the draft.
  left() {
    try {
      const found = JSON.parse(localStorage.getItem(this.key));
      if (found && found.text.normalize("NFC") !== this.area.value.normalize("NFC")) return found;
    } catch {
      // What cannot be read is of no use.
    }
    this.drop();
    return null;
  }

  take(found) {
    this.madeOn = found.made_on;
    return found.text;
  }

  drop() { localStorage.removeItem(this.key); }

  // Whoever goes on to another page need not wait: the words are sent along, and the copy goes once they are seen to be there.
  leave() {
    this.copy();
    if (!this.dirty || this.shut) return;
    const body = JSON.stringify({ text: this.area.value, made_on: this.madeOn, auto: true });
    if (body.length < MOST_ALONG) fetch(this.url, { ...sending(this.csrf, body), keepalive: true }).catch(() => {});
  }

  copy() {
    if (!this.dirty) return;
    try {
      localStorage.setItem(this.key, JSON.stringify({ text: this.area.value, made_on: this.madeOn, at: Date.now() }));
    } catch {
      // A full or forbidden store leaves the words in memory, which are still sent.
    }
  }

  // Something was typed.
  note() {
    clearTimeout(this.copying);
    this.copying = setTimeout(() => this.copy(), 300);
    this.since ??= performance.now();
    clearTimeout(this.timer);
    const left = LONGEST - (performance.now() - this.since);
    this.timer = setTimeout(() => this.save(), Math.max(0, Math.min(PAUSE, left)));
  }

  // Sends what is not safe yet; who asks while a sending is under way waits for that one, and for what came after it.
  async save(byHand = false) {
    if (byHand) this.byHand = true;
    if (this.running) return this.running;
    this.running = this.run().finally(() => { this.running = null; });
    return this.running;
  }

  async run() {
    clearTimeout(this.timer);
    while (!this.shut && (this.flying || this.area.value !== this.safe || this.byHand)) {
      if (!(await this.send())) break;
    }
  }

  async send() {
    this.flying ??= { text: this.area.value, made_on: this.madeOn, auto: !this.byHand };
    this.byHand = false;
    this.since = null;
    this.copy();
    this.onState("saving");
    const reply = await post(this.url, this.csrf, this.flying);
    if (reply.status === 200) return this.arrived(reply.body);
    if (reply.status === 409 && reply.body.merge) return this.beside(reply.body);
    if ((reply.status === 400 || reply.status === 401) && this.keys < MOST_KEYS) return this.stopAtDoor(reply.status);
    if (reply.status >= 400 && reply.status < 500 && reply.status !== 429) return this.refuse(reply.body.message);
    return this.later();
  }

  arrived(body) {
    this.madeOn = body.save_id;
    this.landed();
    this.onState("saved", body.at);
    this.onSaved(body);
    return true;
  }

  // Somebody has saved meanwhile: the server keeps these words beside theirs, and goes on doing so.
  beside(body) {
    this.landed();
    this.onState("apart");
    this.onApart(body);
    return true;
  }

  landed() {
    this.safe = this.flying.text;
    this.flying = null;
    this.tries = this.keys = 0;
    this.refused = false;
    if (this.dirty) return this.note();
    this.drop();
    return this.onSafe();
  }

  stopAtDoor(status) {
    this.shut = true;
    this.onState("held");
    this.onShut(status);
    return false;
  }

  // Somebody has signed in again, or the key of the forms is fresh.
  reopen(csrf) {
    this.csrf = csrf;
    this.shut = false;
    this.keys += 1;
    return this.save();
  }

  refuse(message) {
    this.flying = null;
    this.refused = true;
    this.copy();
    this.onState("held");
    this.onRefused(message);
    return false;
  }

  later() {
    this.tries += 1;
    this.onState("held");
    const wait = Math.min(30000, 1000 * 2 ** (this.tries - 1)) * (0.75 + Math.random() / 2);
    this.timer = setTimeout(() => this.save(), wait);
    return false;
  }
}

function sending(csrf, body) {
  const headers = { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": csrf };
  return { method: "POST", credentials: "same-origin", headers, body };
}

async function post(url, csrf, body) {
  try {
    const response = await fetch(url, { ...sending(csrf, JSON.stringify(body)), signal: AbortSignal.timeout(30000) });
    return { status: response.status, body: await response.json().catch(() => ({})) };
  } catch {
    return { status: 0, body: {} };
  }
}
