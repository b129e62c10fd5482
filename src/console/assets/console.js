// Adds what HTML forms cannot do: live parts of a page, boxes that tick others, keyboard shortcuts. Pages also work without this script.

/** Returns a name that identifies a focusable element, also in a newer version of the page. */
const nameOf = (element) =>
  [element.tagName, element.id, element.name, element.getAttribute("href"), element.getAttribute("value"), element.textContent].join("\n");
const elementNamed = (name, inside) =>
  [...inside.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]")].find((element) => nameOf(element) === name);

/** The last content of each part as the server sent it, without what a person has opened or typed since. */
const received = new WeakMap();
const isNew = (part, fresh) => fresh && fresh.innerHTML !== (received.get(part) ?? part.innerHTML);

const topOf = (element) => element.getBoundingClientRect().top;

/** Replaces the content of a part. Ticked boxes, typed texts, opened sections, the focus and the place in the window stay as they are. */
function renew(part, fresh) {
  const covered = messageOfAct()?.offsetHeight ?? 0;
  const seen = [...part.querySelectorAll("[id]")].find((one) => one.checkVisibility() && topOf(one) >= covered);
  const top = seen && topOf(seen);
  const focused = part.contains(document.activeElement) ? nameOf(document.activeElement) : null;
  for (const element of part.querySelectorAll("input, textarea, select, summary")) {
    const same = elementNamed(nameOf(element), fresh);
    if (!same) continue;
    if (element.matches("summary")) same.parentElement.open = element.parentElement.open;
    else if (element.matches("[type=checkbox], [type=radio]")) same.checked = element.checked;
    else if (element.value !== element.defaultValue) same.value = element.value;
  }
  received.set(part, fresh.innerHTML);
  part.replaceChildren(...fresh.childNodes);
  const sameSeen = seen && document.getElementById(seen.id);
  if (sameSeen) scrollBy({ top: topOf(sameSeen) - top, behavior: "instant" });
  if (focused !== null) (elementNamed(focused, part) ?? document.getElementById("contenu")).focus({ preventScroll: true });
}

const main = document.getElementById("contenu");
const messageOfAct = () => main.querySelector(":scope > .moisson-done");

/** Reloads the page. The focused element and the message of the last act, which the server sends only once, are kept. */
function reload() {
  const focused = document.activeElement === document.body ? null : nameOf(document.activeElement);
  history.replaceState({ focused, message: messageOfAct()?.outerHTML }, "");
  location.reload();
}
if (history.state?.message && !messageOfAct()) main.insertAdjacentHTML("afterbegin", history.state.message);
if (history.state?.focused) (elementNamed(history.state.focused, document) ?? main).focus({ preventScroll: true });
if (history.state) history.replaceState(null, "");
// If the address leads to a place of the page, the message stays at the top of the window, and the place is shown below it.
if (location.hash && messageOfAct()) {
  messageOfAct().classList.add("is-at-top");
  document.documentElement.style.scrollPaddingTop = `${messageOfAct().offsetHeight + 16}px`;
}

// `data-hides`: a button that removes the message around it.
document.addEventListener("click", ({ target }) => {
  const closed = target.closest?.("[data-hides]")?.parentElement;
  if (!closed) return;
  closed.remove();
  document.documentElement.style.scrollPaddingTop = "";
  main.focus({ preventScroll: true });
});

/** Number of the last renewal; another number ends the one under way. */
let renewal = 0;
const liveIn = (milliseconds) => {
  const own = ++renewal;
  setTimeout(() => own === renewal && live(own), milliseconds);
};

/**
 * Fetches the page every two seconds and renews its parts with `data-live`, until the new page has no such part. If the parts are then gone,
 * reloads the page once. Waits while a person types.
 */
async function live(own) {
  const isTyping =
    document.activeElement.closest("[data-live]") && document.activeElement.matches("input:not([type=checkbox]), textarea, select");
  if (document.hidden || isTyping) return liveIn(2000);
  try {
    const answer = await fetch(location.href, { headers: { "x-live": "1" } });
    if (!answer.ok) throw new Error(String(answer.status));
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (own !== renewal) return;
    let isGone = false;
    for (const part of document.querySelectorAll("[data-live]")) {
      const fresh = page.getElementById(part.id);
      if (isNew(part, fresh)) renew(part, fresh);
      isGone ||= !fresh;
      part.dataset.liveIs = "now";
    }
    if (page.querySelector("[data-live]")) liveIn(2000);
    else if (isGone) reload();
    else stopButton.remove();
  } catch {
    if (own !== renewal) return;
    for (const part of document.querySelectorAll("[data-live]")) part.dataset.liveIs = "late";
    liveIn(5000);
  }
}

