import type { Catalogue } from "../../../catalogue/open-catalogue.ts";
import { backerSlug } from "../../../model/publisher/backer-slug.ts";
import type { KnownServices } from "../../../privacy/doubts.ts";
import { textWithoutPeople } from "../../../privacy/text-without-people.ts";
import type { Access } from "../access/access.ts";
import { licencesOf } from "../aids/may-read.ts";

/** An organisation with its search keys. */
export interface NamedBacker {
  readonly slug: string;
  readonly name: string;
  readonly aids: number;
}

/** Cache time: reading all names takes a few tenths of a second. */
const keptMs = 60_000;

/** Caches the names of the organisations behind live aids for a minute. */
export class BackerNames {
  readonly #kept = new Map<
    Access["scope"],
    { readonly at: number; readonly position: number; readonly names: Promise<readonly NamedBacker[]> }
  >();

  constructor(private readonly catalogue: Catalogue) {}

  /** Returns the readable organisations, one per slug. `position`: of the index. */
  of(scope: Access["scope"], position: number): Promise<readonly NamedBacker[]> {
    const kept = this.#kept.get(scope);
    if (kept !== undefined && (kept.position === position || performance.now() - kept.at < keptMs)) return kept.names;
    const names = Promise.all([this.catalogue.published.backers(licencesOf(scope)), this.catalogue.personAnswers.services()]).then(
      ([backers, services]) => bySlug(backers, services),
    );
    this.#kept.set(scope, { at: performance.now(), position, names });
    names.catch(() => this.#kept.delete(scope));
    return names;
  }
}

function bySlug(backers: readonly { readonly name: string; readonly aids: number }[], services: KnownServices): readonly NamedBacker[] {
  const found = new Map<string, NamedBacker>();
  for (const { name, aids } of backers) {
    const slug = backerSlug(name);
    const known = found.get(slug);
    if (slug !== "" && textWithoutPeople(name, services) === name)
      found.set(slug, known === undefined ? { slug, name, aids } : { ...known, aids: known.aids + aids });
  }
  return [...found.values()];
}
