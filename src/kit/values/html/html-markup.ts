import type { Attributes } from "./markup-sink.ts";

const marks: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** Escapes `&`, `<` and `>` in a text. */
export function escapeText(text: string): string {
  return /[&<>]/.test(text) ? text.replace(/[&<>]/g, (mark) => marks[mark] ?? mark) : text;
}

/** Escapes a text for an attribute in double quotes. */
export function escapeAttribute(text: string): string {
  return /[&<>"]/.test(text) ? text.replace(/[&<>"]/g, (mark) => marks[mark] ?? mark) : text;
}

/** Returns the opening tag of a table cell. Spans must be from 2 to 1000. */
export function cellTag(tag: string, attributes: Attributes): string {
  return `<${tag}${span("colspan", attributes.colspan)}${span("rowspan", attributes.rowspan)}>`;
}

function span(name: string, value: string | undefined): string {
  const count = value !== undefined && /^\s*\d{1,4}\s*$/.test(value) ? Number(value) : 1;
  return count > 1 && count <= 1000 ? ` ${name}="${count}"` : "";
}

/** Returns the opening tag of a list, with the start of a numbered list if it is not 1. */
export function listTag(isOrdered: boolean, attributes: Attributes): string {
  if (!isOrdered) return "<ul>";
  const start = attributes.start;
  const first = start !== undefined && /^\s*\d{1,6}\s*$/.test(start) ? Number(start) : 1;
  return first === 1 ? "<ol>" : `<ol start="${first}">`;
}
