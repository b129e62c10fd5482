import { type HtmlPage, type PageElement, type PageNode, selectInPage } from "../../kit/html-page.ts";
import { isAroundContent } from "../../kit/pages/page-fault.ts";
import { foldTerm } from "../../kit/values/text/fold-term.ts";
import { countsOf, groupedBy } from "../../model/collect.ts";
import { median, shareOf } from "../profile/field-values.ts";
import { isAidTitle, isAudience, isCallTitle } from "../profile/words-in-labels.ts";
import { type ListedElement, listTitles, listValues } from "./list-values.ts";
import { type RecordLink, recordLinks } from "./record-links.ts";
import { selectorFor } from "./selector-for.ts";
import { ancestors } from "./site-page.ts";

/** A list of links to pages of one kind. */
export interface FoundList {
  /** CSS selector of the record elements. */
  readonly records: string;
  readonly values: Readonly<Record<string, string>>;
  readonly entries: readonly { readonly url: string; readonly title: string }[];
  readonly score: number;
}

const minRecords = 3;
const maxLists = 6;
/** Maximum number of groups of links that are examined. */
const maxGroups = 40;
/** Lists with a lower share of the best score are not offered. */
const minShare = 0.15;

/** Finds the lists of links to pages of one kind, the likeliest list of aids first. `url`: address of the page. */
export function findLists(page: HtmlPage, url: URL): FoundList[] {
  const byPath = groupedBy(recordLinks(page, url), ({ element }) => tagPath(element));
  const longest = [...byPath.values()].toSorted((a, b) => b.length - a.length).slice(0, maxGroups);
  const found = longest.flatMap((links) => listsAmong(links, page));
  const distinct = new Map<string, FoundList>();
  for (const list of found.sort((a, b) => b.score - a.score)) {
    const key = list.entries.map((entry) => entry.url).join("\n");
    if (!distinct.has(key)) distinct.set(key, list);
  }
  const lists = [...distinct.values()];
  const best = lists[0]?.score ?? 0;
  return lists.filter(({ score }) => score > 0 && score >= best * minShare).slice(0, maxLists);
}

/** Splits links at the same depth into lists: by the elements around their records. */
function listsAmong(links: readonly RecordLink[], page: HtmlPage): FoundList[] {
  const records = recordElements(links);
  const byPlace = groupedBy(records, ({ element }) => namedPath(element.parent));
  return [...byPlace.values()].flatMap((group) => {
    const list = group.length < minRecords ? null : (listOf(group, page) ?? listOf(group.flatMap(insideOf), page));
    return list === null ? [] : [list];
  });
}

type LinkedElement = ListedElement & { readonly found: RecordLink };

/** Climbs from each link to the largest element that contains no other link of the group. */
function recordElements(links: readonly RecordLink[]): LinkedElement[] {
  const below = new Map<PageElement, Set<string>>();
  for (const { element, url } of links)
    for (const around of ancestors(element)) below.set(around, (below.get(around) ?? new Set()).add(url.href));
  const levels = links.map(({ element }) => {
    const alone = ancestors(element).findIndex((around) => (below.get(around)?.size ?? 0) > 1);
    return alone === -1 ? 0 : alone - 1;
  });
  // A list that is alone in its section would be taken whole, so the most frequent height counts.
  const level = mostFrequent(levels);
  const records = new Map<PageElement, LinkedElement>();
  for (const link of links) {
    const element = ancestors(link.element)[level] ?? link.element;
    if (!records.has(element)) records.set(element, { element, link: link.element, found: link });
  }
  return [...records.values()];
}

/** Returns the element below a record that contains its link, if the record has more. Its class may be a name, where the record has none. */
function insideOf({ element, link, found }: LinkedElement): LinkedElement[] {
  const path = ancestors(link);
  const inside = path[path.indexOf(element) - 1];
  return inside === undefined ? [] : [{ element: inside, link, found }];
}

function listOf(group: readonly LinkedElement[], page: HtmlPage): FoundList | null {
  const records = recordSelector(group, page);
  const values = records === null ? null : listValues(group);
  if (records === null || values === null) return null;
  const titles = listTitles(group, values);
  const entries = group.map(({ found }, index) => ({ url: found.url.href, title: titles[index] ?? "" }));
  return { records, values, entries, score: scoreOf(group, entries) };
}

