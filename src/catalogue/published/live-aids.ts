import { sql } from "drizzle-orm";
import type { Aid, AidField } from "../../model/aid/aid.ts";
import { backerSlug } from "../../model/publisher/backer-slug.ts";
import { type AidRow, aidColumns, aidOf, isRowPermanent, type PermanenceRow, statesPermanence } from "../aids/aid-row.ts";
import { inSchemaOrder } from "../aids/in-schema-order.ts";
import { isoInstant, type Store } from "../store.ts";
import { NamedNumberRepository } from "./named-number-repository.ts";

/**
 * A live aid with ISO instants of its creation and last change, its API number and all its slugs. It has no number and no slugs until it is
 * indexed.
 */
export interface LiveAid {
  readonly aid: Aid;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly number: number | null;
  readonly slugs: readonly string[];
  /** Fields with a value of a person of ours. */
  readonly edited: readonly AidField[];
  /** See `isPermanentStated`. */
  readonly isPermanent: boolean;
  /** Numbers of its backers by `backerSlug` of their name. */
  readonly backerNumbers: Readonly<Record<string, number>>;
}

/**
 * Lists live aids (published and not withdrawn) in pages, by their identifier in the national schema. Aids withdrawn or unpublished while the
 * list is read are left out.
 */
export async function* liveAids(store: Store): AsyncGenerator<LiveAid[]> {
  const live = sql`status = 'published' and withdrawn_at is null`;
  const pages = inSchemaOrder(store, sql`select aid_id, connector, external_id from aids where ${live}`, (picked) =>
    store.rows<AidRow & PermanenceRow & Omit<LiveAid, "aid" | "edited" | "isPermanent" | "backerNumbers">>(sql`
      select ${aidColumns}, ${statesPermanence}, ${isoInstant(sql`created_at`)} as "createdAt", ${isoInstant(sql`updated_at`)} as "updatedAt", (select number::float8 from aid_numbers known where known.aid_id = aids.aid_id) as number,
        coalesce((select jsonb_agg(slug) from aid_slugs known where known.aid_id = aids.aid_id), '[]') as slugs
      from ${picked} join aids_with_source aids on aids.aid_id = picked.id where ${live} order by picked.place`),
  );
  const numbers = new NamedNumberRepository(store);
  for await (const rows of pages) {
    const aids = rows.map(({ createdAt, updatedAt, number, slugs, ...row }) => {
      const edited = Object.keys(row.edits) as AidField[];
      return { aid: aidOf(row), createdAt, updatedAt, number, slugs, edited, isPermanent: isRowPermanent(row) };
    });
    const backers = aids.flatMap(({ aid }) => [...aid.financers, ...aid.instructors].map(({ name }) => backerSlug(name)));
    const known = new Map(
      (await numbers.bySlug("backer", backers)).map(({ slug, number, siteNumber }) => [slug, siteNumber ?? number] as const),
    );
    yield aids.map((live) => ({ ...live, backerNumbers: numbersOf(live.aid, known) }));
  }
}

function numbersOf({ financers, instructors }: Aid, known: ReadonlyMap<string, number>): Readonly<Record<string, number>> {
  return Object.fromEntries(
    [...financers, ...instructors].flatMap(({ name }) => {
      const slug = backerSlug(name);
      const number = known.get(slug);
      return number === undefined ? [] : [[slug, number]];
    }),
  );
}
