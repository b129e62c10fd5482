import { type HtmlPage, type PageElement, type PageNode, selectInPage } from "../../kit/html-page.ts";

/** How far up a selector looks for an element with a name. */
const maxLevels = 6;

/** Landmarks and other elements of which a page has one. */
const landmarks: ReadonlySet<string> = new Set(["main", "article"]);

/** Returns a short CSS selector of names, never positions, for these elements and no others, or null. Generated names come last. */
export function selectorFor(elements: readonly PageElement[], page: HtmlPage): string | null {
  const wanted = new Set(elements);
  const isExact = (selector: string) => {
    const found = selectInPage(selector, page);
    return found.length === wanted.size && found.every((element) => wanted.has(element));
  };
  const alone = namesOf(elements);
  const [parent, ...others] = new Set(parentsOf(elements).map(({ name }) => name));
  // The tag around tells the rows of a table from those of its head.
  const own = parent === undefined || others.length > 0 ? alone : [...alone, ...alone.map((name) => `${parent} > ${name}`)];
  const named = own.find((name) => isName(name) && isExact(name));
  if (named !== undefined) return named;
  let level = parentsOf(elements);
  for (let climbed = 1; climbed <= maxLevels && level.length > 0; climbed++) {
    const joint = climbed === 1 ? " > " : " ";
    for (const around of namesOf(level).filter((name) => isName(name) || landmarks.has(name))) {
      const within = own.map((name) => `${around}${joint}${name}`).find(isExact);
      if (within !== undefined) return within;
    }
    level = parentsOf(level);
  }
  return [...own, ...generatedNamesOf(elements)].find(isExact) ?? null;
}

/** Returns simple selectors that match all of the elements, the most telling first. */
export function namesOf(elements: readonly PageElement[]): string[] {
  const [first] = elements;
  if (first === undefined) return [];
  const tag = elements.every(({ name }) => name === first.name) ? first.name : "";
  const { id = "" } = first.attribs;
  const ids = elements.length === 1 && isWritten(id) ? [`#${id}`] : [];
  const roles = sharedAttribute(elements, "role") ?? sharedAttribute(elements, "itemprop");
  const classes = classesOf(first).filter((name) => elements.every((element) => classesOf(element).includes(name)));
  const plain = classes.map((name) => `.${name}`);
  return [
    ...ids,
    ...(roles === null ? [] : [roles]),
    ...plain,
    ...(tag === "" ? [] : plain.map((name) => `${tag}${name}`)),
    ...(classes.length > 1 ? [`.${classes.join(".")}`] : []),
    ...(tag === "" ? [] : [tag]),
  ];
}

function generatedNamesOf(elements: readonly PageElement[]): string[] {
  const [first] = elements;
  const names = first === undefined ? [] : generatedClassesOf(first);
  return names.filter((name) => elements.every((element) => generatedClassesOf(element).includes(name))).map((name) => `.${name}`);
}

function isName(selector: string): boolean {
  return /[#.[]/.test(selector);
}

function sharedAttribute(elements: readonly PageElement[], name: string): string | null {
  const value = elements[0]?.attribs[name];
  return value !== undefined && isWritten(value) && elements.every(({ attribs }) => attribs[name] === value) ? `[${name}=${value}]` : null;
}

/** Classes for the place or the momentary look of an element. */
const passing =
  /^(?:first|last|odd|even|active|current|open|closed|clearfix|row|col|container|wrapper|inner|outer|left|right|small|large)$|^(?:is|has|col|mt|mb|ml|mr|m|p|pt|pb|px|py|w|h|d|order|fr-col|js)-/i;

/** Returns the classes that a person has written, of which a selector can be made. */
function classesOf({ attribs }: PageElement): string[] {
  return classNames(attribs).filter((name) => isWritten(name) && !passing.test(name));
}

function generatedClassesOf({ attribs }: PageElement): string[] {
  return classNames(attribs).filter((name) => /^-?[a-z_][\w-]*$/i.test(name) && !isWritten(name) && !passing.test(name));
}

function classNames({ class: written = "" }: PageElement["attribs"]): string[] {
  return written.split(/\s+/).filter((name) => name !== "");
}

/** Returns false for a name with a number or a hash, which the next release or the next element changes. `card__title` is no hash. */
function isWritten(name: string): boolean {
  const isHash = /__[A-Za-z0-9]{5,}$/.test(name) && !/__[a-z]+$/.test(name);
  return /^[a-z_][\w-]*$/i.test(name) && !isHash && !/\d{2}|\d$|^css-|^sc-|[a-z]\d[a-z]/.test(name.replace(/^h[1-6]$/, "h"));
}

function parentsOf(elements: readonly PageElement[]): PageElement[] {
  const parents = elements.map(({ parent }) => parent as PageNode | null);
  if (parents.some((parent) => parent === null || !("attribs" in parent))) return [];
  return [...new Set(parents as PageElement[])];
}
