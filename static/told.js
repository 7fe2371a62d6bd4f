// What the page says about saving: the line that is always in sight, the notices above the questions, and the voice for
// screen readers.

const ICONS = { saving: "i-ring", saved: "i-ring-check", held: "i-offline", shut: "i-lock", refused: "i-alert" };

// What answers something that was pressed, or that nobody may miss, is brought into sight.
const LOUD = new Set(["again", "waits", "over"]);

export class Notices {
  constructor(form) {
    this.words = form.dataset;
    this.voice = document.querySelector("[data-announce]");
    this.spoken = "";
    this.say = (words) => { if (this.voice && words) this.voice.textContent = words; };
  }

  // Without a state: the one from before, on places that have just come into the page.
  state(state = this.last, detail = this.detail) {
    [this.last, this.detail] = [state, detail];
    if (!state || state === "saved" && !detail.at) return;
    const words = this.words;
    const text = {
      saving: words.wordSaving,
      saved: words.wordSaved?.replace("{at}", detail.at),
      held: words.wordWaiting?.replace("{n}", detail.n),
      shut: words.wordRefused?.replace("{n}", detail.n),
      refused: words.wordRefused?.replace("{n}", detail.n),
    }[state];
    for (const place of document.querySelectorAll("[data-saved]")) {
      place.classList.toggle("saved--wait", state === "saving");
      place.classList.toggle("saved--held", ["held", "shut", "refused"].includes(state));
      place.querySelector("[data-saved-words]").textContent = text;
      const use = place.querySelector("use");
      use.setAttribute("href", `${use.getAttribute("href").split("#")[0]}#${ICONS[state]}`);
    }
    // The first saving is said, then only a change between safe and waiting.
    if (state !== "saving" && state !== this.spoken) {
      this.spoken = state;
      this.say(text);
    }
  }

  place(name) { return document.querySelector(`[data-told="${name}"]`); }

  show(name, words) {
    const place = this.place(name);
    if (words) place.querySelector("[data-words]").textContent = words;
    place.hidden = false;
    if (name !== "apart") into(place);
  }

  hide(name) { this.place(name).hidden = true; }

  // The line is gone; `why` is what that means at this moment.
  line(down, why = "on") {
    const place = this.place("line");
    place.hidden = !down;
    if (!down) this.why = "on";
    else if (this.why !== "over") this.why = why;
    for (const words of place.querySelectorAll("[data-why]")) words.hidden = words.dataset.why !== this.why;
    if (down && LOUD.has(this.why)) {
      into(place);
      if (this.why !== this.heard) this.say(place.querySelector(`[data-why="${this.why}"]`).textContent);
    }
    this.heard = down ? this.why : "";
  }

  refuse(message) { this.show("refused", message); }

  late(message) { this.show("late", message); }

  // Questions that were answered on another page too, and are not shown now.
  apart(labels) {
    if (labels.length) this.show("apart", this.place("apart").dataset.words.replace("{n}", labels.join(", ")));
    else this.hide("apart");
  }
}

function into(place) { place.scrollIntoView({ block: "nearest" }); }

// A page has one h1, and so has its source: the heading of a part that comes in its place becomes one only then.
export function headed(part) {
  const words = part.querySelector("[data-heading]"), heading = document.createElement("h1");
  heading.textContent = words.textContent;
  words.replaceWith(heading);
  return heading;
}

// Everything goes from the page but a few words.
export function empty(template) {
  document.querySelector(".exambar")?.remove();
  for (const dialog of document.querySelectorAll("dialog")) dialog.remove();
  document.querySelector("main").replaceChildren(template.content.cloneNode(true));
  const heading = headed(document.querySelector("main"));
  document.title = `${heading.textContent} – Phát Ngôn`;
  heading.tabIndex = -1;
  heading.focus();
}
