// Check questions in lessons: the judgement is put in place of the question without leaving the page.
// Without this file the form is sent as it is, and the lesson comes back with the judgement in it.

document.addEventListener("submit", async (event) => {
  const form = event.target.closest("form[data-check]");
  if (!form) return;
  event.preventDefault();
  const section = form.closest(".check");
  const button = form.querySelector("button[value^=check-]");
  button?.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form), credentials: "same-origin" });
    if (!answer.ok) throw new Error(String(answer.status));
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(section.id);
    if (!fresh) throw new Error("the page has no such question");
    section.replaceChildren(...document.importNode(fresh, true).childNodes);
    const said = section.querySelector(".judged") ?? section.querySelector(".field__wrong");
    said?.setAttribute("tabindex", "-1");
    said?.focus();
  } catch {
    // Signed out, or the line is gone: the ordinary way says what to do.
    form.removeAttribute("data-check");
    form.submit();
  }
});
