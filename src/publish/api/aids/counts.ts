import type { Catalogue } from "../../../catalogue/open-catalogue.ts";
import type { PublishedFilter } from "../../../catalogue/published/published-condition.ts";

/** Maximum number of cached counts. */
const maxCounts = 2000;

/** Caches the number of aids per filter while the index is unchanged. The filter contains the day and the licences. */
export class Counts {
  readonly #known = new Map<string, Promise<number>>();

  constructor(private readonly catalogue: Catalogue) {}

  /** Returns the number of aids. `position`: position of the index. */
  of(filter: PublishedFilter, position: number): Promise<number> {
    const key = `${position} ${JSON.stringify(filter)}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const counted = this.catalogue.published.count(filter);
    this.#known.set(key, counted);
    counted.catch(() => this.#known.delete(key));
    const oldest = this.#known.size > maxCounts ? this.#known.keys().next().value : undefined;
    if (oldest !== undefined) this.#known.delete(oldest);
    return counted;
  }
}
