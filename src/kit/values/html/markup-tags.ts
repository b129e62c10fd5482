function words(text: string): string[] {
  return text.trim().split(/\s+/);
}

/** Inline elements that we keep, and those that mean the same. */
export const formatTags: ReadonlyMap<string, string> = new Map([
  ["strong", "strong"],
  ["b", "strong"],
  ["em", "em"],
  ["i", "em"],
  ["u", "u"],
  ["s", "s"],
  ["strike", "s"],
  ["del", "s"],
  ["sub", "sub"],
  ["sup", "sup"],
]);

/** Headings that we keep; an aid is shown below a page's own h1. */
export const headingTags: ReadonlyMap<string, string> = new Map([
  ["h1", "h2"],
  ["h2", "h2"],
  ["h3", "h3"],
  ["h4", "h4"],
  ["h5", "h5"],
  ["h6", "h6"],
]);

/** Elements whose content is no text of the aid: taken out whole. */
export const droppedTags: ReadonlySet<string> = new Set(
  words("script style iframe object applet svg math template noscript noembed noframes select textarea title audio video canvas"),
);

/** Elements that have no business in the text of an aid, worth an issue. */
export const unsafeTags: ReadonlySet<string> = new Set(
  words("script iframe object applet embed svg math template base meta link frame frameset portal"),
);

/** Inline elements of which only the text is kept. */
const unwrappedTags: ReadonlySet<string> = new Set(
  words(`span font abbr acronym cite code kbd samp tt var dfn q time small big label mark bdi bdo ins nobr data output ruby rt rp rb wbr picture
    blink button noindex image img embed input meta link base param source track area`),
);

/** Elements at whose edges one text ends and another begins. */
export const boundaryTags: ReadonlySet<string> = new Set(
  words(`p div section article aside header footer main nav address figure figcaption details summary fieldset legend form dl dt dd center hgroup
    pre listing xmp plaintext hr html body head option optgroup frameset frame dialog search marquee map col colgroup portal basefont bgsound keygen`),
);

/** Elements that have a structure of their own. */
const structureTags: ReadonlySet<string> = new Set(
  words("a br ul ol menu dir li blockquote table caption thead tbody tfoot tr td th h1 h2 h3 h4 h5 h6"),
);

const knownTags: ReadonlySet<string> = new Set([
  ...formatTags.keys(),
  ...structureTags,
  ...boundaryTags,
  ...unwrappedTags,
  ...droppedTags,
  ...unsafeTags,
]);

/** True for an element of HTML, or one of those that come with it. */
export function isKnownTag(name: string): boolean {
  return knownTags.has(name);
}

/** True for an element that stands inside a line: its edges part no words. */
export function isInlineTag(name: string): boolean {
  return name === "a" || formatTags.has(name) || unwrappedTags.has(name) || !isKnownTag(name);
}

/** A text that has one of these is laid out by its markup: line breaks in the source mean nothing. */
export const layoutTag =
  /<\/?(?:p|br|div|ul|ol|li|h[1-6]|table|thead|tbody|tr|td|th|blockquote|section|article|header|footer|main|aside|nav|dl|dt|dd|pre|hr|figure|address|body|html)\b/i;
