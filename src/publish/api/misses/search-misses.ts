import type { Catalogue } from "../../../catalogue/open-catalogue.ts";
import type { SearchMiss } from "../../../catalogue/search/search-miss-repository.ts";
import { parisDay } from "../../../model/text/paris-day.ts";
import type { AskedAids } from "../parameters/aid-parameters.ts";
import { countedKeyword } from "./counted-keyword.ts";

/** Maximum number of distinct misses waiting to be stored. */
const maxWaiting = 2000;
/** After this many failures in a row, the waiting misses are dropped: a row that the database refuses would block all later ones. */
const maxFailures = 10;
/** Maximum number of territories, and of themes, counted per search. */
const maxOfASearch = 5;

/** The parameters of a search that decide whether and how it is counted. */
type NotedSearch = Partial<
  Pick<AskedAids, "keyword" | "perimeterId" | "perimeterCodes" | "categories" | "publishedAfter" | "applyBefore" | "publisher">
>;

/** Collects searches without a result and stores them every few seconds by month, without anything about the client. */
export class SearchMisses {
  #waiting = new Map<string, SearchMiss>();
  #writing: Promise<void> = Promise.resolve();
  #failures = 0;

  constructor(private readonly catalogue: Pick<Catalogue, "searchMisses">) {}

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
    const { month, keyword, territory, category } = miss;
    if (keyword === "" && territory === "" && category === "") return;
    const key = JSON.stringify([month, keyword, territory, category]);
    const known = this.#waiting.get(key);
    if (known === undefined && this.#waiting.size >= maxWaiting) return;
    this.#waiting.set(key, { ...miss, count: (known?.count ?? 0) + 1 });
  }

  /** Stores the collected misses. What fails is collected again, until too many attempts have failed. */
  async write(): Promise<void> {
    const before = this.#writing;
    this.#writing = before.catch(() => undefined).then(() => this.#writeWaiting());
    await this.#writing;
  }

  async #writeWaiting(): Promise<void> {
    const taken = this.#waiting;
    this.#waiting = new Map();
    try {
      await this.catalogue.searchMisses.add([...taken.values()]);
      this.#failures = 0;
    } catch (error) {
      if (++this.#failures % maxFailures === 0) throw error;
      for (const [key, miss] of taken) this.#waiting.set(key, { ...miss, count: miss.count + (this.#waiting.get(key)?.count ?? 0) });
      throw error;
    }
  }
}

/** Returns one empty text if nothing was requested. */
function firstOf(asked: readonly string[]): readonly string[] {
  return asked.length === 0 ? [""] : [...new Set(asked)].slice(0, maxOfASearch);
}
