import type { Catalogue } from "../../../catalogue/open-catalogue.ts";
import type { SearchMiss } from "../../../catalogue/search/search-miss-repository.ts";
import { parisDay } from "../../../model/text/paris-day.ts";
import type { AskedAids } from "../parameters/aid-parameters.ts";
import { countedKeyword } from "./counted-keyword.ts";

/** Different misses that wait to be written, at most. */
const most = 2000;
/** Territories, and themes, of one search that are counted. */
const mostOfASearch = 5;

/** Gathers what is searched and not found, and writes it down every few seconds: by month, without anything of who asked. */
export class SearchMisses {
  #waiting = new Map<string, SearchMiss>();
  #writing: Promise<void> = Promise.resolve();

  constructor(private readonly catalogue: Pick<Catalogue, "searchMisses">) {}

  /**
   * Counts a list without an aid, for each of the territories with each of the themes that were asked for, the first few: none of them had
   * any. Nothing where neither words, territory nor category were asked for, where the words may be somebody's, or where only what came
   * since a day, ends by one, or is of some publishers was asked for: there may be others.
   */
  note({ keyword, perimeterId, perimeterCodes, categories, ...asked }: AskedAids, now: Date): void {
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
    if (known === undefined && this.#waiting.size >= most) return;
    this.#waiting.set(key, { ...miss, count: (known?.count ?? 0) + 1 });
  }

  /** Writes down what was gathered; what could not be written is gathered again. */
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
    } catch (error) {
      for (const [key, miss] of taken) this.#waiting.set(key, { ...miss, count: miss.count + (this.#waiting.get(key)?.count ?? 0) });
      throw error;
    }
  }
}

/** One text, empty, where nothing was asked for. */
function firstOf(asked: readonly string[]): readonly string[] {
  return asked.length === 0 ? [""] : [...new Set(asked)].slice(0, mostOfASearch);
}