// A button stops the renewal, for people who need more time to read.
const firstLive = document.querySelector("[data-live]");
const stopButton = document.createElement("button");
if (firstLive) {
  const [stop, resume] = ["Arrêter l’actualisation", "Reprendre l’actualisation"];
  stopButton.type = "button";
  stopButton.className = "fr-btn fr-btn--tertiary fr-btn--sm fr-mb-2w moisson-no-print";
  stopButton.textContent = stop;
  stopButton.addEventListener("click", () => {
    const isStopped = stopButton.textContent === resume;
    stopButton.textContent = isStopped ? stop : resume;
    if (isStopped) liveIn(0);
    else renewal++;
  });
  firstLive.after(stopButton);
  liveIn(2000);
}

// `data-session-seconds`: warns ten minutes before a session without requests ends. The button extends the session.
for (const part of document.querySelectorAll("[data-session-seconds]")) {
  const template = part.querySelector("template");
  const wait = () => setTimeout(() => part.append(template.content.cloneNode(true)), (Number(part.dataset.sessionSeconds) - 600) * 1000);
  wait();
  part.addEventListener("click", async ({ target }) => {
    if (!target.closest("button")) return;
    const answer = await fetch("/mode-d-emploi").catch(() => null);
    if (!answer?.ok || answer.redirected) return;
    part.replaceChildren(template);
    wait();
    document.getElementById("contenu").focus({ preventScroll: true });
  });
}

// `data-ticks`: a box that ticks all boxes with this name.
document.addEventListener("change", (event) => {
  const all = event.target.closest?.("[data-ticks]");
  if (!all) return;
  for (const box of document.querySelectorAll(`input[name="${CSS.escape(all.dataset.ticks)}"]`)) box.checked = all.checked;
});

// `data-keys-switch`: a box that turns off the keyboard shortcuts. The browser stores the choice.
const keysAreOff = () => localStorage.getItem("keys") === "off";
for (const part of document.querySelectorAll("[data-keys-switch]")) {
  const box = part.querySelector("input");
  box.checked = !keysAreOff();
  box.addEventListener("change", () => localStorage.setItem("keys", box.checked ? "on" : "off"));
  part.hidden = false;
}

// `data-key`: a key that presses a link or button, unless the focus is in a text field.
document.addEventListener("keydown", (event) => {
  // A key that is kept down acts once only, not on the next page too.
  if (event.repeat || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.target.closest?.("input, textarea, select, [contenteditable]")) return;
  if (document.querySelector("dialog[open]")) return;
  const wanted = [...document.querySelectorAll("[data-key]")].find((part) => part.dataset.key === event.key);
  if (!wanted || keysAreOff()) return;
  event.preventDefault();
  if (wanted.matches("[data-key-decides]") && showUnseen()) return;
  if (wanted.matches("input, textarea, select")) wanted.focus();
  else wanted.click();
});

// `data-must-be-seen`: a key with `data-key-decides` acts only after the end of each such part was in the window, above the bar.
const unseen = new Set(document.querySelectorAll("[data-must-be-seen]"));
function noteSeen() {
  const bar = document.querySelector(".moisson-bar");
  const bottom = bar && getComputedStyle(bar).position === "sticky" ? bar.getBoundingClientRect().top : innerHeight;
  for (const part of unseen) if (part.getBoundingClientRect().bottom <= bottom + 1) unseen.delete(part);
}
noteSeen();
addEventListener("scroll", noteSeen, { passive: true });
addEventListener("resize", noteSeen);

/** Scrolls to the end of the first unseen part, and says why the key did not act. Returns false if all were seen. */
function showUnseen() {
  noteSeen();
  const [first] = unseen;
  if (!first) return false;
  const said = document.querySelector("[data-says-unseen]");
  if (said) said.textContent = said.dataset.saysUnseen;
  const bar = document.querySelector(".moisson-bar");
  const bottom = (bar?.getBoundingClientRect().top ?? innerHeight) - 16;
  const { top, bottom: end } = first.getBoundingClientRect();
  scrollBy(0, Math.min(end - bottom, Math.max(top - 16, bottom - 48)));
  return true;
}

// Scrolls the page if a bar at the bottom of the window covers the focused element.
document.addEventListener("focusin", ({ target }) => {
  const bar = document.querySelector(".moisson-bar, .moisson-at-hand");
  if (!bar || bar.contains(target)) return;
  const { bottom, height } = target.getBoundingClientRect();
  const { top } = bar.getBoundingClientRect();
  if (bottom > top && height < top) scrollBy(0, bottom - top + 16);
});

