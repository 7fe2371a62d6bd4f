// The editor while one types: it saves, tells what is wrong by line, and shows the lesson beside. Without this file the same
// form works by its buttons.
import { Keeper } from "./keeper.js";
import { Door } from "./door.js";
import { Gutter, Search, Tools, put } from "./typing.js";
import { Preview } from "./preview.js";
import { Inserting } from "./inserting.js";

const REST = 600;
const ICONS = { saving: "i-ring", saved: "i-ring-check", held: "i-offline", apart: "i-alert" };

const room = document.querySelector("[data-workshop]");
if (room) start(room);

function start(room) {
  const form = room.querySelector("form.editor"), area = form.elements.text, words = room.dataset;
  const told = document.querySelector("[data-told]");
  const csrf = () => form.elements.csrf_token.value;
  const gutter = new Gutter(area, room.querySelector("[data-gutter]"));
  const keeper = new Keeper({
    area, url: form.action, csrf: csrf(), madeOn: Number(form.elements.made_on.value), path: words.path,
    onState: (state, at) => tellState(room, words, state, at),
    onSaved: (body) => { form.elements.made_on.value = body.save_id; setSave(body.save_id); },
    onSafe: () => { words.safe = "1"; },
    onApart: (body) => say("[data-apart]", body.message, body.merge),
    onRefused: (message) => say("[data-refused]", message ?? document.querySelector("[data-refused]").dataset.wordRefused),
    onShut: () => knock(),
  });
  const door = new Door({
    address: location.pathname,
    onKey: (key) => takeKey(key),
    onStranger: () => say("[data-refused]", document.querySelector("[data-refused]").dataset.wordStranger),
    onLater: () => { document.querySelector("[data-shut]").hidden = false; },
  });
  const preview = previewOf(room, words, csrf, area);
  const tools = new Tools(area, room.querySelector("[data-toolbar]"), blocks(words));
  new Search(area, document.querySelector("[data-search]"), words);
  new Inserting({ area, words, csrf, put: (text) => put(area, text), putBlock: (text) => tools.block(text) });

  function takeKey(key) {
    for (const field of document.querySelectorAll("input[name=csrf_token]")) field.value = key;
    keeper.csrf = key;
  }

  async function knock() {
    try {
      if (await door.pass()) {
        document.querySelector("[data-shut]").hidden = true;
        await keeper.reopen(csrf());
      }
    } catch {
      keeper.shut = false;
      keeper.later();
    }
  }

  let looking = 0, resting;
  async function look() {
    const number = ++looking, text = area.value;
    preview?.show(text);
    gutter.draw();
    const body = new FormData();
    body.set("csrf_token", csrf());
    body.set("text", text);
    const answer = await fetch(words.look, { method: "POST", body, credentials: "same-origin", headers: { Accept: "application/json" } }).catch(() => null);
    if (!answer?.ok || number !== looking) return;
    const found = await answer.json();
    list(told, found.told, words);
    gutter.mark(found.told);
    room.querySelector("[data-count]").textContent = words.wordCount.replace("{words}", found.words.toLocaleString(document.documentElement.lang)).replace("{minutes}", found.minutes);
  }

  function changed() {
    words.safe = "0";
    keeper.note();
    clearTimeout(resting);
    resting = setTimeout(look, REST);
  }

  // While a letter is being composed nothing is done; what it becomes is noted when it is there.
  area.addEventListener("input", (event) => { if (!event.isComposing) changed(); });
  area.addEventListener("compositionend", changed);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (event.submitter?.hasAttribute("data-show")) {
      look();
      document.getElementById("preview")?.scrollIntoView({ block: "nearest" });
    } else keeper.save(true);
  });
  addEventListener("keydown", (event) => keys(event, form));
  document.addEventListener("click", (event) => {
    const line = event.target.closest("[data-line]"), open = event.target.closest("[data-open]");
    if (line) { event.preventDefault(); gutter.show(Number(line.dataset.line)); }
    if (open) openPanel(open.dataset.open);
    if (event.target.closest("[data-close]")) { event.target.closest(".panel").hidden = true; area.focus(); }
    if (event.target.closest("[data-door-open]")) knock();
  });
  document.querySelector("[data-remark]").closest("details").addEventListener("toggle", () => { document.getElementById("remark-line").value = gutter.line; });
  // Lists of problems on other pages lead to the line itself.
  const asked = /^#line-(\d+)$/.exec(location.hash);
  if (asked) gutter.show(Number(asked[1]));
  offerLeft(keeper, (text) => { put(area, text, 0, area.value.length); changed(); });
  gutter.mark([...told.querySelectorAll("[data-line]")].map((one) => ({ line: Number(one.dataset.line), must: Boolean(one.closest("li").querySelector(".bad")) })));
  // Lists of problems elsewhere lead to a line of this text.
  const wanted = /^#line-(\d+)$/.exec(location.hash);
  if (wanted) gutter.show(Number(wanted[1]));
}

