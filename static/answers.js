// Reads the answers of the form as values, writes values back, and offers the choice between two devices.
// The form shows one page of the paper; what was given on this device on other pages is remembered beside it.

const NAME = /^a(\d+)(?:\.(\w+))?$/;
const SURE = /^c(\d+)$/;
const FLAG = /^f(\d+)$/;

export class Answers {
  constructor(form, strip, { keep, take }) {
    Object.assign(this, { form, strip, keep, take });
    this.template = document.querySelector("template[data-newer]");
    this.given = new Map();
    this.flags = new Map();
    // Answers of another page or device to questions that are not shown now.
    this.apart = new Map();
  }

  slotOf(input) {
    const found = NAME.exec(input.name || "");
    return found && found[2] !== "shown" ? found[1] : null;
  }

  // The slot to which a choice of certainty belongs.
  surenessOf(input) {
    return SURE.exec(input.name || "")?.[1] ?? null;
  }

  flagOf(input) {
    return FLAG.exec(input.name || "")?.[1] ?? null;
  }

  sure(slot) {
    const chosen = this.form.querySelector(`input[name="c${slot}"]:checked`);
    return chosen ? Number(chosen.value) : null;
  }

  isTyped(input) {
    return input.type === "text" || input.type === "number" || input.tagName === "TEXTAREA";
  }

  place(slot) {
    return this.form.querySelector(`[data-slot="${slot}"]`);
  }

  inputs(slot) {
    return [...this.form.elements].filter((input) => this.slotOf(input) === slot);
  }

  value(slot) {
    const inputs = this.inputs(slot);
    const ticked = () => inputs.filter((input) => input.checked).map((input) => input.value);
    switch (this.place(slot).dataset.held) {
      case "letter": return ticked()[0] ?? "";
      case "letters": return ticked();
      case "numbers": return ticked().map(Number);
      case "places": return order(inputs);
      case "parts": return parts(inputs);
      case "list": return inputs.map((input) => input.value);
      default: return inputs[0].value;
    }
  }

  // What was just done to a question of the page.
  remember(slot) {
    this.given.set(slot, [this.value(slot), this.sure(slot)]);
    this.mark(slot, this.value(slot));
  }

  // What was given on this device earlier; a page that shows the question later is filled in with it.
  restore(slot, value, sure = null) {
    this.given.set(slot, [value, sure]);
    this.mark(slot, value);
    if (this.place(slot)) this.fill(slot, value, sure);
  }

  restoreFlag(slot, on) {
    this.flags.set(slot, on);
    this.strip.flag(slot, on);
    const box = this.form.elements[`f${slot}`];
    if (box) box.checked = on;
  }

  // A page of the paper has come into the form: `all` says whether this device knows better than the page.
  settle(all) {
    for (const [slot, [value, sure]] of this.given) {
      if (this.place(slot) && (all || this.apart.has(slot))) this.fill(slot, value, sure);
    }
    for (const [slot, on] of this.flags) if (all) this.restoreFlag(slot, on);
    const newer = Object.fromEntries([...this.apart].filter(([slot]) => this.place(slot)));
    for (const slot of Object.keys(newer)) this.apart.delete(slot);
    this.offer(newer);
  }

  fill(slot, value, sure = null) {
    for (const input of this.inputs(slot)) {
      if (input.type === "radio") input.checked = input.value === value;
      else if (input.type === "checkbox") input.checked = value.map(String).includes(input.value);
      else if (typeof value === "object") input.value = this.partOf(slot, input, value);
      else input.value = value;
    }
    const certain = this.form.querySelector(`input[name="c${slot}"][value="${sure}"]`);
    if (certain) certain.checked = true;
    this.mark(slot, value);
  }

  partOf(slot, input, value) {
    const part = NAME.exec(input.name)[2];
    switch (this.place(slot).dataset.held) {
      case "list": return value[Number(part) - 1] ?? "";
      case "places": return placeOf(part, value);
      default: return value[part] ?? "";
    }
  }

  // An answer given again after the note was shown is a choice: the note has done its work.
  touched(slot) {
    const note = this.place(slot).querySelector(".newer");
    note?.remove();
    return note !== null;
  }

  mark(slot, value) {
    const parts = typeof value === "object" ? Object.values(value) : [value];
    this.strip.answer(slot, parts.some((part) => String(part).trim() !== ""));
  }

  offer(newer) {
    for (const [slot, theirs] of Object.entries(newer)) {
      const place = this.place(slot);
      if (!place) this.apart.set(slot, theirs);
      if (!place || !this.template || JSON.stringify(theirs.value) === JSON.stringify(this.value(slot))) continue;
      place.querySelector(".newer")?.remove();
      const note = this.template.content.firstElementChild.cloneNode(true);
      note.querySelector("[data-theirs]").textContent = this.inWords(slot, theirs.value);
      note.querySelector("[data-keep]").addEventListener("click", () => { note.remove(); this.keep(slot); });
      note.querySelector("[data-take]").addEventListener("click", () => {
        note.remove();
        this.fill(slot, theirs.value);
        this.given.set(slot, [theirs.value, null]);
        this.take(slot);
      });
      place.querySelector("fieldset").after(note);
    }
  }

  inWords(slot, value) {
    const label = (letter) => {
      const found = this.place(slot).querySelector(`[data-option="${CSS.escape(letter)}"]`);
      return found ? found.textContent.trim().replace(/\s+/g, " ") : letter;
    };
    const held = this.place(slot).dataset.held;
    if (held === "letter") return value ? label(value) : "–";
    if (held === "list") return this.inputs(slot).map((input, at) => wordsIn(input, value[at]) || "–").join("; ");
    if (Array.isArray(value)) return value.map(label).join(held === "places" ? " → " : "; ") || "–";
    if (typeof value === "object") return Object.entries(value).map(([k, v]) => `${label(k)}: ${label(v)}`).join("; ") || "–";
    return value || "–";
  }
}

// A full order is the list of letters by place; a half-made one says the place of each letter.
function order(inputs) {
  const places = {};
  for (const input of inputs) if (input.value) places[NAME.exec(input.name)[2]] = Number(input.value);
  const list = Object.entries(places).sort((a, b) => a[1] - b[1]);
  const full = list.length === inputs.length && list.every(([, place], index) => place === index + 1);
  return full ? list.map(([letter]) => letter) : places;
}

// What stands in each part that was filled in, by the name of the part.
function parts(inputs) {
  const found = {};
  for (const input of inputs) if (input.value) found[NAME.exec(input.name)[2]] = input.value;
  return found;
}

// What a field would show for a value: the words of that option, or the text itself.
function wordsIn(input, value) {
  if (!input.options) return value;
  return [...input.options].find((option) => value && option.value === value)?.textContent.trim();
}

function placeOf(letter, value) {
  if (!Array.isArray(value)) return value[letter] ?? "";
  return value.includes(letter) ? String(value.indexOf(letter) + 1) : "";
}
