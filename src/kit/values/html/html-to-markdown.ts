import { maxNesting } from "./bounded-markdown.ts";
import { cellTag, escapeAttribute, escapeText, listTag } from "./html-markup.ts";
import { cleanMarkdown } from "./markdown-to-html.ts";
import type { Attributes } from "./markup-sink.ts";
import { readMarkup } from "./read-markup.ts";

const blockTags: ReadonlySet<string> = new Set(["p", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "blockquote", "table"]);

/**
 * Converts canonical HTML (of `cleanHtml`) to Markdown. `cleanMarkdown` converts the result back to the same HTML. Therefore each block
 * that is not plain is converted back and compared. A block that Markdown cannot express, such as a table with spanning cells, stays HTML.
 */
export function htmlToMarkdown(html: string): string {
  const blocks: string[] = [];
  let previous = "";
  for (const node of treeOfHtml(html)) {
    const written = htmlOf(node);
    const block = markdownOf(node, previous);
    const isSure = block !== null && (isPlainBlock(written) || cleanMarkdown(block) === written);
    const tag = typeof node === "string" ? "" : node.tag;
    // Two consecutive lists or quotes would be read as one.
    if (tag === previous.split(" ")[0] && (tag === "blockquote" || !isSure)) blocks.push("<!-- -->");
    previous = isSure && previous === tag ? `${tag} other` : tag;
    blocks.push(isSure ? (lighterBlocks(block).find((lighter) => cleanMarkdown(lighter) === written) ?? block) : written);
  }
  return blocks.join("\n\n");
}

/** Returns a block without escapes and tags that most texts do not need ("R&amp;D", "1413ZA \\| 1413ZB"), the lightest first. */
function lighterBlocks(block: string): string[] {
  const unescaped = block
    .replace(/&amp;(?=\s|[A-Z]\b)/g, "&")
    .replace(/&lt;(?=[\s\d=])/g, "<")
    .replace(/\\([_|.:@-])/g, "$1");
  const marked = unescaped.replace(/<(strong|em)>([^<]*)<\/\1>/g, (_, tag: string, inside: string) =>
    tag === "em" ? `_${inside}_` : `**${inside.replace(/(?<!\\)\*/g, "_")}**`,
  );
  return [...new Set([marked, unescaped])].filter((lighter) => lighter !== block);
}

/** Converts a block. Returns null if quotes and lists are nested deeper than `cleanMarkdown` reads. */
function markdownOf(node: HtmlNode, previous: string): string | null {
  if (typeof node === "string") return inlineBlock([node]);
  return nestingOf(node) > maxNesting ? null : blockMarkdown(node, previous);
}

function nestingOf(node: HtmlNode): number {
  if (typeof node === "string") return 0;
  const inside = node.children.reduce((deepest, child) => Math.max(deepest, nestingOf(child)), 0);
  return inside + (node.tag === "blockquote" || node.tag === "ul" || node.tag === "ol" ? 1 : 0);
}

function blockMarkdown(element: HtmlElement, previous: string): string {
  const { tag, children } = element;
  if (tag === "p") return inlineBlock(children);
  if (tag === "blockquote") return prefixed(containerMarkdown(children), "> ", "> ");
  if (tag === "ul" || tag === "ol") return listMarkdown(element, previous === tag);
  if (tag === "table") return tableMarkdown(element) ?? htmlOf(element);
  return `${"#".repeat(Number(tag.slice(1)))} ${inlineMarkdown(children, "<br>").replace(/#+$/, "\\$&")}`;
}

function inlineBlock(nodes: readonly HtmlNode[]): string {
  return escapeLineStarts(inlineMarkdown(nodes, "  \n"));
}

/** Converts the content of a quote or list item. An empty line separates blocks, except between a text and its nested list. */
function containerMarkdown(children: readonly HtmlNode[]): string {
  let markdown = "";
  let line: HtmlNode[] = [];
  let previous = "";
  const add = (block: string, tag: string) => {
    const isList = tag === "ul" || tag === "ol";
    markdown += markdown === "" ? block : `${isList && previous === "text" ? "\n" : "\n\n"}${block}`;
    previous = tag;
  };
  const endLine = () => {
    if (line.length > 0) add(inlineBlock(line), "text");
    line = [];
  };
  for (const child of children) {
    if (typeof child === "string" || !blockTags.has(child.tag)) {
      line.push(child);
      continue;
    }
    endLine();
    add(blockMarkdown(child, previous), child.tag);
  }
  endLine();
  return markdown;
}

