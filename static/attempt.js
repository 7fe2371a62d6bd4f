// Saves an attempt while it is being written, shows its pages in place, and counts the time that is left.
// Without this file the same form works by its buttons; nothing here decides anything, the server does.
import { Queue } from "./queue.js";
import { Countdown } from "./countdown.js";
import { Answers } from "./answers.js";
import { Strip } from "./strip.js";
import { Pages } from "./pages.js";
import { Line } from "./line.js";
import { Door } from "./door.js";
import { Notices, empty } from "./told.js";
import { lookOver } from "./lookover.js";
import { Sealing } from "./sealing.js";

// Somebody who types without a pause is saved at least this often.
const LONGEST = 14000;
const PAUSE = 800;
// Longer than this nobody waits for a save before going on.
const PATIENCE = 6000;

const form = document.querySelector("form[data-save-url]");
if (form) start(form);

const last = document.querySelector("form[data-hand-in]");
if (last) beforeHandingIn(last);

function start(form) {
  const told = new Notices(form);
  const strip = new Strip(form);
  const pages = new Pages(form);
  const answers = new Answers(form, strip, {
    keep: (slot) => { queue.saw(slot); queue.put(slot, answers.value(slot), answers.sure(slot)); },
    take: (slot) => queue.saw(slot),
  });
  const door = new Door({
    attempt: form.dataset.attempt,
    onKey: (csrf) => takeKey(csrf),
    onStranger: () => leaveToStranger(),
    onLater: () => told.show("shut"),
  });
  const line = new Line((down) => {
    told.line(down);
    pages.doubt();
    if (!down) queue.flush().then(() => takeUp());
  });
  const queue = new Queue({
    url: form.dataset.saveUrl,
    csrf: form.dataset.csrf,
    attempt: form.dataset.attempt,
    tab: form.dataset.tab,
    seq: Number(form.dataset.seq),
    base: Number(form.dataset.base),
    baseOf: () => pages.base(),
    onState: (state, detail) => {
      told.state(state, detail);
      if (state === "held") line.lost();
      if (state === "saved") line.found();
    },
    onSaved: (reply, asked, others) => {
      if (typeof reply.remaining === "number") countdown.set(reply.remaining, asked);
      if (others) pages.doubt();
      answers.offer(reply.newer ?? {});
      sayApart();
    },
    onRestored: () => restore(),
    onRefused: (message) => told.refuse(message),
    onLate: (message) => {
      told.late(message);
      sessionStorage.setItem("phatngon.late", message);
    },
    onShut: () => knock().catch(() => { queue.shut = false; queue.tryLater(); }),
  });
  const countdown = new Countdown(form, told.say, {
    onEnd: () => timeUp(),
    onMore: () => { form.inert = false; },
    onSleep: () => catchUp(),
  });
  const sealing = new Sealing(form, queue);
  setInterval(() => sealing.offer(line.down, countdown.ended), 1000);
  let going = false, leaving = false, asking = false, wanted = null, knocking = null, ending = null;

  restore();
  told.line(line.down);
  history.replaceState({ page: pages.number }, "");

  let resting = 0, longest = 0;
  function send() {
    clearTimeout(resting);
    clearTimeout(longest);
    resting = longest = 0;
    return queue.flush();
  }

  form.addEventListener("input", (event) => {
    const flag = answers.flagOf(event.target);
    if (flag !== null) {
      answers.restoreFlag(flag, event.target.checked);
      queue.flag(flag, event.target.checked);
      send();
      return;
    }
    const slot = answers.slotOf(event.target) ?? answers.surenessOf(event.target);
    if (slot === null) return;
    if (answers.touched(slot)) queue.saw(slot);
    if (answers.isTyped(event.target)) pages.doubt(pages.number);
    answers.remember(slot);
    queue.note(slot, ...answers.given.get(slot));
    clearTimeout(resting);
    resting = setTimeout(send, answers.isTyped(event.target) ? PAUSE : 0);
    longest ||= setTimeout(send, LONGEST);
  });
  form.addEventListener("focusout", () => send());
  // A recording may arrive while another page is shown.
  form.addEventListener("phatngon:recorded", (event) => {
    answers.restore(event.detail.slot, event.detail.value);
    queue.put(event.detail.slot, event.detail.value);
  });

  form.addEventListener("submit", (event) => {
    if (leaving || going) return going ? event.preventDefault() : undefined;
    if (queue.refused || carriesFile()) return leave();
    event.preventDefault();
    travel(event.submitter?.value ?? pages.shown.first);
  });
  addEventListener("popstate", (event) => {
    const number = event.state?.page ?? pages.number;
    if (pages.has(number)) show(pages.kept.get(number), { push: false });
    else if (!line.down) location.reload();
    else if (number === 0) show(looked(), { push: false });
  });
  addEventListener("pageshow", (event) => { if (event.persisted && navigator.onLine) location.reload(); });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") send();
    else pages.doubt(); // something may have been answered in another tab, or on another device
  });
  addEventListener("beforeunload", (event) => {
    if (!leaving && queue.size > 0) event.preventDefault();
  });

  // Where a button leads. What is on the page is saved first; then the next page is shown from the memory of this tab where that
  // is sure of it, and else, unless the line is gone, as the server has it.
  async function travel(go) {
    going = true;
    wanted = null;
    form.setAttribute("aria-busy", "true");
    try {
      if (line.down) return withoutLine(go);
      const saved = await Promise.race([send(), pause(PATIENCE)]);
      if (queue.refused) return submit(go);
      if (queue.shut && !(await knock())) return;
      if (!saved && queue.size > 0) throw new Error("the line is gone");
      await follow(go);
    } catch {
      line.lost();
      withoutLine(go);
    } finally {
      going = false;
      form.removeAttribute("aria-busy");
    }
  }

  async function follow(go, again = false) {
    if (go === "review" && answers.apart.size) return follow(`page-${strip.pageOf(strip.item([...answers.apart.keys()][0]))}`);
    if (go === "review") return await door.pass() ? submit(go) : undefined;
    if (isPlain(go) && pages.isSure(target(go))) return show(pages.kept.get(target(go)));
    const asked = performance.now();
    const view = await (isPlain(go) ? pages.ask(target(go)) : post(go));
    line.found();
    if (view === "stranger") return leaveToStranger();
    if (view === "elsewhere") return pages.elsewhere ? leaveFor(pages.elsewhere) : submit(go);
    if (view === "door") return again ? submit(go) : await door.pass() ? follow(go, true) : undefined;
    show(view, { fresh: true });
    if (form.dataset.remaining) countdown.set(Number(form.dataset.remaining), asked);
  }

  // A check is judged by the server, and a choice between two answers that stands in the form goes with the form.
  function isPlain(go) { return !go.startsWith("check-") && !form.querySelector("[name^=keep]"); }

  function post(go) {
    form.elements.seq.value = queue.spend();
    return pages.post(go);
  }

  function target(go) {
    const steps = { previous: pages.number - 1, next: pages.number + 1 };
    return steps[go] ?? Number(go.replace("page-", ""));
  }

  function withoutLine(go) {
    const number = target(go);
    if (pages.free && pages.has(number)) return show(pages.kept.get(number));
    if (go !== "review" || !pages.free) return told.line(true, "again");
    wanted = go;
    show(looked());
    told.line(true, "here");
  }

  function looked() {
    return { ...lookOver(document.querySelector("template[data-lookover]"), strip), address: `/attempts/${form.dataset.attempt}/submit` };
  }

  // The line is there again, and all is saved: what had to wait for it.
  function takeUp() {
    if (countdown.ended) return timeUp();
    if (wanted && queue.size === 0 && !going) travel(wanted);
    else if (!line.down) pages.fetchOthers();
  }

  function show(view, { fresh = false, push = true } = {}) {
    if (wanted === "review" && view.number) {
      wanted = null;
      told.line(line.down);
    }
    const anchor = fresh && view.address?.split("#")[1];
    pages.show(view, { fresh, push });
    if (!fresh) strip.show(view.number);
    answers.settle(!fresh);
    sayApart();
    told.state();
    const place = (anchor && document.getElementById(anchor)) || form.querySelector("h1");
    place.tabIndex = -1;
    if (anchor) place.scrollIntoView();
    else scrollTo(0, 0);
    place.focus({ preventScroll: true });
  }

  function restore() {
    for (const [slot, value, sure] of queue.restored()) answers.restore(slot, value, sure);
    for (const [slot, on] of queue.flagged()) answers.restoreFlag(slot, on);
  }

  function sayApart() {
    told.apart([...answers.apart.keys()].map((slot) => strip.label(strip.item(slot))));
  }

  // Somebody has to sign in again, or a fresh key has to be fetched: then everything goes on by itself.
  function knock() {
    knocking ??= pass().finally(() => { knocking = null; });
    return knocking;
  }

  async function pass() {
    if (!(await door.pass())) return false;
    told.hide("shut");
    pages.doubt();
    if (await queue.reopen(form.dataset.csrf)) takeUp();
    return true;
  }
  document.querySelector("[data-door-open]").addEventListener("click", () => knock().catch(() => line.lost()));

  function takeKey(csrf) {
    queue.csrf = form.dataset.csrf = csrf;
    for (const field of document.querySelectorAll('input[name="csrf_token"]')) field.value = csrf;
  }

  // What the first person answered and was shown goes from the screen; what waits stays with the attempt it belongs to.
  function leaveToStranger() {
    leaving = queue.refused = true;
    line.rest();
    pages.forget();
    clearInterval(countdown.ticking);
    empty(document.querySelector("template[data-stranger]"));
  }

  // What was typed until now is sent, and the attempt handed in. Without the line both wait for it.
  function timeUp() {
    ending ??= end().finally(() => { ending = null; });
    return ending;
  }

  async function end() {
    if (leaving) return;
    wanted = null;
    form.inert = true;
    try {
      const saved = !line.down && await Promise.race([send(), pause(5000)]);
      if (queue.shut) return;
      if (!saved && !queue.refused) throw new Error("the line is gone");
      if (await door.pass()) handIn();
    } catch {
      line.lost();
      told.line(true, "over");
    }
  }

  // All that was typed has been sent, so that nothing goes along: it would come too late.
  function handIn() {
    leave();
    const action = form.action;
    form.action = `/attempts/${form.dataset.attempt}/submit`;
    form.submit();
    form.action = action;
  }

  // The machine slept, or its date was set: the server says what is left.
  async function catchUp() {
    if (asking || line.down || leaving) return;
    asking = true;
    try {
      const asked = performance.now(), view = await pages.ask(pages.number || 1);
      if (view === "elsewhere" && pages.elsewhere) leaveFor(pages.elsewhere);
      else if (view.remaining) countdown.set(Number(view.remaining), asked);
    } catch {
      line.lost();
    } finally {
      asking = false;
    }
  }

  function leaveFor(address) {
    leaving = true;
    location.assign(address);
  }

  function carriesFile() {
    return [...form.querySelectorAll("input[type=file][name]")].some((file) => file.files.length);
  }

  // The form goes the ordinary way, with a number of its own. Still here after a while: the page did not change.
  function leave() {
    leaving = true;
    form.elements.seq.value = queue.spend();
    setTimeout(() => { leaving = false; }, 15000);
  }

  // The server shows the page: the last one, or what it has to say.
  function submit(go) {
    leave();
    for (const before of form.querySelectorAll("input[name=go]")) before.remove();
    form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "go", value: go }));
    form.submit();
  }

  queue.flush();
  pages.fetchOthers();
}