/** Returns a selector of the records. If it also finds elements of the same kind without a link, such as a row of titles, leaves them out. */
function recordSelector(group: readonly LinkedElement[], page: HtmlPage): string | null {
  const elements = group.map(({ element }) => element);
  const exact = selectorFor(elements, page);
  if (exact !== null) return exact;
  const parents = [...new Set(elements.flatMap(({ parent }) => (parent !== null && "attribs" in parent ? [parent] : [])))];
  const siblings = parents.flatMap(({ children }) => children.filter((child) => isLike(child, elements[0])));
  const wider = selectorFor(siblings as PageElement[], page);
  if (wider === null) return null;
  const linked = `${wider}:has(a)`;
  return selectInPage(linked, page).length === elements.length ? linked : null;
}

function isLike(node: PageNode, element: PageElement | undefined): boolean {
  return "attribs" in node && node.name === element?.name;
}

const menus =
  /(?:^|[-_ ])(?:nav|navbar|menu|footer|header|breadcrumb|ariane|pagination|pager|social|partage|share|tags?|sidebar)(?:$|[-_ ])/i;
const news = /\/(?:actualites?|actus?|news|agenda|evenements?|presse|blog|publications?|recrutement|mentions|plan-du-site)(?:[/.-]|$)/i;
const ofAids = /aides?|subvention|dispositif|appels?|aap|financement|fonds|soutien|guide|demarche/;

/** Scores a list by its number of records, their titles, and its place in the page. */
function scoreOf(group: readonly LinkedElement[], entries: FoundList["entries"]): number {
  const titles = entries.map(({ title }) => foldTerm(title));
  const texts = titles.some((title) => title !== "") ? titles : group.map(({ found }) => foldTerm(found.text));
  const urls = new Set(entries.map(({ url }) => url));
  const [first] = group;
  if (first === undefined || urls.size < minRecords) return 0;
  const length = median(texts.map((text) => text.length));
  const worth = length < 10 ? 0.15 : length < 18 ? 0.5 : length > 220 ? 0.4 : 1;
  const aids = shareOf(texts, (text) => isAidTitle(text) || isCallTitle(text));
  const paths = [...urls].map((url) => new URL(url));
  const isNews = shareOf(paths, ({ pathname }) => news.test(pathname)) > 0.5;
  const named = shareOf(paths, ({ pathname, search }) => ofAids.test(foldTerm(pathname + search)));
  const labels = shareOf(texts, isAudience) > 0.5 ? 0.4 : 1;
  const place = isInMenu(first.element) ? 0.1 : isInMain(first.element) ? 1.6 : 1;
  const alike = 0.5 + 0.5 * shareOfAlike(paths);
  return Math.log2(1 + urls.size) * worth * place * alike * labels * (1 + aids) * (1 + 0.4 * named) * (isNews ? 0.4 : 1);
}

/** Returns the share of the addresses that have the most frequent folder and parameters. */
function shareOfAlike(urls: readonly URL[]): number {
  const kinds = urls.map(({ pathname, searchParams, search }) => {
    const names = [...searchParams.keys()].map((name) => name.replace(/\d+$/, "")).join("&");
    return `${search === "" ? pathname.replace(/\/[^/]*\/?$/, "") : pathname}?${names}`;
  });
  return Math.max(...countsOf(kinds).values()) / urls.length;
}

function isInMenu(element: PageElement): boolean {
  if (isAroundContent(element)) return true;
  return ancestors(element).some(
    ({ name, attribs: { class: classes = "", id = "", role = "" } }) =>
      name !== "body" && name !== "html" && (menus.test(classes) || menus.test(id) || role === "navigation"),
  );
}

function isInMain(element: PageElement): boolean {
  return ancestors(element).some(({ name, attribs }) => name === "main" || attribs.role === "main");
}

/** Returns the tags around an element. Distinguishes the cells of a table by their column. */
function tagPath(element: PageElement): string {
  return ancestors(element)
    .map((around) => (around.name === "td" || around.name === "th" ? `${around.name}${columnOf(around)}` : around.name))
    .join(" ");
}

function columnOf(cell: PageElement): number {
  return (cell.parent?.children ?? []).filter((child) => "attribs" in child).indexOf(cell);
}

function namedPath(parent: PageElement["parent"]): string {
  if (parent === null || !("attribs" in parent)) return "";
  return ancestors(parent)
    .map(({ name, attribs: { class: classes = "", id = "" } }) => `${name}.${classes}${/\d/.test(id) ? "" : id}`)
    .join(" ");
}

function mostFrequent(numbers: readonly number[]): number {
  return [...countsOf(numbers)].sort((a, b) => b[1] - a[1] || a[0] - b[0])[0]?.[0] ?? 0;
}
