function words(text: string): string[] {
  return text.trim().split(/\s+/);
}

/** Name of a tag -> the allowed inline element that is written for it. */
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

/** Allowed headings. h1 becomes h2, because the page of an aid has its own h1. */
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

/** Inline elements whose tags are removed and whose text is kept. */
const unwrappedTags: ReadonlySet<string> = new Set(
  words(`span font abbr acronym cite code kbd samp tt var dfn q time small big label mark bdi bdo ins nobr data output ruby rt rp rb wbr picture
    blink button noindex image img embed input meta link base param source track area`),
);

/** Blocks whose tags are removed. They separate texts. */
export const boundaryTags: ReadonlySet<string> = new Set(
  words(`p div section article aside header footer main nav address figure figcaption details summary fieldset legend form dl dt dd center hgroup
    pre listing xmp plaintext hr html body head option optgroup frameset frame dialog search marquee map col colgroup portal basefont bgsound keygen`),
);

/** Allowed elements other than inline formats. */
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

/** Elements without a special content, whose tags every reader understands in the same way. */
export const plainTags: ReadonlySet<string> = new Set(
  [...knownTags].filter((tag) => !droppedTags.has(tag) && !unsafeTags.has(tag) && tag !== "plaintext" && tag !== "xmp"),
);

/** Returns true for an element of HTML, and for `svg` and `math`. */
export function isKnownTag(name: string): boolean {
  return knownTags.has(name);
}

/** Returns true for an element that does not separate words: inline or unknown. */
export function isInlineTag(name: string): boolean {
  return name === "a" || formatTags.has(name) || unwrappedTags.has(name) || !isKnownTag(name);
}

/** Matches tags that lay out a text. In a text with such a tag, line breaks mean nothing. */
export const layoutTag =
  /<\/?(?:p|br|div|ul|ol|li|h[1-6]|table|thead|tbody|tr|td|th|blockquote|section|article|header|footer|main|aside|nav|dl|dt|dd|pre|hr|figure|address|body|html)\b/i;

/** Elements that contain paragraphs. */
export const flowTags: ReadonlySet<string> = new Set(["blockquote"]);

/** Headings of the canonical form. */
export const headings: readonly string[] = [...new Set(headingTags.values())];
/** Elements that cannot contain blocks. */
export const lineTags: ReadonlySet<string> = new Set([...headings, "caption"]);
export const cells: readonly string[] = ["td", "th"];

/** Returns the open elements that an end tag cannot close. */
export function barriersOf(tag: string): readonly string[] {
  if (tag === "table") return [];
  if (tag === "li") return ["ul", "ol", ...cells];
  return headingTags.has(tag) || tag === "ul" || tag === "ol" || tag === "blockquote" ? cells : ["table"];
}