// The page before handing in has nothing to save: it counts, sees that the server can be reached, and that it still knows us.
function beforeHandingIn(last) {
  const told = new Notices(last);
  const door = new Door({
    attempt: last.dataset.attempt,
    onKey: (csrf) => { for (const field of document.querySelectorAll('input[name="csrf_token"]')) field.value = csrf; },
    onStranger: () => empty(document.querySelector("template[data-stranger]")),
    onLater: () => told.show("shut"),
  });
  let wanted = false, going = false;
  const line = new Line((down) => {
    told.line(down, wanted ? "waits" : "here");
    if (!down && wanted) handIn();
  });
  told.line(line.down, "here");
  const countdown = new Countdown(last, told.say, {
    onEnd: () => handIn(),
    onMore: () => {},
    onSleep: () => { if (!line.down) location.reload(); },
  });
  last.addEventListener("submit", (event) => { event.preventDefault(); handIn(); });
  document.querySelector("[data-door-open]").addEventListener("click", () => handIn());

  async function handIn() {
    if (going) return;
    going = wanted = true;
    told.hide("shut");
    try {
      if (await door.pass()) last.submit();
      else wanted = false;
    } catch {
      line.lost();
      told.line(true, countdown.ended ? "over" : "waits");
    } finally {
      going = false;
    }
  }
}

function pause(time) { return new Promise((done) => { setTimeout(() => done(false), time); }); }
