// A sealed answer file, for a device that will not come back: what waits, closed to the key of the platform, so that it can be
// carried by anybody and be read and changed by nobody. elearning/exchange/sealed_answers.py opens it.

const FORMAT = "phatngon-answers-1";
// Nobody is troubled with it while the line may be back in a moment.
const AFTER = 60;

export class Sealing {
  constructor(form, queue) {
    this.form = form;
    this.queue = queue;
    this.notice = document.querySelector('[data-told="seal"]');
    this.done = this.notice.querySelector("[data-seal-done]");
    this.can = Boolean(form.dataset.seal && window.isSecureContext && crypto.subtle);
    for (const part of this.notice.querySelectorAll("[data-seal-can]")) part.hidden = !this.can;
    this.notice.querySelector("[data-seal-cannot]").hidden = this.can;
    this.notice.querySelector("[data-seal-save]").addEventListener("click", () => this.save());
  }

  offer(down, over) {
    const wanted = this.queue.size > 0 && down && (over || this.queue.age > AFTER);
    if (this.notice.hidden === !wanted) return;
    this.notice.hidden = !wanted;
    this.notice.open = over;
    this.done.textContent = "";
  }

  async save() {
    try {
      const name = nameOf(this.form.dataset.attempt, new Date());
      give(name, await seal(this.form.dataset, { lanes: this.queue.lanesToSeal() }));
      this.done.textContent = this.done.dataset.words.replace("{name}", name);
    } catch {
      this.done.textContent = this.done.dataset.failed;
    }
  }
}

async function seal({ seal, platform, attempt }, inside) {
  const curve = { name: "ECDH", namedCurve: "P-256" }, theirs = bytes(seal);
  const point = await crypto.subtle.importKey("raw", theirs, curve, false, []);
  const own = await crypto.subtle.generateKey(curve, false, ["deriveBits"]);
  const epk = new Uint8Array(await crypto.subtle.exportKey("raw", own.publicKey));
  const shared = await crypto.subtle.deriveBits({ name: "ECDH", public: point }, own.privateKey, 256);
  const key = await derive(shared, new Uint8Array([...epk, ...theirs]));
  const name = [...new Uint8Array(await crypto.subtle.digest("SHA-256", theirs))].slice(0, 8);
  const head = { format: FORMAT, platform, attempt, key: name.map((byte) => byte.toString(16).padStart(2, "0")).join("") };
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const how = { name: "AES-GCM", iv, additionalData: utf8(Object.values(head)) };
  const data = await crypto.subtle.encrypt(how, key, utf8(inside));
  return JSON.stringify({ ...head, epk: text(epk), iv: text(iv), data: text(new Uint8Array(data)) });
}

async function derive(shared, salt) {
  const base = await crypto.subtle.importKey("raw", shared, "HKDF", false, ["deriveKey"]);
  const how = { name: "HKDF", hash: "SHA-256", salt, info: new TextEncoder().encode(FORMAT) };
  return crypto.subtle.deriveKey(how, base, { name: "AES-GCM", length: 256 }, false, ["encrypt"]);
}

function nameOf(attempt, now) {
  const two = (number) => String(number).padStart(2, "0");
  return `bai-lam-${attempt.slice(0, 6)}-${two(now.getHours())}${two(now.getMinutes())}.phatngon`;
}

function give(name, content) {
  const address = URL.createObjectURL(new Blob([content], { type: "application/octet-stream" }));
  const link = Object.assign(document.createElement("a"), { href: address, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60000);
}

function utf8(value) { return new TextEncoder().encode(JSON.stringify(value)); }

function text(raw) {
  let letters = "";
  for (const byte of raw) letters += String.fromCharCode(byte);
  return btoa(letters).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function bytes(words) {
  return Uint8Array.from(atob(words.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
}
