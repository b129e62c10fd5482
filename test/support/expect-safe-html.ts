import { parseDocument } from "htmlparser2";
import { expect } from "vitest";

const allowed: Readonly<Record<string, readonly string[]>> = {
  p: [],
  h2: [],
  h3: [],
  h4: [],
  h5: [],
  h6: [],
  ul: [],
  ol: ["start"],
  li: [],
  blockquote: [],
  table: [],
  caption: [],
  thead: [],
  tbody: [],
  tr: [],
  th: ["colspan", "rowspan"],
  td: ["colspan", "rowspan"],
  a: ["href", "rel"],
  strong: [],
  em: [],
  u: [],
  s: [],
  sub: [],
  sup: [],
  br: [],
};

interface ParsedNode {
  type: string;
  name?: string;
  attribs?: Record<string, string>;
  children?: ParsedNode[];
}

/** Fails if HTML, parsed by another parser, contains a tag, attribute or scheme that is not on the list. */
export function expectSafeHtml(html: string): void {
  const document = parseDocument(html);
  const open: ParsedNode[] = [...(document.children as unknown as ParsedNode[])];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.type === "text") continue;
    const attributes = allowed[node.name ?? node.type];
    expect(attributes, `<${node.name ?? node.type}> in ${html}`).toBeDefined();
    for (const [name, value] of Object.entries(node.attribs ?? {})) {
      expect(attributes, `${name} in ${html}`).toContain(name);
      if (name === "href") expect(value, html).toMatch(/^(?:https?:\/\/[^\s<>"]+|mailto:[^\s<>"]+|tel:\+?[\d.()/-]+)$/i);
    }
    for (const child of node.children ?? []) open.push(child);
  }
}
