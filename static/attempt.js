// Saves an attempt while it is being written and counts the time that is left.
// Without this file the same form works by its buttons; nothing here decides anything, the server does.
import { Queue } from "./queue.js";
import { Countdown } from "./countdown.js";
import { Answers } from "./answers.js";

const form = document.querySelector("form[data-save-url]");
if (form) start(form);

// The page before handing in has nothing to save; it only counts, and hands in when the time is up.
const last = document.querySelector("form[data-hand-in]");
if (last) new Countdown(last, speaker(), () => last.submit(), () => location.reload());

function start(form) {
  const say = speaker();
  const answers = new Answers(form);
  let leaving = false;

  const queue = new Queue({
    url: form.dataset.saveUrl,
    csrf: form.dataset.csrf,
    attempt: form.dataset.attempt,
    tab: form.dataset.tab,
    seq: Number(form.dataset.seq),
    base: Number(form.dataset.base),
    onState: (state, detail) => show(form, say, state, detail),
    onSaved: (reply) => {
      if (typeof reply.remaining === "number") countdown.set(reply.remaining);
      answers.offer(reply.newer || {}, (slot) => {
        queue.saw(slot);
        queue.put(slot, answers.value(slot), answers.sure(slot));
      }, (slot) => queue.saw(slot));
    },
    onNumbers: (seq, base) => {
      form.elements.seq.value = seq;
      form.elements.base.value = base;
    },
    onRestored: (pairs) => restore(answers, pairs),
    onRefused: (message) => refuse(form, message),
  });

  const countdown = new Countdown(form, say, () => handIn(), () => {
    // The machine slept and the count may be wrong. The server's next answer puts it right, or a fresh page does.
    if (queue.size > 0) queue.flush();
    else if (!leaving) location.reload();
  });
  restore(answers, queue.restored());

  let waiting = 0;
  form.addEventListener("input", (event) => {
    const slot = answers.slotOf(event.target) ?? answers.surenessOf(event.target);
    if (slot === null) return;
    clearTimeout(waiting);
    if (answers.touched(slot)) queue.saw(slot);
    queue.note(slot, answers.value(slot), answers.sure(slot));
    waiting = setTimeout(() => queue.flush(), answers.isTyped(event.target) ? 800 : 0);
  });
  form.addEventListener("focusout", () => queue.flush());

  form.addEventListener("submit", (event) => {
    if (queue.refused || leaving) return;
    if (!navigator.onLine) {
      event.preventDefault();
      show(form, say, "held", { n: Math.max(queue.size, 1) });
      return;
    }
    leave();
    // Still here after a while: the page did not change, so saving goes on as before.
    setTimeout(() => { leaving = false; queue.resume(); }, 15000);
  });
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
  addEventListener("online", () => queue.flush());
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") queue.flush();
  });
  addEventListener("beforeunload", (event) => {
    if (!leaving && queue.size > 0) event.preventDefault();
  });

  function leave() {
    leaving = true;
    queue.handOver((slot) => answers.value(slot));
  }

  async function handIn() {
    // Time is up: what is on the page goes with the form itself; first give waiting answers five seconds.
    if (!navigator.onLine) {
      addEventListener("online", handIn, { once: true });
      return;
    }
    await Promise.race([queue.flush(), new Promise((done) => setTimeout(done, 5000))]);
    leave();
    const go = document.createElement("input");
    go.type = "hidden";
    go.name = "go";
    go.value = "finish";
    form.append(go);
    form.submit();
  }

  queue.flush();
}

function restore(answers, pairs) {
  for (const [slot, value] of pairs) answers.fill(slot, value);
}

// Words for a screen reader, said once; the visible words are not live.
function speaker() {
  const place = document.querySelector("[data-announce]");
  return (words) => { if (place && words) place.textContent = words; };
}

const ICONS = { saving: "i-ring", saved: "i-ring-check", held: "i-offline", refused: "i-alert" };
let spoken = "";

function show(form, say, state, detail) {
  const words = form.dataset;
  const text = {
    saving: words.wordSaving,
    saved: words.wordSaved.replace("{at}", detail.at),
    held: words.wordWaiting.replace("{n}", detail.n),
    refused: words.wordRefused.replace("{n}", detail.n),
  }[state];
  for (const place of document.querySelectorAll("[data-saved]")) {
    place.classList.toggle("saved--wait", state === "saving");
    place.classList.toggle("saved--held", state === "held" || state === "refused");
    place.querySelector("[data-saved-words]").textContent = text;
    const use = place.querySelector("use");
    use.setAttribute("href", `${use.getAttribute("href").split("#")[0]}#${ICONS[state]}`);
  }
  // The first saving is said, then only a change between safe and waiting.
  if (state !== "saving" && state !== spoken) {
    spoken = state;
    say(text);
  }
}

function refuse(form, message) {
  const place = document.querySelector("[data-refused]");
  if (!place) return;
  if (message) place.querySelector("[data-refused-words]").textContent = message;
  place.hidden = false;
}
