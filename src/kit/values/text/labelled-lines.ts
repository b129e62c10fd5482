import { readHtmlPage } from "../../html-page.ts";
import { foldTitle } from "../../pages/fold-title.ts";
import { labelledValues } from "../../pages/labelled-values.ts";
import { htmlInText } from "../html/html-in-text.ts";

/** A label of a text, as written, and the text below it. */
export interface LabelledLine {
  readonly label: string;
  readonly value: string;
}

const labelLine = /^\s*(?:[-–—•*]\s*)?([^\s:][^:]{0,79}?)\s*:(?!\/\/)\s*(.*)$/;
/** Separator of labels that share a line. */
const betweenLabels = /\s*[;|]\s*(?=[^:;|]{1,80}:(?!\/\/))/;

/** Returns the labels of lines such as "Montant : 10 000 € ; Contact : DDT". Other lines belong to the label above. */
export function labelledLines(text: string): readonly LabelledLine[] {
  const trimmed = text.trim();
  const lines = /[\r\n]/.test(trimmed) ? trimmed.split(/\r\n?|\n/) : trimmed.split(betweenLabels);
  const found: { label: string; lines: string[] }[] = [];
  for (const line of lines) {
    const [, label, rest = ""] = labelLine.exec(line) ?? [];
    if (label !== undefined) found.push({ label, lines: [rest] });
    else found.at(-1)?.lines.push(line);
  }
  return found.map(({ label, lines: own }) => ({ label, value: own.join("\n").trim() }));
}

/**
 * Returns what a cell says under the first of these labels that it has, or null: see `labelledLines`. In HTML, the label may also be a bold
 * text or the first cell of a row, and the items of a list are a list of texts: see `labelledValues`.
 */
export function valueUnderLabel(text: string, labels: readonly string[]): string | readonly string[] | null {
  const markup = htmlInText(text);
  if (markup !== null && "html" in markup) return inMarkup(markup.html, labels);
  const values = new Map<string, string>();
  for (const { label, value } of labelledLines(markup === null ? text : markup.plain)) {
    const title = foldTitle(label);
    if (value !== "" && !values.has(title)) values.set(title, value);
  }
  for (const label of labels) {
    const value = values.get(foldTitle(label));
    if (value !== undefined) return value;
  }
  return null;
}

function inMarkup(html: string, labels: readonly string[]): string | readonly string[] | null {
  try {
    return labelledValues(readHtmlPage(html, "cell"), { value: labels }).value ?? null;
  } catch {
    return null; // beyond the limits of a page
  }
}
