import { french } from "./typography.ts";

const named: Readonly<Record<string, string>> = {
  iso: "comme 2026-11-25",
  "iso-local": "comme 2026-11-25",
  french: "comme 25 novembre 2026",
  rfc822: "comme dans un flux RSS",
};

/** How a date or a time is written, as French people read formats: `dd/MM/yyyy` is « jj/mm/aaaa ». */
export function dateFormatWords(format: string): string {
  const known = named[format];
  if (known !== undefined) return known;
  return french`${format
    .replaceAll("yyyy", "aaaa")
    .replaceAll("yy", "aa")
    .replaceAll("mm", "mn")
    .replaceAll("MMMM", "mois")
    .replaceAll("MM", "mm")
    .replace(/\bM\b/g, "m")
    .replaceAll("dd", "jj")
    .replace(/\bd\b/g, "j")
    .replaceAll("HH", "hh")}`;
}
