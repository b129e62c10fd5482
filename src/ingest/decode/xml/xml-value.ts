/**
 * Returns the value of an element. It depends on the content:
 * - only text or CDATA: the unmodified text;
 * - only elements: an object with their values by name, or with a list of values for a repeated name. Blanks between elements are dropped;
 * - text and elements (unescaped HTML), or XHTML declared by `type` (Atom): a text with the markup, without prefixes.
 *
 * An element with attributes always becomes an object, with `@name` for each attribute and the text under `#text`.
 */
function xmlValue(node: XmlNode): unknown {
  const text = textOf(node);
  if (node.attributes.length === 0 && text !== null) return text;
  const members = attributesOf(node);
  if (text === null) addElements(members, node);
  else if (text !== "") members.set("#text", text);
  return Object.fromEntries(members);
}

/**
 * Returns the fields of a record's element. The text directly inside the element is under `#text`. `keyedBy` is an attribute that contains
 * the names of the fields: `<column name="titre">` becomes `titre`. An element without this attribute keeps its own name.
 */
export function xmlRecord(element: XmlNode, keyedBy?: string): Record<string, unknown> {
  const node = keyedBy === undefined ? element : withNamesFrom(keyedBy, element);
  const members = attributesOf(node);
  addElements(members, node);
  const text = node.content.filter((part) => typeof part === "string").join("");
  if (text.trim() !== "") members.set("#text", text);
  // `fromEntries` is safe for an element with the name `__proto__`.
  return Object.fromEntries(members);
}

function withNamesFrom(attribute: string, node: XmlNode): XmlNode {
  const content = node.content.map((part) => {
    const name = typeof part === "string" ? undefined : part.attributes.find(([key]) => key === attribute)?.[1];
    if (typeof part === "string" || name === undefined) return part;
    return { ...part, name, attributes: part.attributes.filter(([key]) => key !== attribute) };
  });
  return { ...node, content };
}

/** Returns the text of an element, with markup if text and elements are mixed. Returns null if it contains only elements. */
function textOf(node: XmlNode): string | null {
  if (node.content.length === 0) return "";
  const [first] = node.content;
  if (node.content.length === 1 && typeof first === "string") return first;
  const isMixed = node.content.some((part) => typeof part === "string" && part.trim() !== "");
  return isMixed || isXhtml(node) ? markup(node.content) : null;
}

/** Returns true if an element contains XHTML: `type="xhtml"` (RFC 4287, 3.1.1.3). */
function isXhtml(node: XmlNode): boolean {
  return node.attributes.some(([name, value]) => name === "type" && value === "xhtml");
}

function attributesOf(node: XmlNode): Map<string, unknown> {
  return new Map(node.attributes.map(([name, value]) => [`@${name}`, value]));
}

function addElements(members: Map<string, unknown>, node: XmlNode): void {
  const byName = new Map<string, unknown[]>();
  for (const part of node.content) {
    if (typeof part === "string") continue;
    const value = xmlValue(part);
    const values = byName.get(part.name);
    if (values === undefined) byName.set(part.name, [value]);
    else values.push(value);
  }
  for (const [name, values] of byName) members.set(name, values.length === 1 ? values[0] : values);
}

function markup(content: readonly (string | XmlNode)[]): string {
  return content.map((part) => (typeof part === "string" ? escaped(part) : elementMarkup(part))).join("");
}

function elementMarkup(node: XmlNode): string {
  const attributes = node.attributes.map(([name, value]) => ` ${name}="${escaped(value).replaceAll('"', "&quot;")}"`).join("");
  if (node.content.length === 0) return `<${node.name}${attributes}/>`;
  return `<${node.name}${attributes}>${markup(node.content)}</${node.name}>`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** An element of a record. */
export interface XmlNode {
  /** Without namespace prefix. */
  readonly name: string;
  /** Without namespace declarations. Names have no prefix. */
  readonly attributes: readonly (readonly [string, string])[];
  /** Texts and elements in order. Adjacent texts are joined. */
  readonly content: (string | XmlNode)[];
}

/** Returns a name without its namespace prefix. */
export function localName(name: string): string {
  return name.slice(name.indexOf(":") + 1);
}
