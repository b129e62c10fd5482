import type { XmlNode } from "./xml-node.ts";

/**
 * The value of an element:
 * - only text: that text as it stands (`""` where the element is empty); CDATA is text;
 * - only elements: an object of their values by name, a list where a name is repeated; blanks between them are left out;
 * - text and elements mixed (unescaped HTML), or XHTML that says so (Atom): text, the markup inside as written, without prefixes;
 * - with attributes always an object: `@name` for each, the text under `#text`.
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
 * The values of a record's element: always an object; text between its elements, or its only content, is under `#text`.
 * @param keyedBy attribute of its elements that tells their names (`<column name="titre">` is `titre`); one without it keeps its own
 */
export function xmlRecord(element: XmlNode, keyedBy?: string): Record<string, unknown> {
  const node = keyedBy === undefined ? element : withNamesFrom(keyedBy, element);
  const members = attributesOf(node);
  addElements(members, node);
  const text = node.content.filter((part) => typeof part === "string").join("");
  if (text.trim() !== "") members.set("#text", text);
  // Not written key by key: an element may be called __proto__.
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

/** Text content, or markup where text and elements are mixed; null where there are only elements. */
function textOf(node: XmlNode): string | null {
  if (node.content.length === 0) return "";
  const [first] = node.content;
  if (node.content.length === 1 && typeof first === "string") return first;
  const isMixed = node.content.some((part) => typeof part === "string" && part.trim() !== "");
  return isMixed || isXhtml(node) ? markup(node.content) : null;
}

/** `type="xhtml"`: the elements are the markup of a text (RFC 4287, 3.1.1.3). */
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
