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

/** Headings of the canonical form. */
const headings: readonly string[] = [...new Set(headingTags.values())];
export const cells: readonly string[] = ["td", "th"];
export const lists: readonly string[] = ["ul", "ol"];

/** What the writer knows of an element of the canonical form. */
export interface ElementKind {
  readonly endTag: string;
  /** It contains paragraphs. */
  readonly isFlow: boolean;
  /** It cannot contain blocks. */
  readonly isLine: boolean;
  /** The element that its texts must be in, if it cannot contain text itself. */
  readonly child: string | undefined;
}

const children: ReadonlyMap<string, string> = new Map([
  ["ul", "li"],
  ["ol", "li"],
  ["table", "tbody"],
  ["tbody", "tr"],
  ["thead", "tr"],
  ["tr", "td"],
]);
const writtenTags = [...children.keys(), ...headings, ...cells, "li", "blockquote", "caption"];
export const elementKinds: ReadonlyMap<string, ElementKind> = new Map(
  writtenTags.map((tag) => {
    const isLine = tag === "caption" || headings.includes(tag);
    return [tag, { endTag: `</${tag}>`, isFlow: tag === "blockquote", isLine, child: children.get(tag) }];
  }),
);

/** What an end tag closes: the innermost of `tags`, if no barrier is open inside it. */
export interface Closing {
  readonly tags: readonly string[];
  readonly barriers: readonly string[];
}

/** Effects of the end tags that close a list, heading, quote, table or a part of one. */
export const closings: ReadonlyMap<string, Closing> = new Map([
  ["table", { tags: ["table"], barriers: [] }],
  ["li", { tags: ["li"], barriers: [...lists, ...cells] }],
  ...[...lists, "blockquote"].map((tag): [string, Closing] => [tag, { tags: [tag], barriers: cells }]),
  ...[...headingTags.keys()].map((tag): [string, Closing] => [tag, { tags: headings, barriers: cells }]),
  ["tfoot", { tags: ["tbody"], barriers: ["table"] }],
  ...["caption", "thead", "tbody", "tr", ...cells].map((tag): [string, Closing] => [tag, { tags: [tag], barriers: ["table"] }]),
]);
