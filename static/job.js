// Follows long work: fetches its page every two seconds and puts the new state in place of the old one.
// Without this file the link on the page does the same.

const PAUSE = 2000;
const RUNNING = new Set(["waiting", "running"]);
if (isRunning(document)) setTimeout(look, PAUSE);

function isRunning(page) {
  return RUNNING.has(page.querySelector("[data-job]")?.dataset.job);
}

async function look() {
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    if (!answer.ok || answer.redirected) return location.reload();
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    // What came of it may be quite another page: it is loaded as a whole, so that it is read out from its top.
    if (!isRunning(fresh)) return location.reload();
    replace(fresh);
  } catch {
    // The connection is gone for now; the next look may find it again.
  }
  return setTimeout(look, PAUSE);
}

// Only what has changed is touched, so that a focused link stays focused.
function replace(fresh) {
  const old = document.querySelector("[data-job] [role=status]");
  const now = fresh.querySelector("[data-job] [role=status]");
  if (old && now && old.innerHTML !== now.innerHTML) old.replaceChildren(...document.importNode(now, true).childNodes);
}
