// Keeps every answer until the server has said that it is safe: in memory, and in the browser's own store
// against a closed page. One request is under way at a time; a retry sends the same number and the same answers.
// A queue left behind by a page that is gone is sent first, under the name of that page.

const PREFIX = "phatngon.answers.";
const FINAL = new Set([400, 401, 403, 404, 409, 410, 413, 422]);
const DAY = 86400000;

export class Queue {
  constructor(options) {
    Object.assign(this, options);
    this.sending = false;
    this.paused = false;
    this.refused = false;
    this.tries = 0;
    const own = read(this.key(this.tab));
    this.own = {
      tab: this.tab, seq: Math.max(this.seq, own?.seq ?? 0), base: Math.max(this.base, own?.base ?? 0),
      flying: own?.flying ?? null, waiting: own?.waiting ?? {}, sure: own?.sure ?? {}, seen: own?.seen ?? [],
    };
    this.lanes = [this.own];
    this.left = [];
    this.adopting = this.adopt();
    hold(this.tab);
  }

  key(tab) { return `${PREFIX}${this.attempt}.${tab}`; }

  get size() {
    const slots = new Set();
    for (const lane of this.lanes) {
      for (const slot of Object.keys({ ...lane.flying?.answers, ...lane.waiting })) slots.add(slot);
    }
    return slots.size;
  }

  // Answers that were waiting when the page was closed, newest last.
  restored() {
    const found = {};
    for (const lane of [...this.left, this.own]) Object.assign(found, lane.flying?.answers, lane.waiting);
    return Object.entries(found);
  }

  // Only lanes of pages that are gone: each open page holds a lock under its name. Where locks are missing,
  // a lane that was not touched for two minutes counts as left behind.
  async adopt() {
    for (const name of Object.keys(localStorage).filter((key) => key.startsWith(PREFIX))) {
      const lane = read(name);
      if (!lane || Date.now() - lane.touched > 14 * DAY) { localStorage.removeItem(name); continue; }
      if (!name.startsWith(this.key("")) || lane.tab === this.tab) continue;
      if (await isOpen(lane)) continue;
      this.left.push(lane);
      this.lanes.unshift(lane);
    }
    if (this.left.length) this.onRestored(this.restored());
  }

  // `sure` is how sure one is of the answer, where the quiz asks for it.
  note(slot, value, sure = null) {
    if (this.refused) return;
    this.own.waiting[slot] = value;
    if (sure) this.own.sure[slot] = sure;
    this.keep(this.own);
  }

  // The answer of another tab was shown for this slot: what is sent for it from now on is a choice.
  saw(slot) {
    if (!this.own.seen.includes(slot)) this.own.seen.push(slot);
  }

  put(slot, value, sure = null) {
    this.note(slot, value, sure);
    return this.flush();
  }

  // The form itself is about to be posted with the next number. Should that post be lost on the way, the same
  // answers are sent again under the same number, which changes nothing where it did arrive.
  handOver(valueOf) {
    this.paused = true;
    const slots = Object.keys({ ...this.own.flying?.answers, ...this.own.waiting });
    this.onNumbers(this.own.seq, this.own.base);
    if (!slots.length) return;
    const answers = Object.fromEntries(slots.map((slot) => [slot, valueOf(slot)]));
    this.own.waiting = answers;
    this.own.sure = { ...this.own.flying?.certainty, ...this.own.sure };
    takeOff(this.own);
    this.keep(this.own);
  }

  resume() {
    this.paused = false;
    this.flush();
  }

  async flush() {
    await this.adopting;
    if (this.sending || this.paused || this.refused) return;
    this.sending = true;
    clearTimeout(this.timer);
    try {
      while (this.lanes.some(hasWork) && !this.refused) {
        if (!(await this.send(this.lanes.find(hasWork)))) break;
      }
    } finally {
      this.sending = false;
    }
  }

  async send(lane) {
    if (!lane.flying) takeOff(lane);
    this.keep(lane);
    this.onNumbers(this.own.seq, this.own.base);
    if (this.tries === 0) this.onState("saving", {});
    const sent = lane.flying;
    const reply = await post(this.url, this.csrf, { tab: lane.tab, ...sent });
    if (FINAL.has(reply.status)) return this.giveUp(lane, reply);
    if (reply.status !== 200) return this.tryLater();
    this.tries = 0;
    if (lane.flying === sent) lane.flying = null;
    this.keep(lane);
    if (!this.paused) this.onNumbers(this.own.seq, this.own.base);
    this.onSaved(reply.body);
    this.onState("saved", { at: clockOf(reply.body.at) });
    return true;
  }

  tryLater() {
    this.tries += 1;
    const wait = Math.min(30000, 1000 * 2 ** (this.tries - 1)) * (0.75 + Math.random() / 2);
    this.timer = setTimeout(() => this.flush(), wait);
    this.onState("held", { n: this.size });
    return false;
  }

  giveUp(lane, reply) {
    this.refused = true;
    // A closed attempt takes nothing more; after signing in again the others are sent.
    if (reply.status === 410) localStorage.removeItem(this.key(lane.tab));
    this.onState("refused", { n: this.size });
    this.onRefused(reply.body.message);
    return false;
  }

  keep(lane) {
    try {
      if (hasWork(lane)) localStorage.setItem(this.key(lane.tab), JSON.stringify({ ...lane, touched: Date.now() }));
      else localStorage.removeItem(this.key(lane.tab));
    } catch {
      // A full or forbidden store leaves the copy in memory, which is still sent.
    }
  }
}

function takeOff(lane) {
  lane.flying = { seq: lane.seq, base: lane.base, answers: lane.waiting };
  if (Object.keys(lane.sure ?? {}).length) lane.flying.certainty = lane.sure;
  const chosen = Object.keys(lane.waiting).filter((slot) => lane.seen?.includes(slot));
  if (chosen.length) lane.flying.chosen = chosen;
  lane.waiting = {};
  lane.sure = {};
  lane.seq += 1;
}

function hasWork(lane) { return lane.flying !== null || Object.keys(lane.waiting).length > 0; }

function read(name) {
  try {
    return JSON.parse(localStorage.getItem(name));
  } catch {
    return null;
  }
}

function hold(tab) {
  navigator.locks?.request(PREFIX + tab, () => new Promise(() => {})).catch(() => {});
}

async function isOpen(lane) {
  if (!navigator.locks) return Date.now() - lane.touched < 120000;
  return navigator.locks.request(PREFIX + lane.tab, { ifAvailable: true }, (lock) => lock === null);
}

async function post(url, csrf, body) {
  try {
    const response = await fetch(url, {
      method: "POST",
      credentials: "same-origin",
      headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": csrf },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(15000),
    });
    return { status: response.status, body: await response.json().catch(() => ({})) };
  } catch {
    return { status: 0, body: {} };
  }
}

// The time of day as the server wrote it; the zone is the platform's, not the device's.
function clockOf(at) { return /\d\d:\d\d:\d\d/.exec(at)?.[0] ?? ""; }
