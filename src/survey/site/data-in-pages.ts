import type { PageData } from "../../kit/detail-pages.ts";
import { isRecord, valueAt } from "../../kit/expressions/field-path.ts";
import { selectInPage } from "../../kit/html-page.ts";
import { elementText } from "../../kit/pages/element-values.ts";
import { pageData } from "../../kit/pages/page-data.ts";
import { foldTerm } from "../../kit/values/text/fold-term.ts";
import { shareOf } from "../profile/field-values.ts";
import { nameScore } from "../profile/match-name.ts";
import type { SitePage } from "./site-page.ts";

/** Minimum number of members that say something about an aid. */
const minMembers = 2;
const maxDepth = 8;
const scripts = ['script[type="application/json"]', "script[id]"];

/** Finds data for machines that describes the aid of each page: schema.org as JSON-LD or microdata, or the JSON from which a script writes the page. */
export function dataInPages(pages: readonly SitePage[]): PageData | null {
  for (const from of ["jsonLd", "microdata"] as const) {
    const things = pages.map(({ page, text }) => pageData(page, text, { from }));
    const type = commonType(things);
    const wanted: PageData = { from, ...(from === "jsonLd" && type !== null && { type }) };
    if (shareOf(things, isTelling) > 0.6) return wanted;
  }
  return jsonOfScript(pages);
}

/** Returns true for an object with a description, or with several members named like our fields. */
function isTelling(thing: unknown): boolean {
  if (!isRecord(thing)) return false;
  const named = Object.entries(thing).filter(([key, value]) => value !== "" && value !== null && isOurs(key));
  return named.length >= minMembers;
}

function isOurs(key: string): boolean {
  return (["name", "description", "eligibility", "submissionDeadline", "targetedAudiences", "contact"] as const).some(
    (field) => nameScore(key, field) >= 0.8,
  );
}

function commonType(things: readonly unknown[]): string | null {
  const types = new Set(things.flatMap((thing) => (isRecord(thing) && typeof thing["@type"] === "string" ? [thing["@type"]] : [])));
  const [only] = types;
  return types.size === 1 && only !== undefined && /^\w+$/.test(only) ? only : null;
}

/** Finds the object with the title of the page in the JSON of a script, at the same path on each page. */
function jsonOfScript(pages: readonly SitePage[]): PageData | null {
  const [first] = pages;
  if (first === undefined) return null;
  for (const script of scripts.flatMap((selector) => selectInPage(selector, first.page))) {
    const { id } = script.attribs;
    if (id === undefined || !/^[\w-]+$/.test(id)) continue;
    const selector = `#${id}`;
    const wanted: PageData = { from: "json", selector };
    const roots = pages.map(({ page, text }) => pageData(page, text, wanted));
    const paths = roots.map((root, index) => pathOfTitle(root, titlesOf(pages[index]), "", 0));
    const [path] = paths;
    if (path === undefined || path === null || path === "" || paths.some((other) => other !== path)) continue;
    if (roots.every((root) => isTelling(valueAt(root as Record<string, unknown>, path)))) return { ...wanted, path };
  }
  return null;
}

function titlesOf(page: SitePage | undefined): readonly string[] {
  if (page === undefined) return [];
  const written = selectInPage("title, h1", page.page).map((element) => elementText(element));
  return [page.title, ...written].map(foldTerm).filter((title) => title !== "");
}

/** Returns the path of the object one of whose members is the title. Lists are not searched. */
function pathOfTitle(value: unknown, titles: readonly string[], path: string, depth: number): string | null {
  if (!isRecord(value) || depth > maxDepth) return null;
  const members = Object.entries(value);
  if (members.some(([, member]) => typeof member === "string" && titles.includes(foldTerm(member)))) return path;
  for (const [key, member] of members) {
    const found = /[.[\]]/.test(key) ? null : pathOfTitle(member, titles, path === "" ? key : `${path}.${key}`, depth + 1);
    if (found !== null) return found;
  }
  return null;
}
