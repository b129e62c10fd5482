import { decodeEntitiesOnce } from "../../kit/values/html/decode-entities.ts";

/** Canonical HTML as lines of plain text, for a cell of a spreadsheet: lists with dashes, formats and addresses of links gone. */
export function plainLines(html: string | null): string | null {
  if (html === null) return null;
  const text = html
    .replace(/<li>/g, "- ")
    .replace(/<br>|<\/(?:p|li|h\d|tr|blockquote)>/g, "\n")
    .replace(/<\/t[dh]>(?=<t[dh])/g, " | ")
    .replace(/<!--.*?-->|<\/?[a-z][^<>]*>/g, "");
  return (text.includes("&") ? decodeEntitiesOnce(text) : text).replace(/\n{3,}/g, "\n\n").trim() || null;
}
