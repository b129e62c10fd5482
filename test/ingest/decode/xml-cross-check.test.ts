import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { XMLParser } from "fast-xml-parser";
import { describe, expect, it } from "vitest";
import { decodeBytes, valuesOf } from "../../support/decode-bytes.ts";
import { projectRoot } from "../../support/loaded-connectors.ts";
import { sharedData, sharedFiles, whySkipped } from "../../support/shared-data.ts";

/** An element or a text of fast-xml-parser, in document order. */
type Parsed = Readonly<Record<string, unknown>>;

const attributes = ":@";
const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: "@",
  removeNSPrefix: true,
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  htmlEntities: true,
  ignorePiTags: true,
});

/**
 * Reads the document with another parser and a second implementation of the decoder's rules: only text is a text, only elements are an
 * object with lists for repeated names, mixed content is markup.
 */
function secondReading(xml: string): unknown {
  const root = (parser.parse(xml) as Parsed[]).find((node) => nameOf(node) !== "#text");
  if (root === undefined) throw new Error("no root element");
  const text = childrenOf(root).map(textOf).join("");
  return { ...attributesOf(root), ...elementsOf(root), ...(text.trim() !== "" && { "#text": text }) };
}

function readingOf(node: Parsed): unknown {
  const children = childrenOf(node);
  const own = attributesOf(node);
  const elements = children.filter((child) => nameOf(child) !== "#text");
  const isMarkup = own["@type"] === "xhtml" || children.some((child) => textOf(child).trim() !== "");
  if (elements.length > 0 && !isMarkup) return { ...own, ...elementsOf(node) };
  const text = elements.length === 0 ? children.map(textOf).join("") : children.map(markupOf).join("");
  if (Object.keys(own).length === 0) return text;
  return text === "" ? own : { ...own, "#text": text };
}

function elementsOf(node: Parsed): Record<string, unknown> {
  const byName = new Map<string, unknown[]>();
  for (const child of childrenOf(node)) {
    const name = nameOf(child);
    if (name !== "#text") byName.set(name, [...(byName.get(name) ?? []), readingOf(child)]);
  }
  return Object.fromEntries([...byName].map(([name, values]) => [name, values.length === 1 ? values[0] : values]));
}

function markupOf(node: Parsed): string {
  if (nameOf(node) === "#text") return escaped(textOf(node));
  const own = Object.entries(attributesOf(node)).map(([name, value]) => ` ${name.slice(1)}="${escaped(value).replaceAll('"', "&quot;")}"`);
  const inner = childrenOf(node).map(markupOf).join("");
  const tag = nameOf(node) + own.join("");
  return inner === "" ? `<${tag}/>` : `<${tag}>${inner}</${nameOf(node)}>`;
}

function nameOf(node: Parsed): string {
  return Object.keys(node).find((key) => key !== attributes) ?? "";
}

function childrenOf(node: Parsed): readonly Parsed[] {
  return node[nameOf(node)] as readonly Parsed[];
}

function textOf(node: Parsed): string {
  return nameOf(node) === "#text" ? String(node["#text"]) : "";
}

function attributesOf(node: Parsed): Record<string, string> {
  return (node[attributes] ?? {}) as Record<string, string>;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

const fixtures = readdirSync(join(projectRoot, "fixtures"), { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".xml"))
  .map((name) => join(projectRoot, "fixtures", name));
const real = [...sharedFiles("xml", ".xml"), ...sharedFiles("robustness/defusedxml-attacks", ".xml")];
const titled = (files: readonly string[], root: string) => files.map((file) => ({ file, title: relative(root, file) }));

/** Compares the whole document, read as one record, with the reading of fast-xml-parser. */
async function expectSameReading(file: string): Promise<void> {
  const xml = readFileSync(file, "utf8");
  const decoded = await decodeBytes(xml, { format: "xml", recordPath: "/*" });
  if (/<!DOCTYPE/.test(xml)) {
    // The decoder refuses every document type, so there is nothing to compare.
    expect(["forbidden-xml", "html-page"]).toContain(decoded.error?.code);
    return;
  }
  expect(decoded.error).toBeNull();
  expect(valuesOf(decoded)).toEqual([secondReading(xml)]);
}

describe("fast-xml-parser reads the same as our decoder", () => {
  it.each(titled(fixtures, projectRoot))("$title", ({ file }) => expectSameReading(file));
  it.skipIf(real.length === 0).each(titled(real, sharedData))(`$title${whySkipped}`, ({ file }) => expectSameReading(file));

  it("fixtures with XML exist", () => {
    expect(fixtures.length).toBeGreaterThanOrEqual(3);
  });

  it.each([
    ["entities and references", "<f><a b='1 &lt; 2 &#233;'>R&amp;D &#x20AC; &quot;</a></f>"],
    ["CDATA, comments and instructions inside a text", "<f><a>un <!-- non --><![CDATA[<b>deux</b> & ]]><?x y?>trois</a></f>"],
    ["mixed content", "<f><a>un <b c='d&quot;e'>deux</b><br/> &lt;trois&gt;</a></f>"],
    ["blanks", "<f>\r\n  <a> un\r\n deux </a>\r\n  <a/><a></a>\r\n</f>"],
    ["namespaces", "<x:f xmlns:x='urn:x'><x:a x:b='1'>un</x:a><y>deux</y></x:f>"],
    ["repeated names", "<f><a>1</a><b/><a>2</a></f>"],
    ["numbers that must stay texts", "<f><a>007</a><b>1e3</b><c>0x1F</c><d>true</d><e>+33</e></f>"],
  ])("%s", async (_, xml) => {
    expect(valuesOf(await decodeBytes(xml, { format: "xml", recordPath: "/*" }))).toEqual([secondReading(xml)]);
  });
});
