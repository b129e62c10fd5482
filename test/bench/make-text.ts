import { readRealText, type TextField } from "./real-text.ts";
import { type ProfileColumn, profileColumns } from "./text-profile.ts";

type Profile = Readonly<Record<ProfileColumn, number>>;
type Random = () => number;

/** A tag or a word. Inline tags are separated from words by a blank, block tags are not. */
interface Token {
  readonly kind: "open" | "close" | "void" | "word";
  readonly tag: string;
  readonly isInline: boolean;
  text: string;
}

/** Some neighbouring words, and the tags around them. */
interface Phrase {
  readonly words: number;
  readonly inside: string[];
  readonly voids: string[];
}

/** A block-level element or bare text. */
interface Block {
  /** From the outside to the inside. */
  readonly tags: readonly string[];
  phrases: Phrase[];
}

const longestWord = 17;
/** Words of our own by their length, without and with letters outside ASCII. */
const [plainWords, accentedWords] = [
  "a y le la de un et en du il ou par sur aux les des une eau pour sont avec dans leur aide plan cette projet action public dossier commune " +
    "soutien travaux culture habitants programme territoire formation ressource partenaire entreprises subvention patrimoine financement " +
    "association construction consultation communication investissement transformation accompagnement fonctionnement",
  "à là où dû été clé dès né prêt même près forêt école étude après durée santé région énergie métier réseau qualité intérêt mobilité " +
    "bénéfice éligible bâtiment dépenses matériel numérique rénovation équipement économique écologique collectivités développement " +
    "départements expérimentation établissements",
].map((list) => byLength(list.split(" "))) as [string[][], string[][]];
const typographic = ["l’", "d’", "«", "l’", "–", "“", "…"];
const namedEntities = ["&amp;", "&eacute;", "&rsquo;", "&amp;", "&lt;", "&agrave;"];
const attributeNames: Readonly<Record<string, readonly string[]>> = {
  a: ["rel", "target", "title"],
  img: ["src", "alt", "height", "width"],
};
const phraseLength = 3;
const filler = "amenagement-durable-du-territoire-et-transition-ecologique-";

const real = readRealText();
const profiles = new Map(
  Object.entries(real.fields).map(([field, measured]) => [
    field,
    measured.profiles.map((row) => Object.fromEntries(profileColumns.map((column, place) => [column, row[place] ?? 0])) as Profile),
  ]),
);

/**
 * Returns a text with words of our own and the markup of a real one: as many tags, attributes, line breaks, blanks, entities and accents.
 * Returns an empty string as often as real records lack the field.
 */
export function makeText(field: TextField, random: Random): string {
  const choices = profiles.get(field) ?? [];
  const profile = choices[Math.floor(random() * choices.length)];
  if (profile === undefined || random() >= real.fields[field].share) return "";
  const blocks = makeBlocks(profile, random);
  addInlineTags(blocks, profile, random);
  const tokens = tokensOf(blocks);
  addAttributes(tokens, profile);
  return writeText(tokens, profile, random);
}

/** Returns the paragraphs, headings and lists in a random order, with the words distributed over them. */
function makeBlocks(profile: Profile, random: Random): Block[] {
  const units: Block[][] = [];
  const block = (...tags: string[]): Block => ({ tags, phrases: [] });
  for (let i = 0; i < profile.p; i++) units.push([i < profile.blockquote ? block("blockquote", "p") : block("p")]);
  for (const tag of ["h2", "h3", "h4"] as const) for (let i = 0; i < profile[tag]; i++) units.push([block(tag)]);
  const lists = [...Array<string>(profile.ul).fill("ul"), ...Array<string>(profile.ol).fill("ol")];
  const perList = Math.ceil(profile.li / Math.max(1, lists.length));
  for (const [place, list] of lists.entries()) {
    const items = Math.min(perList, profile.li - place * perList);
    units.push(items > 0 ? Array.from({ length: items }, () => block(list, "li")) : [block(list)]);
  }
  const textBlocks = () => units.flat().filter(({ tags }) => tags.at(-1) !== "ul" && tags.at(-1) !== "ol");
  for (let missing = profile.blocks - textBlocks().length; missing > 0; missing--) units.push([block()]);
  shuffle(units, random);
  const filled = textBlocks();
  shuffle(filled, random);
  filled.length = Math.min(filled.length, profile.blocks);
  distributeWords(filled, profile.words, random);
  return units.flat();
}

function distributeWords(blocks: readonly Block[], words: number, random: Random): void {
  const weights = blocks.map(() => 0.2 - Math.log(1 - random()));
  let [weightLeft, wordsLeft] = [weights.reduce((sum, weight) => sum + weight, 0), words];
  for (const [place, block] of blocks.entries()) {
    const weight = weights[place] ?? 0;
    const later = blocks.length - place - 1;
    const count = later === 0 ? wordsLeft : Math.max(1, Math.min(wordsLeft - later, Math.round((wordsLeft * weight) / weightLeft)));
    for (let rest = count; rest > 0; rest -= phraseLength) {
      block.phrases.push({ words: Math.min(phraseLength, rest), inside: [], voids: [] });
    }
    wordsLeft -= count;
    weightLeft -= weight;
  }
}