function listMarkdown(list: HtmlElement, isOther: boolean): string {
  let place = Number(list.attributes.start ?? "1");
  const items: string[] = [];
  for (const item of list.children) {
    if (typeof item === "string") continue;
    const sign = list.tag === "ul" ? (isOther ? "*" : "-") : `${place}${isOther ? ")" : "."}`;
    items.push(prefixed(containerMarkdown(item.children), `${sign} `, " ".repeat(sign.length + 1)));
    place++;
  }
  return items.join("\n");
}

function prefixed(markdown: string, first: string, others: string): string {
  const lines = markdown.split("\n");
  return lines.map((line, index) => (line === "" ? others.trimEnd() : (index === 0 ? first : others) + line)).join("\n");
}

/** Converts a table with one header row to GitHub's form. Returns null for any other table. */
function tableMarkdown(table: HtmlElement): string | null {
  const [head, body, ...more] = table.children;
  if (typeof head !== "object" || typeof body !== "object" || head.tag !== "thead" || body.tag !== "tbody" || more.length > 0) return null;
  if (head.children.length !== 1) return null;
  const rows: string[] = [];
  for (const row of [...head.children, ...body.children]) {
    if (typeof row === "string") return null;
    const cells = row.children.map((cell) => (typeof cell === "string" ? cell : inlineMarkdown(cell.children, "<br>")));
    if (rows.length === 1) rows.push(`|${" --- |".repeat(cells.length)}`);
    rows.push(`| ${cells.join(" | ")} |`);
  }
  return rows.join("\n");
}

/** Returns the canonical HTML of a node. */
function htmlOf(node: HtmlNode): string {
  if (typeof node === "string") return escapeText(node);
  const { tag, attributes, children } = node;
  if (tag === "br") return "<br>";
  return `${openingTag(tag, attributes)}${children.map(htmlOf).join("")}</${tag}>`;
}

function openingTag(tag: string, attributes: HtmlElement["attributes"]): string {
  if (tag === "a") return `<a href="${escapeAttribute(attributes.href ?? "")}" rel="noopener">`;
  if (tag === "td" || tag === "th") return cellTag(tag, attributes);
  if (tag === "ul" || tag === "ol") return listTag(tag === "ol", attributes);
  return `<${tag}>`;
}

