// The little that a form cannot do: what goes on is shown while it goes on; boxes tick each other; keys lead where they say.

/** What tells a stop of the keyboard from the others of its page, and finds it in what comes in its place. */
const nameOf = (stop) =>
  [stop.tagName, stop.id, stop.name, stop.getAttribute("href"), stop.getAttribute("value"), stop.textContent].join("\n");
const stopNamed = (name, inside) =>
  [...inside.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]")].find((stop) => nameOf(stop) === name);

/** Whoever is at a stop of the part stays there, or where it was; what they ticked stays as it is. */
function renew(part, fresh) {
  const at = part.contains(document.activeElement) ? nameOf(document.activeElement) : null;
  for (const box of part.querySelectorAll("input[type=checkbox]")) {
    const same = stopNamed(nameOf(box), fresh);
    if (same) same.checked = box.checked;
  }
  part.replaceChildren(...fresh.childNodes);
  if (at !== null) (stopNamed(at, part) ?? document.getElementById("contenu")).focus({ preventScroll: true });
}

/** The page again, begun where one was. */
function reload() {
  if (document.activeElement !== document.body) history.replaceState({ at: nameOf(document.activeElement) }, "");
  location.reload();
}
if (history.state?.at) {
  (stopNamed(history.state.at, document) ?? document.getElementById("contenu")).focus({ preventScroll: true });
  history.replaceState(null, "");
}

/** Parts of the page marked `data-live` are fetched again, until the page that comes has none. */
async function live() {
  if (document.hidden) return setTimeout(live, 2000);
  try {
    const answer = await fetch(location.href, { headers: { "x-live": "1" } });
    if (!answer.ok) throw new Error(String(answer.status));
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const part of document.querySelectorAll("[data-live]")) {
      const fresh = page.getElementById(part.id);
      if (fresh && fresh.innerHTML !== part.innerHTML) renew(part, fresh);
      part.dataset.liveIs = "now";
    }
    if (page.querySelector("[data-live]")) setTimeout(live, 2000);
    else reload();
  } catch {
    for (const part of document.querySelectorAll("[data-live]")) part.dataset.liveIs = "late";
    setTimeout(live, 5000);
  }
}
if (document.querySelector("[data-live]")) setTimeout(live, 2000);

// A box that ticks all boxes of a name.
document.addEventListener("change", (event) => {
  const all = event.target.closest?.("[data-ticks]");
  if (!all) return;
  for (const box of document.querySelectorAll(`input[name="${CSS.escape(all.dataset.ticks)}"]`)) box.checked = all.checked;
});

// Keys that do something are turned off by who dictates, or presses keys unawares.
const keysAreOff = () => localStorage.getItem("keys") === "off";
for (const part of document.querySelectorAll("[data-keys-switch]")) {
  const box = part.querySelector("input");
  box.checked = !keysAreOff();
  box.addEventListener("change", () => localStorage.setItem("keys", box.checked ? "on" : "off"));
  part.hidden = false;
}

// A key that does what a link or button says (`data-key`), where nobody is writing.
document.addEventListener("keydown", (event) => {
  // A key that is held acts once, and not on what the next page shows too.
  if (event.repeat || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.target.closest?.("input, textarea, select, [contenteditable]")) return;
  if (document.querySelector("dialog[open]")) return;
  const wanted = [...document.querySelectorAll("[data-key]")].find((part) => part.dataset.key === event.key);
  if (!wanted || keysAreOff()) return;
  event.preventDefault();
  if (wanted.matches("input, textarea, select")) wanted.focus();
  else wanted.click();
});

// What is always in sight at the foot of the window does not lie over what has the focus.
document.addEventListener("focusin", ({ target }) => {
  const foot = document.querySelector(".moisson-bar, .moisson-at-hand");
  if (!foot || foot.contains(target)) return;
  const { bottom, height } = target.getBoundingClientRect();
  const { top } = foot.getBoundingClientRect();
  if (bottom > top && height < top) scrollBy(0, bottom - top + 16);
});

// What is asked for before something that cannot be taken back.
document.addEventListener("submit", (event) => {
  const question = event.submitter?.dataset.asks ?? event.target.dataset?.asks;
  if (question && !confirm(question)) event.preventDefault();
});

// A form that takes a while says so once it is sent, and is not sent twice meanwhile.
document.addEventListener("submit", (event) => {
  const part = event.target.querySelector?.("[data-works]");
  if (!part || event.defaultPrevented) return;
  if (part.textContent !== "") return event.preventDefault();
  part.textContent = part.dataset.works;
});
addEventListener("pageshow", () => {
  for (const part of document.querySelectorAll("[data-works]")) part.textContent = "";
});

// A text to be taken elsewhere.
document.addEventListener("click", async (event) => {
  const button = event.target.closest?.("[data-copies]");
  if (!button) return;
  const text = document.getElementById(button.dataset.copies);
  if (!text) return;
  await navigator.clipboard.writeText(text.value ?? text.textContent);
  button.textContent = "Copié";
});

// Says that a page is still open, also behind others for a while, and shows who else has the same before them.
for (const part of document.querySelectorAll("[data-beat]")) {
  let seen = Date.now();
  setInterval(async () => {
    if (!document.hidden) seen = Date.now();
    if (Date.now() - seen > 600_000) return;
    const body = new FormData();
    body.append("jeton", part.dataset.beatToken);
    const answer = await fetch(part.dataset.beat, { method: "POST", body, headers: { "x-live": "1" } }).catch(() => null);
    const said = answer?.ok ? await answer.text() : part.textContent;
    if (said !== part.textContent) part.textContent = said;
  }, 20_000);
}

// How many characters a field holds, while it is written in.
for (const part of document.querySelectorAll("[data-counts]")) {
  const field = document.getElementById(part.dataset.counts);
  field?.addEventListener("input", () => {
    const count = [...field.value.trim()].length;
    part.textContent = `${count} ${count > 1 ? "caractères" : "caractère"} sur ${part.dataset.countsMost}`;
  });
}

// Keys that do something (`data-key`) are for who is writing nowhere: Escape leaves the field.
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && event.target.closest?.("input, textarea, select") && document.querySelector("[data-key]"))
    event.target.blur();
});

// What was written in a form marked `data-unsaved` is not left behind without a word.
for (const form of document.querySelectorAll("form[data-unsaved]")) {
  let isChanged = false;
  form.addEventListener("input", () => {
    isChanged = true;
  });
  document.addEventListener("submit", () => {
    isChanged = false;
  });
  addEventListener("beforeunload", (event) => {
    if (isChanged) event.preventDefault();
  });
}
