function words(text: string): string[] {
  return text.trim().split(/\s+/);
}

/** Inline elements of the allow-list, and their synonyms. */
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

/** Headings of the allow-list. A page shows an aid below its own h1. */
export const headingTags: ReadonlyMap<string, string> = new Map([
  ["h1", "h2"],
  ["h2", "h2"],
  ["h3", "h3"],
  ["h4", "h4"],
  ["h5", "h5"],
  ["h6", "h6"],
]);

/** Elements that are removed with their content. */
export const droppedTags: ReadonlySet<string> = new Set(
  words("script style iframe object applet svg math template noscript noembed noframes select textarea title audio video canvas"),
);

/** Elements that are reported as unsafe. */
export const unsafeTags: ReadonlySet<string> = new Set(
  words("script iframe object applet embed svg math template base meta link frame frameset portal"),
);

/** Inline elements that are removed without their text. */
const unwrappedTags: ReadonlySet<string> = new Set(
  words(`span font abbr acronym cite code kbd samp tt var dfn q time small big label mark bdi bdo ins nobr data output ruby rt rp rb wbr picture
    blink button noindex image img embed input meta link base param source track area`),
);

/** Elements that separate texts. */
export const boundaryTags: ReadonlySet<string> = new Set(
  words(`p div section article aside header footer main nav address figure figcaption details summary fieldset legend form dl dt dd center hgroup
    pre listing xmp plaintext hr html body head option optgroup frameset frame dialog search marquee map col colgroup portal basefont bgsound keygen`),
);

/** Elements with a structure of their own. */
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

/** Returns true for an element of HTML or of SVG and MathML. */
export function isKnownTag(name: string): boolean {
  return knownTags.has(name);
}

/** Returns true for an inline element, which does not separate words. */
export function isInlineTag(name: string): boolean {
  return name === "a" || formatTags.has(name) || unwrappedTags.has(name) || !isKnownTag(name);
}

/** Matches tags that lay out a text. With one of them, line breaks in the source are insignificant. */
export const layoutTag =
  /<\/?(?:p|br|div|ul|ol|li|h[1-6]|table|thead|tbody|tr|td|th|blockquote|section|article|header|footer|main|aside|nav|dl|dt|dd|pre|hr|figure|address|body|html)\b/i;

/** Elements whose text is in paragraphs. */
export const flowTags: ReadonlySet<string> = new Set(["blockquote"]);

/** Headings of the canonical form. */
export const headings: readonly string[] = [...new Set(headingTags.values())];
/** Elements that contain one line, no blocks. */
export const lineTags: ReadonlySet<string> = new Set([...headings, "caption"]);
export const cells: readonly string[] = ["td", "th"];

/** Returns the open elements that stop an end tag. */
export function barriersOf(tag: string): readonly string[] {
  if (tag === "table") return [];
  if (tag === "li") return ["ul", "ol", ...cells];
  return headingTags.has(tag) || tag === "ul" || tag === "ol" || tag === "blockquote" ? cells : ["table"];
}
