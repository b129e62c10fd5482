import { deepestNesting } from "./bounded-markdown.ts";
import { cellTag, escapeAttribute, escapeText, listTag } from "./html-markup.ts";
import { type HtmlElement, type HtmlNode, treeOfHtml } from "./html-tree.ts";
import { isPlainBlock } from "./is-plain-block.ts";
import { escapeLineStarts, inlineMarkdown } from "./markdown-inline.ts";
import { cleanMarkdown } from "./markdown-to-html.ts";

const blockTags: ReadonlySet<string> = new Set(["p", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "blockquote", "table"]);

/**
 * Converts canonical HTML (of `cleanHtml`) to Markdown that reads back to the same: `cleanMarkdown(htmlToMarkdown(h))` is `h`. Each block
 * that is not plain is read back to be sure; a block without a Markdown form (spanning cells, underline inside a word) stays HTML, which
 * Markdown allows.
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
    blocks.push(isSure ? block : written);
  }
  return blocks.join("\n\n");
}

/** Returns null if quotes and lists are nested deeper than can be read back. */
function markdownOf(node: HtmlNode, previous: string): string | null {
  if (typeof node === "string") return inlineBlock([node]);
  return nestingOf(node) > deepestNesting ? null : blockMarkdown(node, previous);
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

/** Converts the content of a quote or item: texts and blocks separated by empty lines; a nested list follows its text directly. */
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

/** Converts a table with one header row and plain cells to GitHub's form; null for any other. */
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

/** Returns a node as canonical HTML. */
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
