import { escapeText } from "./html-markup.ts";
import type { HtmlNode } from "./html-tree.ts";

const inlineMarks: Readonly<Record<string, string>> = { strong: "**", em: "*", s: "~~" };

/** Texts, formats and links as Markdown, line breaks as line breaks; formats that Markdown has no sign for stay tags. */
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

/** Signs of emphasis are read as such around letters, and around punctuation only where no word touches them. */
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

/** A text in which nothing is taken for Markdown. */
function escapeMarkdown(text: string): string {
  return escapeText(text)
    .replace(/[\\`*_[\]~|]/g, "\\$&")
    .replace(/&gt;/g, ">")
    .replace(/https?(?=:\/\/)|ftp(?=:\/\/)/gi, "$&\\")
    .replace(/www(?=\.)/gi, "$&\\")
    .replace(/@/g, "\\@");
}

/** Lines whose beginning would be taken for a heading, a list, a quote, a rule or a table get a backslash. */
export function escapeLineStarts(markdown: string): string {
  return markdown
    .replace(/^(#{1,6}(?=\s|$)|[-+](?=\s|$)|>|=+\s*$|-{2,}\s*$|:?-[-:\s|\\]*$)/gm, "\\$1")
    .replace(/^(\d{1,9})([.)])(?=\s|$)/gm, "$1\\$2");
}
