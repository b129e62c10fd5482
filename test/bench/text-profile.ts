/** Tags that the real texts contain, by their usual names. */
const measuredTags = ["p", "br", "ul", "ol", "li", "h2", "h3", "h4", "strong", "em", "a", "img", "span", "blockquote"] as const;

/** Numbers that describe the markup of one text. The generator reproduces them; none contains a word of the text. */
export const profileColumns = [
  /** Characters. */
  "length",
  "words",
  /** Paragraphs, list items, headings and cells that contain words. */
  "blocks",
  ...measuredTags,
  "otherTags",
  /** Tags that end with `/>`. */
  "closedTags",
  /** Attributes other than `href`, and the characters of their values. */
  "attributes",
  "attributeChars",
  "hrefChars",
  /** Line breaks before or after a tag, and all others. */
  "newlinesAtTags",
  "newlinesInText",
  "carriageReturns",
  /** Blanks at the start of lines. */
  "indentChars",
  /** Two blanks or more, not at the start of a line. */
  "doubledBlanks",
  /** Named entities except `&nbsp;`, numeric entities, and no-break spaces as entity or character. */
  "namedEntities",
  "numericEntities",
  "noBreakSpaces",
  /** Typographic quotes, apostrophes, dashes and ellipses. */
  "typographic",
  /** All other characters outside ASCII. */
  "accented",
  /** Open elements at the deepest point. */
  "depth",
] as const;

export type ProfileColumn = (typeof profileColumns)[number];
export type TextProfile = Record<ProfileColumn, number>;

const tagPattern = /<(\/?)([a-z][\w:-]*)((?:"[^"]*"|'[^']*'|[^>"'])*)>/gi;
const attributePattern = /([\w:-]+)\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+)/g;
const blockTags = new Set(["p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "div", "td", "th", "ul", "ol", "table", "tr", "blockquote"]);
const voidTags = new Set(["br", "img", "hr", "input", "wbr"]);
const synonyms: Readonly<Record<string, string>> = { b: "strong", i: "em", th: "td" };

/** Describes a text that a publisher wrote, before it is cleaned. */
export function profileOf(text: string): TextProfile {
  const profile = Object.fromEntries(profileColumns.map((column) => [column, 0])) as TextProfile;
  profile.length = text.length;
  countMarkup(text, profile);
  countBlanks(text, profile);
  countCharacters(text, profile);
  return profile;
}

function countMarkup(text: string, profile: TextProfile): void {
  let [end, depth, hasWords] = [0, 0, false];
  const readText = (piece: string) => {
    const words = wordsOf(piece);
    profile.words += words;
    hasWords ||= words > 0;
  };
  const endBlock = () => {
    if (hasWords) profile.blocks++;
    hasWords = false;
  };
  for (const found of text.matchAll(tagPattern)) {
    const [tag, slash, written = "", rest = ""] = found;
    readText(text.slice(end, found.index));
    end = found.index + tag.length;
    const name = synonyms[written.toLowerCase()] ?? written.toLowerCase();
    if (blockTags.has(name)) endBlock();
    if (slash === "/") {
      depth = Math.max(0, depth - 1);
      continue;
    }
    profile[isMeasured(name) ? name : "otherTags"]++;
    if (rest.endsWith("/")) profile.closedTags++;
    else if (!voidTags.has(name)) profile.depth = Math.max(profile.depth, ++depth);
    for (const [, attribute = "", value = ""] of rest.matchAll(attributePattern)) {
      const { length } = value.replace(/^["']|["']$/g, "");
      if (attribute.toLowerCase() === "href") profile.hrefChars += length;
      else {
        profile.attributes++;
        profile.attributeChars += length;
      }
    }
  }
  readText(text.slice(end));
  endBlock();
}

function isMeasured(tag: string): tag is (typeof measuredTags)[number] {
  return (measuredTags as readonly string[]).includes(tag);
}

function wordsOf(text: string): number {
  return text.match(/[^\s\u00a0]*[\p{L}\p{N}][^\s\u00a0]*/gu)?.length ?? 0;
}

function countBlanks(text: string, profile: TextProfile): void {
  for (const { 0: run, index } of text.matchAll(/[ \t\r\n]*\n[ \t\r\n]*/g)) {
    const newlines = run.split("\n").length - 1;
    const isAtTag = text[index - 1] === ">" || text[index + run.length] === "<";
    profile[isAtTag ? "newlinesAtTags" : "newlinesInText"] += newlines;
    profile.carriageReturns += run.split("\r").length - 1;
    profile.indentChars += /[ \t]*$/.exec(run)?.[0].length ?? 0;
  }
  profile.doubledBlanks = text.match(/(?<![\s])[ \t]{2,}(?![\s])/g)?.length ?? 0;
}

function countCharacters(text: string, profile: TextProfile): void {
  for (const [, name = ""] of text.matchAll(/&(#x?[\da-f]+|[a-z][a-z\d]*);/gi)) {
    if (name === "nbsp" || name === "#160") profile.noBreakSpaces++;
    else if (name.startsWith("#")) profile.numericEntities++;
    else profile.namedEntities++;
  }
  for (const [letter] of text.matchAll(/[^\0-\x7f]/gu)) {
    if (letter === "\u00a0" || letter === "\u202f") profile.noBreakSpaces++;
    else if (/[’‘«»“”…–—•]/.test(letter)) profile.typographic++;
    else profile.accented++;
  }
}

/** Shares, densities and quantiles of many texts. */
export interface TextFigures {
  readonly texts: number;
  /** Share of texts that contain the thing at least once. `noMarkup`: without a tag. */
  readonly shares: Readonly<Record<string, number>>;
  /** Occurrences per 1,000 characters of all texts. */
  readonly perThousand: Readonly<Record<string, number>>;
  /** The 10th, 25th, 50th, 75th, 90th and 99th percentile. */
  readonly quantiles: Readonly<Record<"length" | "wordsPerBlock" | "depth" | "hrefLength" | "attributeLength", readonly number[]>>;
}

/** Summarises profiles. */
export function figuresOf(profiles: readonly TextProfile[]): TextFigures {
  const characters = sum(profiles.map(({ length }) => length));
  const counted = profileColumns.filter((column) => column !== "length" && column !== "depth");
  const share = (has: (profile: TextProfile) => boolean) => rounded(profiles.filter(has).length / profiles.length, 4);
  const each = (of: (column: ProfileColumn) => number) => Object.fromEntries(counted.map((column) => [column, of(column)]));
  const ratios = (a: ProfileColumn, b: ProfileColumn) => profiles.filter((one) => one[b] > 0).map((one) => one[a] / one[b]);
  return {
    texts: profiles.length,
    shares: {
      noMarkup: share((one) => one.otherTags === 0 && measuredTags.every((tag) => one[tag] === 0)),
      ...each((column) => share((one) => one[column] > 0)),
    },
    perThousand: each((column) => rounded((sum(profiles.map((one) => one[column])) / characters) * 1000, 4)),
    quantiles: {
      length: quantilesOf(profiles.map(({ length }) => length)),
      wordsPerBlock: quantilesOf(ratios("words", "blocks")),
      depth: quantilesOf(profiles.map(({ depth }) => depth)),
      hrefLength: quantilesOf(ratios("hrefChars", "a")),
      attributeLength: quantilesOf(ratios("attributeChars", "attributes")),
    },
  };
}

function quantilesOf(values: readonly number[]): number[] {
  const sorted = [...values].sort((a, b) => a - b);
  return [0.1, 0.25, 0.5, 0.75, 0.9, 0.99].map((share) => Math.round(sorted[Math.floor(share * sorted.length)] ?? 0));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