function addInlineTags(blocks: readonly Block[], profile: Profile, random: Random): void {
  const phrases = blocks.flatMap((block) => block.phrases);
  const anyPhrase = () => phrases[Math.floor(random() * phrases.length)];
  for (const tag of ["strong", "em", "span", "a"] as const) for (let i = 0; i < profile[tag]; i++) anyPhrase()?.inside.push(tag);
  for (const tag of ["br", "img"] as const) for (let i = 0; i < profile[tag]; i++) anyPhrase()?.voids.push(tag);
}

function tokensOf(blocks: readonly Block[]): Token[] {
  const tokens: Token[] = [];
  const add = (kind: Token["kind"], tag: string, isInline: boolean, text: string) => tokens.push({ kind, tag, isInline, text });
  const open = (tag: string, isInline: boolean) => add("open", tag, isInline, `<${tag}>`);
  const close = (tag: string, isInline: boolean) => add("close", tag, isInline, `</${tag}>`);
  for (const [place, block] of blocks.entries()) {
    const { tags } = block;
    for (const tag of areSameList(blocks[place - 1], block) ? tags.slice(1) : tags) open(tag, false);
    for (const { words, inside, voids } of block.phrases) {
      for (const tag of inside) open(tag, true);
      for (let i = 0; i < words; i++) add("word", "", true, "");
      for (const tag of inside.toReversed()) close(tag, true);
      for (const tag of voids) add("void", tag, tag === "img", `<${tag}>`);
    }
    for (const tag of (areSameList(block, blocks[place + 1]) ? tags.slice(1) : tags).toReversed()) close(tag, false);
  }
  return tokens;
}

/** Returns true for two items of the same kind of list, which then share the list. */
function areSameList(block: Block | undefined, next: Block | undefined): boolean {
  return block?.tags[1] === "li" && next?.tags[1] === "li" && block.tags[0] === next.tags[0];
}

/** Adds `href` to links, the other attributes to links, images and then any tag, and `/` to tags without content. */
function addAttributes(tokens: readonly Token[], profile: Profile): void {
  const written = new Map<Token, string>();
  const add = (token: Token, text: string) => written.set(token, `${written.get(token) ?? ""} ${text}`);
  const links = tokens.filter(({ kind, tag }) => kind === "open" && tag === "a");
  for (const [place, link] of links.entries()) {
    add(link, `href="${linkOf(shareOf(profile.hrefChars, links.length, place))}"`);
  }
  const carriers = [
    ...links,
    ...tokens.filter(({ tag }) => tag === "img"),
    ...tokens.filter(({ kind, tag }) => kind === "open" && tag !== "a"),
  ];
  for (let place = 0; place < profile.attributes && carriers.length > 0; place++) {
    const carrier = carriers[place % carriers.length] as Token;
    const round = Math.floor(place / carriers.length);
    const name = (attributeNames[carrier.tag] ?? ["style", "class", "id"])[round] ?? `data-${round}`;
    add(carrier, `${name}="${filler.repeat(9).slice(0, shareOf(profile.attributeChars, profile.attributes, place))}"`);
  }
  for (const [token, attributes] of written) token.text = `<${token.tag}${attributes}>`;
  let closed = 0;
  for (const token of tokens) if (token.kind === "void" && closed++ < profile.closedTags) token.text = `${token.text.slice(0, -1)}/>`;
}

function linkOf(length: number): string {
  if (length < 18) return "tel:+33102030405";
  return length < 34
    ? `mailto:${filler.slice(0, length - 18)}@example.org`
    : `https://www.example.org/${filler.repeat(20).slice(0, length - 24)}`;
}

/** Writes the tokens with as many line breaks and blanks as the profile, and words that fill the remaining length. */
function writeText(tokens: readonly Token[], profile: Profile, random: Random): string {
  const gaps: string[] = [];
  const [atTags, inText]: [number[], number[]] = [[], []];
  for (const [place, token] of tokens.entries()) {
    const next = tokens[place + 1];
    gaps.push(gapBetween(token, next));
    (token.kind === "word" && next?.kind === "word" ? inText : atTags).push(place);
  }
  spread(inText, profile.noBreakSpaces, (place) => {
    gaps[place] = "&nbsp;";
  });
  spread(inText, profile.doubledBlanks, (place) => {
    gaps[place] = "  ";
  });
  const breaks: number[] = [];
  spread(atTags, profile.newlinesAtTags, (place) => breaks.push(place));
  spread(inText, profile.newlinesInText, (place) => breaks.push(place));
  breakLines(gaps, breaks, depthsAfter(tokens), profile);
  let markup = 0;
  for (const [place, token] of tokens.entries()) markup += token.text.length + (gaps[place]?.length ?? 0);
  fillWords(tokens, profile, profile.length - markup, random);
  let text = "";
  for (const [place, token] of tokens.entries()) text += token.text + gaps[place];
  return text;
}

