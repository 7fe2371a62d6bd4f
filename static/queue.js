// Keeps every answer and flag until the server has said that it is safe: in memory, and in the browser's own store
// against a closed page. One request is under way at a time; a retry sends the same number and the same answers.
// A queue left behind by a page that is gone is sent first, under the name of that page.

const PREFIX = "phatngon.answers.";
const FINAL = new Set([403, 404, 409, 410, 413, 422]);
const DAY = 86400000;
// How often in a row a key may turn out to be too old before the page says that it cannot save.
const MOST_KEYS = 3;

export class Queue {
  constructor(options) {
    Object.assign(this, options);
    this.running = null;
    this.shut = false;
    this.refused = false;
    this.tries = 0;
    this.keys = 0;
    this.since = null;
    this.version = this.base;
    const own = read(this.key(this.tab));
    this.own = whole({
      ...own, tab: this.tab, seq: Math.max(this.seq, own?.seq ?? 0), base: Math.max(this.base, own?.base ?? 0),
    });
    this.lanes = [this.own];
    this.left = [];
    this.adopting = this.adopt();
    hold(this.tab);
  }

  key(tab) { return `${PREFIX}${this.attempt}.${tab}`; }

  get size() {
    const slots = new Set();
    for (const lane of this.lanes) {
      for (const slot of Object.keys({ ...lane.flying?.answers, ...lane.flying?.flags, ...lane.waiting, ...lane.flags })) slots.add(slot);
    }
    return slots.size;
  }

  // For how many seconds something has been waiting, by the steady clock of the page.
  get age() { return this.since === null ? 0 : (performance.now() - this.since) / 1000; }

  // All that waits, as a sealed file holds it: what is under way, and what comes after it under the next number.
  lanesToSeal() {
    const rows = this.lanes.flatMap((lane) => {
      const next = { seq: lane.seq, base: baseOf(lane), answers: lane.waiting, certainty: lane.sure, flags: lane.flags,
        chosen: Object.keys(lane.waiting).filter((slot) => lane.seen.includes(slot)) };
      return [lane.flying, next].filter(Boolean).map((row) => ({ certainty: {}, chosen: [], flags: {}, ...row, tab: lane.tab, times: lane.times }));
    });
    return rows.filter((row) => Object.keys({ ...row.answers, ...row.flags }).length);
  }

  // Answers that were waiting when the page was closed, newest last: [slot, value, certainty].
  restored() {
    const found = {};
    for (const lane of [...this.left, this.own]) {
      const sure = { ...lane.flying?.certainty, ...lane.sure };
      for (const [slot, value] of Object.entries({ ...lane.flying?.answers, ...lane.waiting })) found[slot] = [slot, value, sure[slot] ?? null];
    }
    return Object.values(found);
  }

  // The flags that were waiting: [slot, on].
  flagged() {
    return Object.entries(Object.assign({}, ...[...this.left, this.own].flatMap((lane) => [lane.flying?.flags, lane.flags])));
  }

  // Only lanes of pages that are gone: each open page holds a lock under its name. Where locks are missing,
  // a lane that was not touched for two minutes counts as left behind.
  async adopt() {
    for (const name of Object.keys(localStorage).filter((key) => key.startsWith(PREFIX))) {
      const lane = read(name);
      if (!lane || Date.now() - lane.touched > 14 * DAY) { localStorage.removeItem(name); continue; }
      if (!name.startsWith(this.key("")) || lane.tab === this.tab) continue;
      if (await isOpen(lane)) continue;
      this.left.push(whole(lane));
      this.lanes.unshift(this.left.at(-1));
    }
    if (this.left.length) this.onRestored();
  }

  // `sure` is how sure one is of the answer, where the quiz asks for it.
  note(slot, value, sure = null) {
    if (this.refused) return;
    this.own.waiting[slot] = value;
    this.own.based[slot] = this.baseOf(slot);
    this.own.times[slot] = Date.now();
    if (sure) this.own.sure[slot] = sure;
    this.keep(this.own);
  }

