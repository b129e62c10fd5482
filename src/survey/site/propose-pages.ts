import type { ConnectorInput } from "../../kit/definition.ts";
import { selectInPage } from "../../kit/html-page.ts";
import { elementText } from "../../kit/pages/element-values.ts";
import { foldTitle } from "../../kit/pages/fold-title.ts";
import { foldTerm } from "../../kit/values/text/fold-term.ts";
import { shareOf } from "../profile/field-values.ts";
import { dataInPages } from "./data-in-pages.ts";
import { mainContent } from "./main-content.ts";
import { recurringTitles } from "./recurring-titles.ts";
import { remainingText } from "./remaining-text.ts";
import type { SitePage } from "./site-page.ts";

export type PageReadingInput = NonNullable<ConnectorInput["details"]>["read"];

/** Maximum number of words of a field's name. */
const maxWords = 6;
/** Name of the field with the data for machines, and with the text that no heading introduces. */
const dataField = "fiche";
const textField = "texte";

/**
 * Proposes how the pages of a list are read, from a few pages side by side: the headings and labels that they share, the data for machines,
 * the title if the list has none, and the text that is left. `taken`: fields of the list. `known`: values that a software is known to write.
 */
export function proposePages(
  pages: readonly SitePage[],
  taken: readonly string[],
  known: Readonly<Record<string, string>> = {},
): PageReadingInput {
  const content = mainContent(pages);
  const data = dataInPages(pages);
  const titles = recurringTitles(content);
  const names = new Set([...taken, ...Object.keys(known), dataField]);
  const [headings, labels] = (["heading", "label"] as const).map((kind) =>
    Object.fromEntries(
      titles
        .filter((one) => one.kind === kind)
        .map(({ title, titles: all }): [string, string | string[]] => [newName(title, names), all.length === 1 ? title : [...all]]),
    ),
  );
  const rest = known[textField] !== undefined || data !== null ? null : remainingText(pages, content, titles);
  const own = {
    ...(!taken.includes("titre") && known.titre === undefined && hasTitles(pages) && { titre: "h1" }),
    ...(rest !== null && rest !== "introduction" && { [textField]: `html(${rest.selector})` }),
  };
  const values = { ...known, ...own };
  const isTitled = Object.keys({ ...headings, ...labels }).length > 0;
  const isEmpty = !isTitled && data === null && Object.keys(values).length === 0;
  if (isEmpty) return { values: { [textField]: `html(${content.within ?? (hasMain(pages) ? "main" : "body")})` } };
  return {
    ...(content.within !== undefined && isTitled && { within: content.within }),
    ...(Object.keys(values).length > 0 && { values }),
    ...(headings !== undefined && Object.keys(headings).length > 0 && { headings }),
    ...(labels !== undefined && Object.keys(labels).length > 0 && { labels }),
    ...(data !== null && { data: { [dataField]: data } }),
    ...(rest === "introduction" && { introduction: textField }),
  };
}

function hasMain(pages: readonly SitePage[]): boolean {
  return pages.every(({ page }) => selectInPage("main", page).length === 1);
}

/** Returns true if each page has one first heading, and they differ. */
function hasTitles(pages: readonly SitePage[]): boolean {
  const titles = pages.map(({ page }) => selectInPage("h1", page).map((heading) => elementText(heading)));
  return shareOf(titles, (found) => found.length === 1 && found[0] !== "") >= 0.9 && new Set(titles.flat()).size > 1;
}

/** Returns the name of a field for a title: "Montant de l’aide" is `montant_de_l_aide`. */
function newName(title: string, names: Set<string>): string {
  const words = foldTerm(foldTitle(title))
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "")
    .slice(0, maxWords);
  const base = words.join("_") || "champ";
  let name = base;
  for (let number = 2; names.has(name); number++) name = `${base}_${number}`;
  names.add(name);
  return name;
}