const letter = "A-Za-z\\u00c0-\\u00ff\\u0152\\u0153";
const signs = " ,;:.!?()'‘’«»“”\"%€/°–…\\u00a0\\u202f-";
const words = `[0-9${letter}${signs}]*`;
const bold = `<strong>[0-9${letter}](?:${words}[0-9${letter}:.?!])?</strong>(?=[ ,;.:)<])`;
const link = `<a href="https?://[A-Za-z0-9./?=%#_-]+" rel="noopener">[0-9${letter}](?:${words}[0-9${letter}])?</a>(?=[ ,;.:)<])`;
const marked = `(?:${bold}|${link})`;
/** A line that starts with a letter, bold text or a link, with a blank before each bold text or link. */
const line = `(?:(?:[${letter}«“"]|\\d+ (?=[${letter}]))${words}|${marked}${words})(?:(?<= )${marked}${words})*`;
const item = `<li>${line}</li>`;
const plain = new RegExp(`^(?:<p>${line}(?:<br>${line})*</p>|<(h[2-6])>${line}</\\1>|<([uo]l)>(?:${item})+</\\2>)$`);
/** Starts of links without a tag, and blanks that `cleanMarkdown` removes. */
const unsure = /(?<!<a href="https?:)\/\/|(?<![/.])www\.| {2}|[ \u00a0\u202f]<(?!strong|a )/i;

/** Returns true for plain words, bold, links, breaks and flat lists, which `cleanMarkdown` converts back. False means unknown. */
export function isPlainBlock(html: string): boolean {
  return plain.test(html) && !unsure.test(html);
}

const inlineMarks: Readonly<Record<string, string>> = { strong: "**", em: "*", s: "~~" };

/** Converts texts, formats and links to Markdown. Formats without a Markdown mark stay tags. */
function inlineMarkdown(nodes: readonly HtmlNode[], lineBreak: string): string {
  let markdown = "";
  for (const [index, node] of nodes.entries()) {
    if (typeof node === "string") {
      markdown += escapeMarkdown(node);
      continue;
    }
    if (node.tag === "br") {
      markdown += lineBreak;
      continue;
    }
    const inside = inlineMarkdown(node.children, lineBreak);
    if (node.tag === "a") {
      markdown += linkMarkdown(node.attributes.href ?? "", inside, node.children);
      continue;
    }
    const mark = inlineMarks[node.tag];
    const next = nodes[index + 1];
    const isSure = mark !== undefined && canEmphasise(inside, markdown, next);
    markdown += isSure ? `${mark}${inside}${mark}` : `<${node.tag}>${inside}</${node.tag}>`;
  }
  return markdown;
}

function linkMarkdown(href: string, inside: string, children: readonly HtmlNode[]): string {
  const [text] = children;
  const isOwnAddress = children.length === 1 && typeof text === "string" && (text === href || `mailto:${text}` === href);
  if (isOwnAddress && /^(?:https?:|[^\s:]+@)/.test(text) && !/[<>\s]/.test(text)) return `<${text}>`;
  return `[${inside}](${/[()]/.test(href) ? `<${href}>` : href})`;
}

/** Returns true if emphasis marks work here: around letters, or around punctuation if no word touches the marks. */
function canEmphasise(inside: string, before: string, next: HtmlNode | undefined): boolean {
  if (/[*~]/.test(inside) || /[*~\\]$/.test(before) || inside.includes("\n\n")) return false;
  const startsPlain = /^[\p{L}\p{N}]/u.test(inside) || (/^[^\s\\<&]/.test(inside) && !/[\p{L}\p{N}]$/u.test(before));
  const endsPlain = /[\p{L}\p{N}]$/u.test(inside) || (/[^\s\\]$/.test(inside) && !startsWord(next));
  return startsPlain && endsPlain;
}

function startsWord(next: HtmlNode | undefined): boolean {
  if (next === undefined) return false;
  return typeof next === "string" ? /^[\p{L}\p{N}]/u.test(next) : next.tag !== "br";
}

/** Escapes everything that Markdown would interpret inside a line. */
function escapeMarkdown(text: string): string {
  return escapeText(text)
    .replace(/[\\`*_[\]~|]/g, "\\$&")
    .replace(/&gt;/g, ">")
    .replace(/https?(?=:\/\/)|ftp(?=:\/\/)/gi, "$&\\")
    .replace(/www(?=\.)/gi, "$&\\")
    .replace(/@/g, "\\@");
}

/** Escapes line starts that Markdown would read as heading, list, quote, rule or table. */
function escapeLineStarts(markdown: string): string {
  return markdown
    .replace(/^(#{1,6}(?=\s|$)|[-+](?=\s|$)|>|=+\s*$|-{2,}\s*$|:?-[-:\s|\\]*$)/gm, "\\$1")
    .replace(/^(\d{1,9})([.)])(?=\s|$)/gm, "$1\\$2");
}

/** A node of canonical HTML: a text, or an element with its children. */
type HtmlNode = string | HtmlElement;

interface HtmlElement {
  readonly tag: string;
  readonly attributes: Attributes;
  readonly children: HtmlNode[];
}

/** Parses canonical HTML, whose tags are well nested. Decodes texts. */
function treeOfHtml(html: string): HtmlNode[] {
  const root: HtmlElement = { tag: "", attributes: {}, children: [] };
  const stack: HtmlElement[] = [root];
  readMarkup(html, {
    text: (text) => stack.at(-1)?.children.push(text),
    open: (tag, attributes) => {
      const element = { tag, attributes, children: [] };
      stack.at(-1)?.children.push(element);
      if (tag !== "br") stack.push(element);
    },
    close: () => {
      if (stack.length > 1) stack.pop();
    },
    unsafe: () => undefined,
  });
  return root.children;
}
