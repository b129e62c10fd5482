import type { DecodeOptions } from "../../../src/kit/definition.ts";
import { isRecord } from "../../../src/kit/expressions/field-path.ts";
import type { Values } from "../own-feed.ts";

/**
 * Writes records as XML at the connector's path; `*` in a path becomes the element `flux`. With `keyedBy` the attribute contains a field's
 * name.
 */
export function xmlFeed(records: readonly Values[], { recordPath, keyedBy }: Extract<DecodeOptions, { format: "xml" }>): string {
  const [path = ""] = [recordPath].flat();
  const names = path
    .split("/")
    .slice(1)
    .map((name) => (name === "*" ? "flux" : name));
  const name = names.pop() ?? "aide";
  const inside = records.map((record) => recordElement(name, record, keyedBy)).join("\n");
  return `<?xml version="1.0" encoding="UTF-8"?>\n${names.map((outer) => `<${outer}>`).join("")}\n${inside}\n${names
    .reverse()
    .map((outer) => `</${outer}>`)
    .join("")}\n`;
}

function recordElement(name: string, record: Values, keyedBy: string | undefined): string {
  if (keyedBy === undefined) return element(name, record);
  const columns = Object.entries(record).filter(([key]) => !key.startsWith("@"));
  const written = columns.map(([key, value]) =>
    element("column", isRecord(value) ? { [`@${keyedBy}`]: key, ...value } : { [`@${keyedBy}`]: key, "#text": value }),
  );
  return `<${name}${attributesOf(record)}>${written.join("")}</${name}>`;
}

/** Writes an element in the decoder's form: `@name` are attributes, `#text` is the text, and a list repeats the element. */
function element(name: string, value: unknown): string {
  if (Array.isArray(value)) return value.map((member) => element(name, member)).join("");
  if (!isRecord(value)) return `<${name}>${escaped(value)}</${name}>`;
  const children = Object.entries(value).filter(([key]) => !key.startsWith("@") && key !== "#text");
  const inner = children.map(([key, member]) => element(key, member)).join("");
  return `<${name}${attributesOf(value)}>${escaped(value["#text"])}${inner}</${name}>`;
}

function attributesOf(value: Values): string {
  const attributes = Object.entries(value).filter(([key]) => key.startsWith("@"));
  return attributes.map(([key, text]) => ` ${key.slice(1)}="${escaped(text)}"`).join("");
}

function escaped(value: unknown): string {
  const text = value === null || value === undefined ? "" : String(value);
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("\r", "&#13;")
    .replaceAll("\n", "&#10;")
    .replaceAll("\t", "&#9;");
}
