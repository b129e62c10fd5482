import type { Catalogue } from "../../../catalogue/open-catalogue.ts";
import type { SearchMiss } from "../../../catalogue/search/search-miss-repository.ts";
import { comparableText } from "../../../model/text/comparable-text.ts";
import { parisDay } from "../../../model/text/paris-day.ts";
import { recognisePeople } from "../../../privacy/recognise-people.ts";
import { CountBuffer } from "../counts/count-buffer.ts";
import type { AskedAids } from "../parameters/aid-parameters.ts";

/** Maximum number of territories, and of themes, counted per search. */
const maxOfASearch = 5;

/** The parameters of a search that decide whether and how it is counted. */
type NotedSearch = Partial<
  Pick<AskedAids, "keyword" | "perimeterId" | "perimeterCodes" | "categories" | "publishedAfter" | "applyBefore" | "publisher">
>;

/** Collects searches without a result and stores them every few seconds by month, without anything about the client. */
export class SearchMisses {
  readonly #buffer: CountBuffer<Omit<SearchMiss, "count">>;

  constructor({ searchMisses }: Pick<Catalogue, "searchMisses">) {
    this.#buffer = new CountBuffer((misses) => searchMisses.add(misses));
  }

  /**
   * Counts a list without aids for each requested territory with each requested theme, up to the maximum. Ignores requests without words,
   * territory or category, words that may identify a person, and requests by day, deadline or publisher, because other aids may exist.
   */
  note({ keyword, perimeterId, perimeterCodes, categories, ...asked }: NotedSearch, now: Date): void {
    if (asked.publishedAfter !== undefined || asked.applyBefore !== undefined || asked.publisher !== undefined) return;
    const counted = countedKeyword(keyword ?? "");
    if (counted === null) return;
    const territories = [...(perimeterId ?? []), ...(perimeterCodes ?? [])].map(({ scale, code }) => `${scale}:${code}`);
    const month = `${parisDay(now).slice(0, 7)}-01`;
    for (const territory of firstOf(territories))
      for (const category of firstOf(categories ?? [])) this.#count({ month, keyword: counted, territory, category });
  }

  #count(miss: Omit<SearchMiss, "count">): void {
    if (miss.keyword !== "" || miss.territory !== "" || miss.category !== "") this.#buffer.count(miss);
  }

  /** Stores the collected misses. Throws what the catalogue throws; the misses then wait for the next attempt. */
  write(): Promise<void> {
    return this.#buffer.write();
  }
}

/** Returns one empty text if nothing was requested. */
function firstOf(asked: readonly string[]): readonly string[] {
  return asked.length === 0 ? [""] : [...new Set(asked)].slice(0, maxOfASearch);
}

const maxLength = 60;
/** Numbers of people, files and places have at least this many digits. */
const digits = 6;
const address =
  /@|https?:|www\.|\b\d{1,4}\s*(?:bis|ter)?,?\s+(?:rue|avenue|av|boulevard|bd|place|chemin|impasse|all[ée]e|route|quai|cours|square)\b/i;

/**
 * Returns a search's words for counting, folded, at most 60 characters. Null if they may identify a person: a name, an address, a number.
 * Empty without words.
 */
export function countedKeyword(keyword: string): string | null {
  if (address.test(keyword) || keyword.replace(/\D/g, "").length >= digits) return null;
  if (recognisePeople(keyword).length > 0 || recognisePeople(capitalised(keyword)).length > 0) return null;
  return [...comparableText(keyword)].slice(0, maxLength).join("").trim();
}

/** People type names without capitals. */
function capitalised(text: string): string {
  return text.toLowerCase().replace(/(?<![\p{L}])\p{L}/gu, (letter) => letter.toUpperCase());
}
