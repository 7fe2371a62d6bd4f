// Records sound or video in the browser and sends it part by part, going on where a lost line broke it off.
// Without this file a recording made elsewhere is chosen as a file and goes with the form.

const STORE = "phatngon.recordings";
// The questions whose recording is not safe yet: being made, or on its way.
const underWay = new Set();
// Whoever leaves is asked first; not where the time is up and the page hands itself in.
addEventListener("beforeunload", (event) => {
  if (underWay.size && !document.querySelector('input[name="go"][value="finish"]')) event.preventDefault();
});

// A page of an attempt may come into the form later.
function prepareAll() {
  for (const place of document.querySelectorAll("[data-recorder]:not([data-ready])")) prepare(place);
}
document.addEventListener("phatngon:shown", prepareAll);
prepareAll();

function prepare(place) {
  place.dataset.ready = "1";
  const form = place.closest("form");
  const slot = place.closest("[data-slot]").dataset.slot;
  const part = (name) => place.querySelector(`[data-${name}]`);
  const said = part("recorder-said");
  const field = form.elements[`a${slot}`];
  const key = `${form.dataset.attempt}.${slot}`;
  const state = { recorder: null, stream: null, began: 0, ticking: 0, sending: 0 };
  const say = (word, n = "") => { said.textContent = word ? said.dataset[word].replace("{n}", n) : ""; };

  if (navigator.mediaDevices?.getUserMedia && "MediaRecorder" in window) part("recorder-live").hidden = false;
  part("record").addEventListener("click", () => start(false));
  part("film").addEventListener("click", () => start(true));
  part("stop").addEventListener("click", () => state.recorder?.stop());

  const file = place.querySelector("input[type=file]");
  file.addEventListener("change", () => {
    if (!file.files.length) return;
    const chosen = file.files[0];
    // From here on it travels by itself and must not go with the form a second time.
    file.removeAttribute("name");
    keep({ blob: chosen, name: chosen.name, upload: null });
  });
  // A recording that the line broke off, or a page that was closed too early.
  box("get", key).then((left) => { if (left) send(left); }).catch(() => {});

  async function start(video) {
    try {
      state.stream = await navigator.mediaDevices.getUserMedia({ audio: true, video });
    } catch {
      say("wordDenied");
      return;
    }
    const pieces = [];
    state.recorder = new MediaRecorder(state.stream);
    state.recorder.addEventListener("dataavailable", (event) => { if (event.data.size) pieces.push(event.data); });
    state.recorder.addEventListener("stop", () => finish(new Blob(pieces, { type: state.recorder.mimeType })));
    state.recorder.start(1000);
    underWay.add(slot);
    state.began = Date.now();
    state.ticking = setInterval(tick, 250);
    running(true);
    if (video) show(state.stream);
    tick();
  }

  function tick() {
    const left = Number(place.dataset.seconds) - Math.floor((Date.now() - state.began) / 1000);
    part("clock").textContent = `${Math.floor(Math.max(left, 0) / 60)}:${String(Math.max(left, 0) % 60).padStart(2, "0")}`;
    if (left <= 0 && state.recorder.state === "recording") state.recorder.stop();
  }

  function finish(blob) {
    clearInterval(state.ticking);
    for (const track of state.stream.getTracks()) track.stop();
    running(false);
    keep({ blob, name: blob.type.startsWith("video") ? "ghi-hinh" : "ghi-am", upload: null });
  }

  function running(on) {
    part("record").hidden = on;
    part("film").hidden = on;
    part("stop").hidden = !on;
    (on ? part("stop") : part("record")).focus();
  }

  function show(source) {
    const view = part("view");
    view.hidden = false;
    view.controls = !(source instanceof MediaStream);
    view.muted = source instanceof MediaStream;
    if (source instanceof MediaStream) {
      view.srcObject = source;
      view.play().catch(() => {});
    } else {
      view.srcObject = null;
      view.src = URL.createObjectURL(source);
    }
  }

  async function keep(recording) {
    await box("put", key, recording).catch(() => {});
    send(recording);
  }

  async function send(recording) {
    const mine = ++state.sending;
    underWay.add(slot);
    show(recording.blob);
    for (let tries = 0; mine === state.sending; tries += 1) {
      try {
        await deliver(recording, mine);
        return;
      } catch (error) {
        if (error instanceof Refused) {
          say("wordRefused");
          if (error.message) said.textContent = error.message;
          await box("delete", key).catch(() => {});
          if (mine === state.sending) underWay.delete(slot);
          return;
        }
        say("wordHeld");
        await new Promise((done) => { setTimeout(done, Math.min(30000, 1000 * 2 ** tries)); });
      }
    }
  }

  async function deliver(recording, mine) {
    if (!recording.upload) {
      const body = JSON.stringify({ slot: Number(slot), name: recording.name, size: recording.blob.size });
      const begun = await ask(`/attempts/${form.dataset.attempt}/uploads`, body, "application/json");
      recording.upload = begun.id;
      await box("put", key, recording).catch(() => {});
    }
    let now = await ask(`/uploads/${recording.upload}/received`);
    while (!now.done && mine === state.sending) {
      say("wordSending", Math.floor((100 * now.received) / now.size));
      const piece = recording.blob.slice(now.received, now.received + now.part);
      now = await ask(`/uploads/${recording.upload}?from=${now.received}`, piece, "application/octet-stream");
    }
    if (mine !== state.sending) return;
    await box("delete", key).catch(() => {});
    underWay.delete(slot);
    say("wordKept");
    part("recorder-kept").hidden = false;
    field.value = recording.upload;
    form.dispatchEvent(new CustomEvent("phatngon:recorded", { detail: { slot, value: recording.upload } }));
  }

  async function ask(address, body, type) {
    const options = { credentials: "same-origin", headers: { Accept: "application/json" }, signal: AbortSignal.timeout(60000) };
    if (body !== undefined) {
      options.method = "POST";
      options.body = body;
      options.headers["Content-Type"] = type;
      options.headers["X-CSRFToken"] = form.dataset.csrf;
    }
    const answer = await fetch(address, options);
    const reply = await answer.json().catch(() => ({}));
    if ([403, 404, 410, 413, 422].includes(answer.status)) throw new Refused(reply.message ?? "");
    if (!answer.ok) throw new Error(String(answer.status));
    return reply;
  }
}

class Refused extends Error {}

// The browser's own store, for one recording at a time by question.
function box(deed, key, value) {
  return new Promise((done, failed) => {
    const opening = indexedDB.open(STORE, 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore("kept");
    opening.onerror = () => failed(opening.error);
    opening.onsuccess = () => {
      const store = opening.result.transaction("kept", deed === "get" ? "readonly" : "readwrite").objectStore("kept");
      const asked = deed === "put" ? store.put(value, key) : store[deed](key);
      asked.onsuccess = () => { done(asked.result); opening.result.close(); };
      asked.onerror = () => failed(asked.error);
    };
  });
}
