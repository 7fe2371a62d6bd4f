// Counts what is left from a number of seconds the server gave, by the steady clock of the page:
// the date of the device may be wrong. It only hints, by a jump, that the machine slept and the steady clock stood.

const LOW = 300;

export class Countdown {
  constructor(form, say, onEnd, onSleep) {
    this.form = form;
    this.say = say;
    this.onEnd = onEnd;
    this.onSleep = onSleep;
    this.ended = false;
    this.apart = Date.now() - performance.now();
    this.ends = null;
    this.said = new Set();
    if (form.dataset.remaining !== "") this.set(Number(form.dataset.remaining));
  }

  set(seconds) {
    this.ends = performance.now() + seconds * 1000;
    if (!this.ticking) this.begin(seconds);
    this.tick();
  }

  begin(seconds) {
    for (const minutes of [10, 5, 1]) if (seconds <= minutes * 60) this.said.add(minutes);
    for (const place of document.querySelectorAll("[data-timer-live]")) place.hidden = false;
    for (const place of document.querySelectorAll("[data-timer-still]")) place.hidden = true;
    this.ticking = setInterval(() => this.tick(), 1000);
  }

  tick() {
    this.watch();
    const left = Math.max(0, Math.ceil((this.ends - performance.now()) / 1000));
    const text = clock(left);
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
      this.onEnd();
    }
  }

  watch() {
    const apart = Date.now() - performance.now();
    const jumped = apart - this.apart > 5000;
    this.apart = apart;
    if (jumped) this.onSleep();
  }

  announce(left) {
    for (const minutes of [10, 5, 1]) {
      if (left > minutes * 60 || this.said.has(minutes)) continue;
      this.said.add(minutes);
      this.say(this.form.dataset[`wordLeft${minutes}`]);
    }
  }
}

function clock(seconds) {
  const two = (number) => String(number).padStart(2, "0");
  const hours = Math.floor(seconds / 3600);
  const rest = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return hours ? `${hours}:${rest}` : rest;
}