// `data-asks`: a question to confirm before an irreversible act.
document.addEventListener("submit", (event) => {
  const question = event.submitter?.dataset.asks ?? event.target.dataset?.asks;
  if (question && !confirm(question)) event.preventDefault();
});

// `data-works`: a message while a slow form is sent. The form cannot be sent twice meanwhile.
document.addEventListener("submit", (event) => {
  const part = event.target.querySelector?.("[data-works]");
  if (!part || event.defaultPrevented) return;
  if (part.textContent !== "") return event.preventDefault();
  part.textContent = part.dataset.works;
});
addEventListener("pageshow", () => {
  for (const part of document.querySelectorAll("[data-works]")) part.textContent = "";
});

// `data-copies`: a button that copies a text. `data-copied`: the place beside it that says so.
document.addEventListener("click", async (event) => {
  const button = event.target.closest?.("[data-copies]");
  if (!button) return;
  const text = document.getElementById(button.dataset.copies);
  if (!text) return;
  await navigator.clipboard.writeText(text.value ?? text.textContent);
  button.parentElement.querySelector("[data-copied]").textContent = "Copié";
});

// `data-beat`: reports every 20 seconds that the page is open, and shows who else has it open. Stops after ten minutes in the background.
for (const part of document.querySelectorAll("[data-beat]")) {
  let seen = Date.now();
  setInterval(async () => {
    if (!document.hidden) seen = Date.now();
    if (Date.now() - seen > 600_000) return;
    const body = new FormData();
    body.append("jeton", part.dataset.beatToken);
    const answer = await fetch(part.dataset.beat, { method: "POST", body, headers: { "x-live": "1" } }).catch(() => null);
    const others = answer?.ok ? await answer.text() : part.textContent;
    if (others !== part.textContent) part.textContent = others;
  }, 20_000);
}

// `data-counts`: shows the number of characters in a field while a person types.
for (const part of document.querySelectorAll("[data-counts]")) {
  const field = document.getElementById(part.dataset.counts);
  field?.addEventListener("input", () => {
    const count = [...field.value.trim()].length;
    part.textContent = `${count} ${count > 1 ? "caractères" : "caractère"} sur ${part.dataset.countsMost}`;
  });
}

// Escape leaves a text field, so that shortcuts (`data-key`) work again.
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && event.target.closest?.("input, textarea, select") && document.querySelector("[data-key]"))
    event.target.blur();
});

// `data-previews`: while a person types, the form is sent to this address, which saves nothing, and the parts with `data-preview` are renewed.
for (const form of document.querySelectorAll("form[data-previews]")) {
  let timer;
  let requests = 0;
  const preview = async () => {
    const request = ++requests;
    const answer = await fetch(form.dataset.previews, { method: "POST", body: new FormData(form), headers: { "x-live": "1" } }).catch(
      () => null,
    );
    if (!answer?.ok || request !== requests) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const part of form.querySelectorAll("[data-preview]")) {
      const fresh = page.getElementById(part.id);
      if (isNew(part, fresh)) renew(part, fresh);
    }
  };
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(preview, 600);
  });
}

// `data-unsaved`: the browser asks before it leaves a form with unsaved changes.
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

// `data-arrows="rows"`: rows of links, of which one is a stop of the Tab key. The arrow keys lead to the others.
for (const part of document.querySelectorAll("[data-arrows=rows]")) {
  const links = [...part.querySelectorAll("a[href]")];
  const rowOf = (link) => [...part.children].find((row) => row.contains(link));
  const middle = (link) => link.getBoundingClientRect().x + link.getBoundingClientRect().width / 2;
  const setStop = (stop) => {
    for (const link of links) link.tabIndex = link === stop ? 0 : -1;
  };
  setStop(links[0]);
  part.addEventListener("focusin", ({ target }) => setStop(target));
  part.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const at = links.indexOf(event.target);
    const own = links.filter((link) => rowOf(link) === rowOf(event.target));
    const isUp = event.key === "ArrowUp";
    const next =
      isUp || event.key === "ArrowDown" ? rowOf(isUp ? links[links.indexOf(own[0]) - 1] : links[links.indexOf(own.at(-1)) + 1]) : null;
    // In the next row, the link nearest below or above.
    const nearest = links
      .filter((link) => next && rowOf(link) === next)
      .sort((a, b) => Math.abs(middle(a) - middle(event.target)) - Math.abs(middle(b) - middle(event.target)))[0];
    const to = { ArrowLeft: links[at - 1], ArrowRight: links[at + 1], Home: own[0], End: own.at(-1) }[event.key] ?? nearest;
    if (at < 0 || !to) return;
    event.preventDefault();
    to.focus();
  });
}
