/*
 * Scripts that run in the page and ask what the keyboard reaches. They are texts because tests have no document types, and the page's
 * content policy does not apply to scripts from the test browser.
 */

/** Interactive elements in document order, whether reachable by keyboard or not. */
const controls = `[...document.querySelectorAll("a[href], area[href], button, input:not([type=hidden]), select, textarea, summary, iframe, [contenteditable], [tabindex]")]`;

/** Skip links are visible only while they have the focus. */
const isOffered = `(stop) => stop.closest(".fr-skiplinks") !== null || (stop.checkVisibility({ visibilityProperty: true }) && stop.getClientRects().length > 0)`;

/** A group of radio buttons is one stop: the selected one, else the browser's choice. */
const groupOf = `(stop) => (stop.type === "radio" && stop.name ? (stop.form?.action ?? "") + " " + stop.name : null)`;

const nameOf = `(stop) => {
  const said = stop.id ? "#" + stop.id : (stop.getAttribute("href") ?? stop.getAttribute("aria-label") ?? stop.value ?? "");
  return [stop.localName, said, stop.textContent.trim().replace(/\\s+/g, " ").slice(0, 60)].filter(Boolean).join(" ");
}`;

/**
 * Returns the name of the focused element, or "", and the fault of its focus style, or null. The focus must show as an
 * outline around the element or its label, and part of the element must be visible.
 */
export const whatHasFocus = `(() => {
  const at = document.activeElement;
  if (!at || at === document.body || at === document.documentElement) return { name: "", fault: null };
  const name = (${nameOf})(at);
  const labels = [...(at.labels ?? [])];
  const isSeenThrough = (part) => {
    for (let up = part; up; up = up.parentElement) if (getComputedStyle(up).opacity === "0") return true;
    return false;
  };
  // The parts of a date show the focus themselves.
  const isLined = at.type === "date" || [at, ...labels].some((part) => !isSeenThrough(part) && [null, "::before", "::after"].some((pseudo) => {
    const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(part, pseudo);
    return outlineStyle !== "none" && parseFloat(outlineWidth) > 0 && !/^rgba\\(.*, 0\\)$|^transparent$/.test(outlineColor);
  }));
  if (!isLined) return { name, fault: "nothing shows that it has the focus" };
  const steps = [0.02, 0.15, 0.3, 0.4, 0.5, 0.6, 0.7, 0.85, 0.98];
  const isOfIt = (met) => met !== null && [at, ...labels].some((part) => part.contains(met));
  const isMet = [at, ...labels].flatMap((part) => [...part.getClientRects()]).some((box) =>
    steps.some((down) => steps.some((across) =>
      isOfIt(document.elementFromPoint(box.left + box.width * across, box.top + box.height * down)))));
  return { name, fault: isMet ? null : "it is not to be seen: out of the window, or under something else" };
})()`;

/** Notes the expected Tab stops in document order. Returns their names. */
export const noteStops = `(() => {
  const groups = new Map();
  const isStop = (stop) => !stop.disabled && stop.tabIndex >= 0 && stop.closest("[inert]") === null && (${isOffered})(stop);
  const groupOf = ${groupOf};
  const all = ${controls}.filter(isStop);
  for (const stop of all) {
    const group = groupOf(stop);
    if (group !== null && (stop.checked || !groups.has(group))) groups.set(group, stop);
  }
  window.notedStops = all.filter((stop) => groupOf(stop) === null || groups.get(groupOf(stop)) === stop);
  return window.notedStops.map(${nameOf});
})()`;

/** Index of the focused one among the noted stops, or -1. */
export const placeOfFocus = `window.notedStops.indexOf(document.activeElement)`;

/** Returns visible links, buttons and fields that the keyboard does not reach, and hidden ones that it does. */
export const keptFromKeyboard = `(() => {
  const isOffered = ${isOffered};
  const faults = [];
  for (const stop of ${controls}) {
    const name = (${nameOf})(stop);
    if (stop.tabIndex > 0) faults.push(name + ": stands out of the order, by tabindex");
    if (!isOffered(stop) || stop.disabled) continue;
    // Inside data-arrows, one is a stop of the Tab key, and the arrow keys lead to the others.
    const isByArrows = stop.closest("[data-arrows]")?.querySelector("[tabindex='0']") != null;
    if (stop.tabIndex < 0 && !isByArrows && stop.matches("a, button, input, select, textarea, summary")) faults.push(name + ": is seen, and not reached");
    if (stop.closest("[inert]") !== null) faults.push(name + ": is seen, and stands in what is inert");
    if (stop.tabIndex >= 0 && stop.closest("[aria-hidden=true]") !== null) faults.push(name + ": is reached, and not said");
    const box = stop.getBoundingClientRect();
    const isDrawn = (box.width > 1 && box.height > 1) || (stop.labels?.length ?? 0) > 0;
    if (stop.tabIndex >= 0 && stop.closest(".fr-skiplinks") === null && !isDrawn) faults.push(name + ": is reached, and not drawn");
  }
  for (const part of document.querySelectorAll("[onclick], [role=button], [role=link], [role=checkbox]"))
    if (part.tabIndex < 0) faults.push((${nameOf})(part) + ": is for a mouse alone");
  return faults;
})()`;
