// The table of a publisher's file: choices without a new page, keyboard, undo and redo. Every link and form also works without this script.

const part = () => document.querySelector("[data-editor]");
/** The link that opened the list of choices. It gets the focus again when the list closes. */
let opener = null;
let requests = 0;

/** The links of the table. They are one stop of the Tab key: the arrow keys move inside. */
const cells = "[data-column], [data-row]";

/** Makes one link of the table the stop: `at`, otherwise the open column or the first link. */
function setStop(at) {
  const links = [...part().querySelectorAll(cells)];
  const stop = links.includes(at) ? at : (links.find((link) => link.matches("[data-column][aria-current]")) ?? links[0]);
  for (const link of links) link.tabIndex = link === stop ? 0 : -1;
  // The stop inside scrolls the table, too.
  part().querySelector("#tableau")?.removeAttribute("tabindex");
}

/** Fetches the editor at an address, and shows it. `target`: selector of the element that gets the focus. */
async function show(address, { target = null, keepsHistory = false } = {}) {
  const request = ++requests;
  part().setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(address, { headers: { "x-part": "editor" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("[data-editor]");
    if (request !== requests) return;
    if (!answer.ok || !fresh) throw new Error(String(answer.status));
    if (!keepsHistory) remember(new URL(answer.url));
    replace(fresh, target);
  } catch {
    // The page itself says what is wrong.
    if (request === requests) location.assign(address);
  }
}

/** Each choice is an entry of the browser's history; opening a column or another record is not. */
function remember(url) {
  const choices = (address) => JSON.stringify([address.searchParams.getAll("choix"), address.searchParams.get("annule")]);
  const isStep = choices(url) !== choices(new URL(location.href));
  history[isStep ? "pushState" : "replaceState"](null, "", url);
}

/** Replaces the editor. Keeps what is scrolled, the typed reason and the focus. */
function replace(fresh, target) {
  const old = part();
  const scrolled = [...old.querySelectorAll("[data-scrolls]")].map(({ id, scrollLeft, scrollTop }) => ({ id, scrollLeft, scrollTop }));
  const focused = old.contains(document.activeElement) ? document.activeElement.id : null;
  const stop = old.querySelector(`:is(${cells})[tabindex="0"]`)?.id;
  for (const field of old.querySelectorAll("textarea[name]")) {
    const same = fresh.querySelector(`textarea[name="${field.name}"]`);
    if (same && same.value === "") same.value = field.value;
  }
  // A screen reader announces a changed text, but not a new element.
  const status = old.querySelector("[role=status]");
  const news = fresh.querySelector("[role=status]");
  const said = news?.innerHTML;
  if (status && news) news.replaceWith(status);
  old.replaceWith(fresh);
  setStop(stop ? document.getElementById(stop) : null);
  if (status && said !== undefined && status.innerHTML !== said) status.innerHTML = said;
  for (const { id, scrollLeft, scrollTop } of scrolled) document.getElementById(id)?.scrollTo(scrollLeft, scrollTop);
  const to = (target && fresh.querySelector(target)) || (focused && document.getElementById(focused)) || null;
  if (to) to.focus({ preventScroll: target === null });
  else if (focused !== null || target !== null) fresh.querySelector("#editeur-titre").focus({ preventScroll: true });
}

/** Returns the element that gets the focus after a click on a link. */
function targetOf(link) {
  if (link.matches("[data-closes], [data-pick]")) return opener;
  if (link.matches("[data-opens], [data-column]")) {
    opener = `#${link.id}`;
    // With a list of choices for a field, a click on a column makes the choice.
    const picks = link.matches("[data-column]") && new URL(link.href).searchParams.get("colonne") === null;
    return picks ? opener : "#choix-titre";
  }
  return null;
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("[data-editor] a[href]");
  if (!link || event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  if (link.pathname !== location.pathname || link.origin !== location.origin || link.target) return;
  event.preventDefault();
  show(link.href, { target: targetOf(link) });
});

document.addEventListener("submit", (event) => {
  const form = event.target.closest?.("[data-editor] form");
  if (form?.method !== "get") return;
  event.preventDefault();
  const url = new URL(location.pathname, location.href);
  for (const [name, value] of new FormData(form)) url.searchParams.append(name, value);
  show(url.href, { target: opener ?? "#editeur-titre" });
});

addEventListener("popstate", () => show(location.href, { keepsHistory: true }));

document.addEventListener("focusin", ({ target }) => {
  if (target.matches(`[data-editor] :is(${cells})`)) setStop(target);
});

/** Moves the focus from the columns to the records, or back. */
function cross(event) {
  const first = part().querySelector("[data-row]");
  const isDown = event.key === "ArrowDown" && event.target.matches("[data-column]");
  const isUp = event.key === "ArrowUp" && event.target === first;
  const to = isDown ? first : isUp ? part().querySelector("[data-column]") : null;
  to?.focus();
  return Boolean(to);
}

/** Moves the focus among elements. */
function step(event, selector, keys) {
  const all = [...part().querySelectorAll(selector)];
  const at = all.indexOf(event.target);
  if (at < 0) return false;
  const next = { [keys[0]]: at - 1, [keys[1]]: at + 1, Home: 0, End: all.length - 1 }[event.key];
  if (next === undefined || !all[next]) return false;
  all[next].focus();
  return true;
}

document.addEventListener("keydown", (event) => {
  if (!part() || event.isComposing) return;
  const isTyping = event.target.closest?.("input:not([type=checkbox], [type=radio]), textarea, select");
  const press = (selector) => {
    const found = part().querySelector(selector);
    found?.click();
    return Boolean(found);
  };
  const isCommand = (event.ctrlKey || event.metaKey) && !event.altKey;
  const key = event.key.toLowerCase();
  const isDone =
    isCommand && !isTyping
      ? key === "z"
        ? press(event.shiftKey ? "#retablir" : "#annuler")
        : key === "y" && press("#retablir")
      : event.key === "Escape"
        ? press("[data-closes]")
        : !isTyping &&
          !event.ctrlKey &&
          !event.metaKey &&
          !event.altKey &&
          (step(event, "[data-column]", ["ArrowLeft", "ArrowRight"]) ||
            cross(event) ||
            step(event, "[data-row]", ["ArrowUp", "ArrowDown"]) ||
            step(event, "[data-pick]", ["ArrowUp", "ArrowDown"]));
  if (isDone) event.preventDefault();
});

if (part()) setStop(null);
