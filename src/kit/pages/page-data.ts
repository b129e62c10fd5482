import type { PageData } from "../detail-pages.ts";
import { isRecord, valueAt } from "../expressions/field-path.ts";
import { type HtmlPage, type PageElement, type PageNode, selectInPage } from "../html-page.ts";
import { readLooseJson } from "../values/text/read-loose-json.ts";
import { elementText } from "./element-values.ts";

type Data = Readonly<Record<string, unknown>>;

/** Returns the data that a page contains for machines, or null. Ignores blocks that are no JSON. `text`: the whole page. */
export function pageData(page: HtmlPage, text: string, wanted: PageData): unknown {
  switch (wanted.from) {
    case "jsonLd":
      return jsonLd(page, wanted.type);
    case "microdata":
      return microdata(page, wanted.type);
    case "meta":
      return metaData(page);
    case "json":
      return embeddedJson(page, text, wanted);
  }
}

/** Classes of schema.org that describe the page, its site or its owner. */
const aroundThings: ReadonlySet<string> = new Set(
  [
    "WebSite",
    "WebPage",
    "ItemPage",
    "CollectionPage",
    "BreadcrumbList",
    "Organization",
    "GovernmentOrganization",
    "ImageObject",
    "SearchAction",
  ].map((name) => name.toLowerCase()),
);

function jsonLd(page: HtmlPage, type: string | undefined): Data | null {
  const things = selectInPage('script[type="application/ld+json"]', page).flatMap((script) => thingsIn(readLooseJson(scriptText(script))));
  const isWanted = (thing: Data) => {
    const classes = [thing["@type"]].flat().map((name) => lastPart(String(name)).toLowerCase());
    return type === undefined ? !classes.every((name) => aroundThings.has(name)) : classes.includes(type.toLowerCase());
  };
  return things.find(isWanted) ?? null;
}

function thingsIn(value: unknown): Data[] {
  if (Array.isArray(value)) return value.flatMap(thingsIn);
  if (!isRecord(value)) return [];
  return value["@graph"] === undefined ? [value] : thingsIn(value["@graph"]);
}

function lastPart(name: string): string {
  return name.split(/[/#:]/).at(-1) ?? "";
}

function microdata(page: HtmlPage, type: string | undefined): Data | null {
  const scopes = selectInPage("[itemscope][itemtype]", page);
  const typeOf = (scope: PageElement) => lastPart(scope.attribs.itemtype ?? "").toLowerCase();
  const scope = scopes.find((one) => (type === undefined ? !aroundThings.has(typeOf(one)) : typeOf(one) === type.toLowerCase()));
  return scope === undefined ? null : itemOf(scope);
}

function itemOf(scope: PageElement): Data {
  const values = new Map<string, unknown[]>();
  const visit = (nodes: readonly PageNode[]) => {
    for (const node of nodes) {
      if (!("attribs" in node)) continue;
      const { itemprop, itemscope } = node.attribs;
      if (itemprop !== undefined) {
        const value = itemscope === undefined ? propertyValue(node) : itemOf(node);
        for (const name of itemprop.split(/\s+/)) values.set(name, [...(values.get(name) ?? []), value]);
      }
      if (itemscope === undefined) visit(node.children);
    }
  };
  visit(scope.children);
  return singles(values);
}

function propertyValue(element: PageElement): string {
  const { content, href, src, datetime } = element.attribs;
  return content ?? datetime ?? href ?? src ?? elementText(element);
}

/** Returns `<meta>` by `property` or `name`, in lower case (`og:title`, `description`). */
function metaData(page: HtmlPage): Data | null {
  const values = new Map<string, unknown[]>();
  for (const { attribs } of selectInPage("meta[content]", page)) {
    const name = (attribs.property ?? attribs.name ?? "").toLowerCase();
    if (name !== "" && attribs.content?.trim()) values.set(name, [...(values.get(name) ?? []), attribs.content.trim()]);
  }
  return values.size === 0 ? null : singles(values);
}

function singles(values: ReadonlyMap<string, readonly unknown[]>): Data {
  return Object.fromEntries([...values].map(([name, found]) => [name, found.length === 1 ? found[0] : found]));
}

function embeddedJson(page: HtmlPage, text: string, { selector, path }: Extract<PageData, { from: "json" }>): unknown {
  const sources = selector === undefined ? [text] : selectInPage(selector, page).map(scriptText);
  for (const source of sources) {
    const root = readLooseJson(source) ?? readLooseJson(assignedObject(source));
    const value = path === undefined ? root : valueAt(root, path);
    if (value !== undefined && value !== null) return value;
  }
  return null;
}

/** Returns the part from the first to the last brace of a script such as `window.__DATA__ = {…};`. */
function assignedObject(script: string): string {
  return script.slice(script.indexOf("{"), script.lastIndexOf("}") + 1);
}

function scriptText(script: PageElement): string {
  return script.children.map((child) => ("data" in child ? child.data : "")).join("");
}
