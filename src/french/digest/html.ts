import { counted } from "../typography.ts";
import type { DigestLine, DigestSection, NextStep } from "./lines.ts";
import type { DigestPage, DigestPart } from "./page.ts";

const font = "font-family:Arial,Helvetica,sans-serif;color:#1e1e1e";
const block = "border-top:1px solid #dddddd;padding:8px 0 6px;font-size:14px;line-height:1.45;overflow-wrap:anywhere;word-break:break-word";
/** Style of a column. Columns wrap below each other if there is no room, the only way that all mail clients support. */
const column = (width: number) => `display:inline-block;vertical-align:top;width:100%;max-width:${width}px`;
const code = "display:inline-block;font-family:Consolas,Menlo,monospace;font-size:13px;line-height:1.35;background:#f2f2f2;padding:1px 4px";
/** Maximum length of a word of a command that fits on a phone. Longer words may be broken. */
const maxWhole = 36;

/** Renders the page as HTML for mail clients: inline styles, no image, script or link; every word is escaped. */
export function digestHtml({ subject, title, expected, period, night, waiting, postponed, headline, parts }: DigestPage): string {
  return `<!doctype html>
<html lang="fr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escaped(subject)}</title></head>
<body style="margin:0;padding:16px;background:#ffffff;${font}">
<div style="max-width:860px;margin:0 auto">
<h1 style="font-size:22px;margin:0 0 6px">${escaped(title)}</h1>
${expected === null ? "" : `<p style="margin:0 0 4px;font-size:14px">${escaped(expected)}</p>\n`}<p style="margin:0 0 4px;font-size:14px;color:#555555">${escaped(period)}</p>
<p style="margin:0 0 8px;font-size:14px">${escaped(night)}</p>${[waiting, postponed].map((line) => (line === null ? "" : `\n<p style="margin:0 0 8px;font-size:14px">${escaped(line)}</p>`)).join("")}
${headline === null ? "" : `<p style="margin:0;font-size:14px"><b>${escaped(headline)}</b></p>`}
${parts.map(partHtml).join("\n")}
</div>
</body></html>
`;
}

function partHtml({ title, sections }: DigestPart): string {
  const body = sections.length === 0 ? '<p style="font-size:14px">Rien à signaler.</p>' : sections.map(sectionHtml).join("\n");
  return `<h2 style="font-size:18px;margin:24px 0 4px;padding-bottom:4px;border-bottom:2px solid #000091">${escaped(title)}</h2>\n${body}`;
}

function sectionHtml({ title, count, lines, left, more }: DigestSection): string {
  const rest = left > 0 ? `<div style="${block}">… et ${escaped(counted(left, "autre"))}. ${stepHtml(more)}</div>` : "";
  return `<h3 style="font-size:15px;margin:20px 0 6px">${escaped(title)} (${count})</h3>\n${lines.map(lineHtml).join("\n")}${rest}`;
}

function lineHtml({ who, what, next }: DigestLine): string {
  const said = what.map((text) => `<p style="margin:0 20px 4px 0">${escaped(text)}</p>`).join("");
  const steps = next.map((one) => `<p style="margin:0 0 4px">→ ${stepHtml(one)}</p>`).join("");
  return `<div style="${block}"><p style="margin:0 0 4px"><b>${escaped(who)}</b></p><div style="${column(490)}">${said}</div><div style="${column(370)}">${steps}</div></div>`;
}

function stepHtml({ say, command }: NextStep): string {
  return command === null
    ? escaped(say)
    : `${escaped(say)}&nbsp;: <code style="${code}">${command.split(" ").map(wholeWord).join(" ")}</code>`;
}

/** Prevents line breaks at hyphens, so that a copied command stays intact. */
function wholeWord(word: string): string {
  return word.length > maxWhole || !word.includes("-") ? escaped(word) : `<span style="white-space:nowrap">${escaped(word)}</span>`;
}

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