function gapBetween(token: Token, next: Token | undefined): string {
  if (next === undefined) return "";
  const ends = token.kind === "word" || (token.kind === "close" && token.isInline);
  const starts = next.kind === "word" || (next.isInline && next.kind !== "close");
  return ends && starts ? " " : "";
}

/** Puts line breaks at these gaps, with blanks after them according to the depth of the tags. */
function breakLines(gaps: string[], breaks: readonly number[], depths: readonly number[], profile: Profile): void {
  const indents = breaks.map((place) => depths[place] ?? 0);
  const perLevel = profile.indentChars / Math.max(1, sum(indents));
  const isFlat = sum(indents) === 0;
  let [carry, returns] = [0, profile.carriageReturns];
  for (const [index, place] of breaks.entries()) {
    carry += isFlat ? profile.indentChars / breaks.length : (indents[index] ?? 0) * perLevel;
    const indent = Math.round(carry);
    carry -= indent;
    gaps[place] = `${gaps[place]?.trim() ?? ""}${returns-- > 0 ? "\r\n" : "\n"}${" ".repeat(indent)}`;
  }
}

/** Returns for each token the number of open elements after it. An end tag belongs to the level of its line. */
function depthsAfter(tokens: readonly Token[]): number[] {
  let depth = 0;
  return tokens.map(({ kind }, place) => {
    if (kind === "open") depth++;
    else if (kind === "close") depth--;
    return tokens[place + 1]?.kind === "close" ? depth - 1 : depth;
  });
}

/** Fills the words, which together have this many characters. */
function fillWords(tokens: readonly Token[], profile: Profile, length: number, random: Random): void {
  const places = tokens.filter(({ kind }) => kind === "word");
  let [left, accents, marks, named, numeric] = [
    length,
    profile.accented,
    profile.typographic,
    profile.namedEntities,
    profile.numericEntities,
  ];
  for (const [place, token] of places.entries()) {
    const wordsLeft = places.length - place;
    let extra = "";
    if (random() * wordsLeft < marks) {
      extra = typographic[marks % typographic.length] ?? "";
      marks--;
    } else if (random() * wordsLeft < named) {
      extra = namedEntities[named % namedEntities.length] ?? "";
      named--;
    } else if (random() * wordsLeft < numeric) {
      extra = "&#8211;";
      numeric--;
    }
    const end = place % 14 === 13 ? "." : place % 9 === 8 ? "," : "";
    const average = left / wordsLeft - extra.length - end.length;
    const wanted = Math.round(average * (wordsLeft === 1 ? 1 : 0.4 + 1.2 * random()));
    const isAccented = random() * wordsLeft * 1.3 < accents;
    const word = wordOf(Math.max(1, wanted), isAccented ? accentedWords : plainWords, random);
    if (isAccented) accents -= accentsIn(word);
    token.text = extra + word + end;
    left -= token.text.length;
  }
}

/** Returns a word of about this length: from the list, or several joined by hyphens. */
function wordOf(length: number, words: readonly (readonly string[])[], random: Random): string {
  const list = words[Math.min(length, longestWord)] ?? [];
  const word = list[Math.floor(random() * list.length)] ?? "";
  return length - word.length < 4 ? word : `${word}-${wordOf(length - word.length - 1, plainWords, random)}`;
}

/** Returns for each length the words whose length comes closest. */
function byLength(words: readonly string[]): string[][] {
  return Array.from({ length: longestWord + 1 }, (_, length) => {
    const distances = words.map((word) => Math.abs(word.length - length));
    const smallest = Math.min(...distances);
    return words.filter((_word, place) => distances[place] === smallest);
  });
}

function accentsIn(word: string): number {
  let count = 0;
  for (let i = 0; i < word.length; i++) if (word.charCodeAt(i) > 127) count++;
  return count;
}

/** Calls `put` for `count` places, evenly spread. */
function spread(places: readonly number[], count: number, put: (place: number) => void): void {
  const chosen = Math.min(count, places.length);
  for (let i = 0; i < chosen; i++) put(places[Math.floor(((i + 0.5) * places.length) / chosen)] as number);
}

/** Returns the part of `total` for one of `count`, so that all parts add up to it. */
function shareOf(total: number, count: number, place: number): number {
  return Math.floor((total * (place + 1)) / count) - Math.floor((total * place) / count);
}

function shuffle(list: unknown[], random: Random): void {
  for (let i = list.length - 1; i > 0; i--) {
    const other = Math.floor(random() * (i + 1));
    [list[i], list[other]] = [list[other], list[i]];
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
