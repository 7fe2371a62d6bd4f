// Knows whether the server can be reached, and asks it now and then while it cannot.

const LONGEST = 30000;

export class Line {
  constructor(onChange) {
    this.onChange = onChange;
    this.down = !navigator.onLine;
    this.tries = 0;
    addEventListener("offline", () => this.lost());
    addEventListener("online", () => this.probe());
    if (this.down) this.later();
  }

  lost() {
    if (this.down) return;
    this.down = true;
    this.tries = 0;
    this.later();
    this.onChange(true);
  }

  found() {
    clearTimeout(this.timer);
    if (!this.down) return;
    this.down = false;
    this.onChange(false);
  }

  // Nobody wants to know any more.
  rest() {
    clearTimeout(this.timer);
    this.onChange = () => {};
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.probe(), Math.min(LONGEST, 2000 * 2 ** this.tries));
    this.tries += 1;
  }

  async probe() {
    clearTimeout(this.timer);
    if (await reached()) this.found();
    else {
      this.lost();
      this.later();
    }
  }
}

async function reached() {
  try {
    return (await fetch("/healthz", { cache: "no-store", signal: AbortSignal.timeout(8000) })).ok;
  } catch {
    return false;
  }
}
