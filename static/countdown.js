// Counts what is left from a number of seconds the server gave, by the steady clock of the page. The date of the device may be
// wrong and may jump; it only hints that the machine slept and the steady clock stood, and then the server is asked.

const LOW = 300;
const TOLD = [10, 5, 1];
// More seconds at once than a slow line can pretend: somebody has given more time.
const RAISED = 20;

export class Countdown {
  constructor(form, say, { onEnd, onMore, onSleep }) {
    Object.assign(this, { form, say, onEnd, onMore, onSleep });
    this.ended = false;
    this.apart = Date.now() - performance.now();
    this.ends = null;
    this.said = new Set();
    if (form.dataset.remaining) this.set(Number(form.dataset.remaining));
    document.addEventListener("visibilitychange", () => { if (this.ticking) this.tick(); });
  }

  // `asked` is when the question left, by the steady clock: the server read its own clock between then and now, and gave
  // whole seconds. What is known already stays where it fits in between, so that the number does not tremble.
  set(seconds, asked = performance.now()) {
    const earliest = asked + seconds * 1000, latest = performance.now() + (seconds + 1) * 1000;
    const first = this.ends === null, raised = !first && earliest - this.ends > RAISED * 1000;
    this.ends = first || raised ? earliest : Math.min(Math.max(this.ends, earliest), latest);
    if (first || raised) this.begin(this.left());
    this.tick();
  }

  left() { return Math.max(0, Math.ceil((this.ends - performance.now()) / 1000)); }

  begin(seconds) {
    if (this.ended) this.onMore();
    this.ended = false;
    this.said = new Set(TOLD.filter((minutes) => seconds <= minutes * 60));
    for (const place of document.querySelectorAll("[data-timer-live]")) place.hidden = false;
    for (const place of document.querySelectorAll("[data-timer-still]")) place.hidden = true;
    clearInterval(this.ticking);
    this.ticking = setInterval(() => this.tick(), 1000);
  }

  tick() {
    this.watch();
    const left = this.left(), text = clock(left);
    for (const place of document.querySelectorAll("[data-timer]")) place.textContent = text;
    // The ring is a dial of sixty minutes.
    for (const ring of document.querySelectorAll("[data-timer-ring]")) {
      ring.setAttribute("stroke-dasharray", `${Math.min(left / 36, 100).toFixed(1)} 100`);
    }
    for (const place of document.querySelectorAll(".timer")) place.classList.toggle("timer--low", left < LOW);
    this.announce(left);
    if (left === 0 && !this.ended) {
      this.ended = true;
      clearInterval(this.ticking);
      this.ticking = null;
      this.onEnd();
    }
  }

  watch() {
    const apart = Date.now() - performance.now();
    const jumped = Math.abs(apart - this.apart) > 5000;
    this.apart = apart;
    if (jumped) this.onSleep();
  }

  // Once each, and only the last where several have passed at once.
  announce(left) {
    const passed = TOLD.filter((minutes) => left <= minutes * 60 && !this.said.has(minutes));
    for (const minutes of passed) this.said.add(minutes);
    if (passed.length && left > 0) this.say(this.form.dataset[`wordLeft${passed.at(-1)}`]);
  }
}

function clock(seconds) {
  const two = (number) => String(number).padStart(2, "0");
  const hours = Math.floor(seconds / 3600);
  const rest = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return hours ? `${hours}:${rest}` : rest;
}
