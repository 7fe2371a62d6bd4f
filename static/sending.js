// Sends a file part by part. A line that was lost goes on where it broke; what cannot be taken says why.

export class Refused extends Error {}

export class Sending {
  constructor({ file, begin, address, csrf, onProgress, onWaiting }) {
    Object.assign(this, { file, begin, address, csrf, onProgress, onWaiting });
    this.done = this.run();
    // Whoever waits for it later is told then.
    this.done.catch(() => {});
  }

  stop() { this.stopped = true; }

  async run() {
    for (let tries = 0; !this.stopped; tries += 1) {
      try {
        return await this.deliver(() => { tries = 0; });
      } catch (error) {
        if (error instanceof Refused) throw error;
        this.onWaiting();
        await new Promise((on) => { setTimeout(on, Math.min(30000, 1000 * 2 ** tries)); });
      }
    }
    return null;
  }

  async deliver(onwards) {
    this.id ??= (await this.ask(this.begin, JSON.stringify({ name: this.file.name, size: this.file.size }), "application/json")).id;
    const address = this.address.replace(/_$/, this.id);
    let now = await this.ask(address);
    while (!now.done && !this.stopped) {
      this.onProgress(now.received / now.size);
      now = await this.ask(`${address}?from=${now.received}`, this.file.slice(now.received, now.received + now.part), "application/octet-stream");
      onwards();
    }
    return now.link;
  }

  async ask(address, body, type) {
    const options = { credentials: "same-origin", headers: { Accept: "application/json" }, signal: AbortSignal.timeout(60000) };
    if (body !== undefined) Object.assign(options, { method: "POST", body, headers: { ...options.headers, "Content-Type": type, "X-CSRFToken": this.csrf() } });
    const answer = await fetch(address, options);
    const reply = await answer.json().catch(() => ({}));
    if ([403, 404, 413, 422].includes(answer.status)) throw new Refused(reply.message ?? "");
    if (!answer.ok) throw new Error(String(answer.status));
    return reply;
  }
}
