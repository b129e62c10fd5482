import { decodeEntitiesOnce } from "../../kit/values/html/decode-entities.ts";

/** Converts canonical HTML to lines of plain text for a spreadsheet cell: lists with dashes, no formats, no link addresses. */
export function plainLines(html: string | null): string | null {
  if (html === null) return null;
  const text = html
    .replace(/<li>/g, "- ")
    .replace(/<br>|<\/(?:p|li|h\d|tr|blockquote)>/g, "\n")
    .replace(/<\/t[dh]>(?=<t[dh])/g, " | ")
    .replace(/<!--.*?-->|<\/?[a-z][^<>]*>/g, "");
  return (text.includes("&") ? decodeEntitiesOnce(text) : text).replace(/\n{3,}/g, "\n\n").trim() || null;
}
