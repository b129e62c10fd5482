import type { DigestLine, DigestSection, NextStep } from "./fr-digest-lines.ts";
import type { DigestPage, DigestPart } from "./fr-digest-page.ts";
import { counted } from "./fr-typography.ts";

const font = "font-family:Arial,Helvetica,sans-serif;color:#1e1e1e";
const cell =
  "padding:8px 10px;border-top:1px solid #dddddd;vertical-align:top;text-align:left;overflow-wrap:anywhere;font-size:14px;line-height:1.45";
const head = "padding:6px 10px;text-align:left;font-size:12px;color:#555555;font-weight:bold";
const code = "font-family:Consolas,Menlo,monospace;font-size:13px;background:#f2f2f2;padding:1px 4px";

/** The page as HTML for a mail client: styles in place, tables, no image, no script, no link; every word is escaped. */
export function digestHtml({ subject, title, period, night, parts }: DigestPage): string {
  return `<!doctype html>
<html lang="fr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escaped(subject)}</title></head>
<body style="margin:0;padding:16px;background:#ffffff;${font}">
<div style="max-width:860px;margin:0 auto">
<h1 style="font-size:22px;margin:0 0 6px">${escaped(title)}</h1>
<p style="margin:0 0 4px;font-size:14px;color:#555555">${escaped(period)}</p>
<p style="margin:0 0 8px;font-size:14px">${escaped(night)}</p>
${parts.map(partHtml).join("\n")}
</div>
</body></html>
`;
}

function partHtml({ title, sections }: DigestPart): string {
  const body = sections.length === 0 ? '<p style="font-size:14px">Rien à signaler.</p>' : sections.map(sectionHtml).join("\n");
  return `<h2 style="font-size:18px;margin:24px 0 4px;padding-bottom:4px;border-bottom:2px solid #000091">${escaped(title)}</h2>\n${body}`;
}

function sectionHtml({ title, count, lines, more }: DigestSection): string {
  const left = count - lines.length;
  const rest = left > 0 ? `<p style="margin:6px 10px;font-size:14px">… et ${escaped(counted(left, "autre"))}. ${stepHtml(more)}</p>` : "";
  return `<h3 style="font-size:15px;margin:16px 0 4px">${escaped(title)} (${count})</h3>
<table width="100%" cellpadding="0" cellspacing="0" style="border-collapse:collapse;width:100%">
<tr><th scope="col" width="24%" style="${head}">Qui</th><th scope="col" width="40%" style="${head}">Quoi</th><th scope="col" width="36%" style="${head}">À faire</th></tr>
${lines.map(lineHtml).join("\n")}
</table>${rest}`;
}

function lineHtml({ who, what, next }: DigestLine): string {
  return `<tr><td style="${cell}"><b>${escaped(who)}</b></td><td style="${cell}">${what.map(escaped).join("<br>")}</td><td style="${cell}">${next.map(stepHtml).join("<br>")}</td></tr>`;
}

function stepHtml({ say, command }: NextStep): string {
  return command === null ? escaped(say) : `${escaped(say)}&nbsp;: <code style="${code}">${escaped(command)}</code>`;
}

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