  // A question is marked to be looked at again, or no longer.
  flag(slot, on) {
    if (this.refused) return;
    this.own.flags[slot] = on;
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

  // The form itself is posted with the next number, which is thereby used.
  spend() {
    this.own.seq += 1;
    return this.own.seq - 1;
  }

  // Somebody has signed in again, or the key of the forms is fresh.
  reopen(csrf) {
    this.csrf = csrf;
    this.shut = false;
    this.keys += 1;
    return this.flush();
  }

  // Sends what waits; true when nothing is left. Who asks while a sending is under way waits for that one.
  flush() {
    this.running ??= this.run().finally(() => { this.running = null; });
    return this.running;
  }

  async run() {
    await this.adopting;
    clearTimeout(this.timer);
    if (this.shut) this.onState("shut", { n: this.size });
    while (this.lanes.some(hasWork) && !this.refused && !this.shut) {
      if (!(await this.send(this.lanes.find(hasWork)))) break;
    }
    return !this.lanes.some(hasWork);
  }

  async send(lane) {
    if (!lane.flying) takeOff(lane);
    this.keep(lane);
    if (this.tries === 0) this.onState("saving", {});
    const sent = lane.flying, began = performance.now();
    const reply = await post(this.url, this.csrf, { tab: lane.tab, ...sent });
    if ((reply.status === 400 || reply.status === 401) && this.keys < MOST_KEYS) return this.stopAtDoor(reply.status);
    if (reply.status === 409 && "version" in reply.body) return this.late(lane, reply);
    if (FINAL.has(reply.status) || reply.status === 400 || reply.status === 401) return this.giveUp(lane, reply);
    if (reply.status !== 200) return this.tryLater();
    const others = this.othersWrote(sent, reply.body);
    this.arrived(lane);
    this.onSaved(reply.body, began, others);
    this.onState("saved", { at: clockOf(reply.body.at) });
    return true;
  }

  // Whether more answers were numbered since the last save than were sent with this one: others have answered meanwhile.
  othersWrote(sent, { version, newer }) {
    const known = this.version;
    this.version = Math.max(known, version);
    return version > known + Object.keys(sent.answers).length || Object.keys(newer ?? {}).length > 0;
  }

  arrived(lane) {
    this.tries = this.keys = 0;
    lane.flying = null;
    this.keep(lane);
  }

  // The key is too old, or nobody is signed in: whoever looks after the door calls `reopen`.
  stopAtDoor(status) {
    this.shut = true;
    this.onState("shut", { n: this.size });
    this.onShut(status);
    return false;
  }

  tryLater() {
    this.tries += 1;
    const wait = Math.min(30000, 1000 * 2 ** (this.tries - 1)) * (0.75 + Math.random() / 2);
    this.timer = setTimeout(() => this.flush(), wait);
    this.onState("held", { n: this.size });
    return false;
  }

  // It came too late to count by itself. The server has kept it all the same, and says what that means.
  late(lane, reply) {
    this.arrived(lane);
    this.onSaved(reply.body, performance.now(), true);
    this.onState("saved", { at: clockOf(reply.body.at) });
    this.onLate(reply.body.message);
    return true;
  }

  giveUp(lane, reply) {
    this.refused = true;
    this.onState("refused", { n: this.size });
    this.onRefused(reply.body.message);
    return false;
  }

  keep(lane) {
    if (!this.lanes.some(hasWork)) this.since = null;
    else this.since ??= performance.now();
    try {
      if (hasWork(lane)) localStorage.setItem(this.key(lane.tab), JSON.stringify({ ...lane, touched: Date.now() }));
      else localStorage.removeItem(this.key(lane.tab));
    } catch {
      // A full or forbidden store leaves the copy in memory, which is still sent.
    }
  }
}

// Answers go first, flags by themselves after them: one kind of row a request.
function takeOff(lane) {
  const slots = Object.keys(lane.waiting);
  lane.flying = { seq: lane.seq, base: lane.base, answers: lane.waiting };
  if (slots.length) flyAnswers(lane, slots);
  else [lane.flying.flags, lane.flags] = [lane.flags, {}];
  lane.seq += 1;
}

function flyAnswers(lane, slots) {
  lane.flying.base = baseOf(lane);
  if (Object.keys(lane.sure).length) lane.flying.certainty = lane.sure;
  const chosen = slots.filter((slot) => lane.seen.includes(slot));
  if (chosen.length) lane.flying.chosen = chosen;
  [lane.waiting, lane.sure, lane.based] = [{}, {}, {}];
}

// Pages fetched at different moments have seen different versions: the oldest of them is what is claimed.
function baseOf(lane) {
  const bases = Object.keys(lane.waiting).map((slot) => lane.based[slot] ?? lane.base);
  return bases.length ? Math.min(...bases) : lane.base;
}

function whole(lane) {
  return { flying: null, waiting: {}, sure: {}, seen: [], based: {}, flags: {}, times: {}, ...lane };
}

function hasWork(lane) {
  return lane.flying !== null || Object.keys(lane.waiting).length > 0 || Object.keys(lane.flags).length > 0;
}

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
