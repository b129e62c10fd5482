import type { Catalogue } from "../../../catalogue/open-catalogue.ts";
import type { PublishedFilter } from "../../../catalogue/published/published-filter.ts";

/** Lists whose counts are kept. */
const most = 2000;

/** How many aids lists have, counted once as long as the index stands: the day and the licences are part of the filter. */
export class Counts {
  readonly #known = new Map<string, Promise<number>>();

  constructor(private readonly catalogue: Catalogue) {}

  /** @param position how far the index has come */
  of(filter: PublishedFilter, position: number): Promise<number> {
    const key = `${position} ${JSON.stringify(filter)}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const counted = this.catalogue.published.count(filter);
    this.#known.set(key, counted);
    counted.catch(() => this.#known.delete(key));
    const oldest = this.#known.size > most ? this.#known.keys().next().value : undefined;
    if (oldest !== undefined) this.#known.delete(oldest);
    return counted;
  }
}
