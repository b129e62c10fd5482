import type { DecodeOptions } from "../../../src/kit/definition.ts";
import { readPageValue } from "../../../src/kit/html-page.ts";
import type { Values } from "../own-feed.ts";

/**
 * Writes records as a page for the connector's selectors: the last element of each selector (`ul.aides > li.une` gives `<li
 * class="une">`), once for each value.
 */
export function htmlFeed(records: readonly Values[], { records: selector, values }: Extract<DecodeOptions, { format: "html" }>): string {
  const items = records.map((record) => {
    const inside = new Map<string, { attributes: string; inner: string }[]>();
    let own = "";
    for (const [field, written] of Object.entries(values)) {
      const { selector: at, take } = readPageValue(written);
      for (const [index, value] of [record[field] ?? []].flat().entries()) {
        const attribute = typeof take === "object" ? ` ${take.attribute}="${escaped(value)}"` : "";
        const inner = take === "markup" ? String(value) : typeof take === "object" ? "" : escaped(value);
        if (at === "") own += attribute;
        const elements = inside.get(at) ?? [];
        const before = elements[index] ?? { attributes: "", inner: "" };
        elements[index] = { attributes: before.attributes + attribute, inner: before.inner + inner };
        inside.set(at, elements);
      }
    }
    const children = [...inside].map(([at, elements]) =>
      elements.map(({ attributes, inner }) => (at === "" ? inner : element(at, attributes, inner))).join(""),
    );
    return element(selector, own, children.join(""));
  });
  return `<!DOCTYPE html>\n<html lang="fr"><head><meta charset="utf-8"><title>Les aides</title></head><body>\n<ul>${items.join("\n")}</ul>\n</body></html>\n`;
}

function element(selector: string, attributes: string, inner: string): string {
  const [, tag = "div", classes = ""] = /([a-z][a-z0-9]*)?((?:\.[\w-]+)*)$/i.exec(selector) ?? [];
  const names = classes.split(".").filter((name) => name !== "");
  return `<${tag}${names.length > 0 ? ` class="${names.join(" ")}"` : ""}${attributes}>${inner}</${tag}>`;
}

function escaped(value: unknown): string {
  return String(value).replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
