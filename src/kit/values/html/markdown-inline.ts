import { escapeText } from "./html-markup.ts";
import type { HtmlNode } from "./html-tree.ts";

const inlineMarks: Readonly<Record<string, string>> = { strong: "**", em: "*", s: "~~" };

/** Converts texts, formats and links to Markdown. Formats without a Markdown mark stay tags. */
export function inlineMarkdown(nodes: readonly HtmlNode[], lineBreak: string): string {
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
    const isSure = mark !== undefined && isRead(inside, markdown, next);
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

/** Emphasis marks work around letters, and around punctuation only if no word touches them. */
function isRead(inside: string, before: string, next: HtmlNode | undefined): boolean {
  if (/[*~]/.test(inside) || /[*~\\]$/.test(before) || inside.includes("\n\n")) return false;
  const startsPlain = /^[\p{L}\p{N}]/u.test(inside) || (/^[^\s\\<&]/.test(inside) && !/[\p{L}\p{N}]$/u.test(before));
  const endsPlain = /[\p{L}\p{N}]$/u.test(inside) || (/[^\s\\]$/.test(inside) && !startsWord(next));
  return startsPlain && endsPlain;
}

function startsWord(next: HtmlNode | undefined): boolean {
  if (next === undefined) return false;
  return typeof next === "string" ? /^[\p{L}\p{N}]/u.test(next) : next.tag !== "br";
}

/** Escapes everything that Markdown would interpret. */
function escapeMarkdown(text: string): string {
  return escapeText(text)
    .replace(/[\\`*_[\]~|]/g, "\\$&")
    .replace(/&gt;/g, ">")
    .replace(/https?(?=:\/\/)|ftp(?=:\/\/)/gi, "$&\\")
    .replace(/www(?=\.)/gi, "$&\\")
    .replace(/@/g, "\\@");
}

/** Escapes line starts that would be a heading, list, quote, rule or table. */
export function escapeLineStarts(markdown: string): string {
  return markdown
    .replace(/^(#{1,6}(?=\s|$)|[-+](?=\s|$)|>|=+\s*$|-{2,}\s*$|:?-[-:\s|\\]*$)/gm, "\\$1")
    .replace(/^(\d{1,9})([.)])(?=\s|$)/gm, "$1\\$2");
}