function previewOf(room, words, csrf, area) {
  const frame = room.querySelector(".preview__frame");
  if (!frame) return null;
  return new Preview({ frame, room: room.querySelector("[data-room]"), sizes: room.querySelector("[data-sizes]"), url: words.preview, csrf, area });
}

// Whoever comments on a line means the text as it was saved last.
function setSave(id) { document.querySelector("[data-remark] [name=save]").value = id; }

function keys(event, form) {
  if (event.isComposing || !(event.ctrlKey || event.metaKey) || event.altKey) return;
  const key = event.key.toLowerCase();
  if (key === "s") {
    event.preventDefault();
    form.requestSubmit(form.querySelector("[data-save]"));
  } else if (key === "f" && form.contains(document.activeElement)) {
    event.preventDefault();
    openPanel("search");
  }
}

function openPanel(name) {
  const panel = document.querySelector(`[data-panel="${name}"]`);
  panel.hidden = false;
  panel.querySelector("input").focus();
  panel.scrollIntoView({ block: "nearest" });
}

function tellState(room, words, state, at) {
  const place = document.querySelector("[data-saved]"), text = { saving: words.wordSaving, saved: words.wordSaved.replace("{at}", at), held: words.wordHeld, apart: words.wordApart }[state];
  place.classList.toggle("saved--wait", state === "saving");
  place.classList.toggle("saved--held", state === "held" || state === "apart");
  place.querySelector("[data-saved-words]").textContent = text;
  const use = place.querySelector("use");
  use.setAttribute("href", `${use.getAttribute("href").split("#")[0]}#${ICONS[state]}`);
  // The first saving is said, then only a change between safe and waiting.
  if (state !== "saving" && state !== room.dataset.spoken) {
    room.dataset.spoken = state;
    document.querySelector("[data-announce]").textContent = text;
  }
}

function say(name, message, link) {
  const place = document.querySelector(name);
  (place.querySelector("[data-words]") ?? place).textContent = message;
  if (link) place.querySelector("[data-merge-link]").href = link;
  place.hidden = false;
}

function list(place, told, words) {
  const row = document.querySelector("template[data-told-row]").content.firstElementChild;
  place.replaceChildren(...told.map((one) => {
    const item = row.cloneNode(true), link = item.querySelector("a"), use = item.querySelector("use");
    link.dataset.line = one.line;
    link.textContent = words.wordLine.replace("{line}", one.line);
    item.querySelector("p span").textContent = one.words;
    item.querySelector(".row__when").classList.add(one.must ? "bad" : "warn");
    item.querySelector("b").textContent = one.must ? words.wordMust : words.wordAdvice;
    if (!one.must) use.setAttribute("href", use.getAttribute("href").replace("#i-alert", "#i-info"));
    return item;
  }));
  if (!told.length) {
    const item = row.cloneNode(true), use = item.querySelector("use");
    use.setAttribute("href", use.getAttribute("href").replace("#i-alert", "#i-ring-check"));
    item.querySelector("p").textContent = words.wordNone;
    item.querySelector(".row__when").remove();
    place.append(item);
  }
  const musts = told.filter((one) => one.must).length, sum = document.querySelector("[data-sum]");
  sum.textContent = musts ? words.wordSum.replace("{n}", musts) : words.wordClear;
}

function offerLeft(keeper, take) {
  const found = keeper.left(), place = document.querySelector("[data-held]");
  if (!found) return;
  place.hidden = false;
  place.querySelector("[data-held-at]").textContent = new Date(found.at).toLocaleString(document.documentElement.lang);
  place.querySelector("[data-held-take]").addEventListener("click", () => { take(keeper.take(found)); place.hidden = true; });
  place.querySelector("[data-held-drop]").addEventListener("click", () => { keeper.drop(); place.hidden = true; });
}

// What the buttons for whole blocks put into the text; the words in them are those of the page.
function blocks(words) {
  return {
    table: `| ${words.wordColumn} 1 | ${words.wordColumn} 2 |\n| --- | --- |\n| … | … |`,
    callout: "!!! note\n    …",
    question: `### ${words.wordQuestion} {#cau-hoi-moi .question}\n\n- [x] …\n- [ ] …\n\n{: points=1 }`,
  };
}
