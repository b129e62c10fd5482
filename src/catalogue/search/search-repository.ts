import { sql } from "drizzle-orm";
import type { Aid } from "../../model/aid/aid.ts";
import { type AidRow, aidOf } from "../aids/aid-row.ts";
import type { Store } from "../store.ts";
import { catchUpBatch, revisionsBehind } from "./catch-up-search.ts";
import { matches, orderOf, type SearchFilter } from "./search-filter.ts";
import type { SearchStanding } from "./search-row.ts";

/** An aid as lists show it: the values shown, edits over what is kept over what was imported. */
export interface ListedAid {
  readonly aidId: string;
  readonly connector: string;
  readonly externalId: string;
  readonly revision: number;
  readonly title: string;
  readonly status: Aid["status"];
  readonly standing: SearchStanding;
  /** `YYYY-MM-DD` */
  readonly deadline: string | null;
  /** `scale:code` of where it holds, the first twenty. */
  readonly territories: readonly string[];
  readonly categories: readonly string[];
  readonly audiences: readonly string[];
  readonly types: readonly string[];
  readonly organisations: readonly string[];
  readonly language: string;
  /** How many of its fields have a proposal that waits. */
  readonly proposals: number;
  /** Fields to fill or mend before it can be published. */
  readonly missing: readonly string[];
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** A part of a list. */
export interface ListPlace {
  readonly limit: number;
  readonly offset: number;
}

/** So many revisions a list brings in by itself before it answers; more are left to who catches up beside. */
const atOnce = 500;
/** Takes about a tenth of a second, in which the embedded database does nothing else. */
const revisionsABatch = 250;
/** From so many on the planner is told when they are in (it else walks the whole index for a rare word), and which pages it need not look at to count. */
const manyRevisions = 2000;
const aidsAPage = 500;

/** Lists of aids, by filter and order, from an index that follows the catalogue: see `aid_search`. */
export class SearchRepository {
  #untold = 0;

  constructor(private readonly store: Store) {}

  /** Aids in the order asked for. */
  async list(filter: SearchFilter, place: ListPlace): Promise<ListedAid[]> {
    await this.#bringIn();
    // Rows are wide: those of a late page are sorted, or passed over in the index, without them.
    const picked = sql`
      select aid_id from aid_search where ${matches(filter)} order by ${orderOf(filter.order, "aid_search")} limit ${place.limit} offset ${place.offset}`;
    const rows = await this.#byWords(filter, (store) =>
      store.rows<ListedRow>(sql`
        select ${listedColumns} from (${picked}) picked join aid_search found on found.aid_id = picked.aid_id join aids on aids.aid_id = found.aid_id
        order by ${orderOf(filter.order, "found")}`),
    );
    return rows.map(listedAid);
  }

  /** All of them, each with all that is shown of it, in pages: in the order that they had when the first was asked for. */
  async *listWhole(filter: SearchFilter, most: number): AsyncGenerator<(ListedAid & { readonly aid: Aid })[]> {
    await this.#bringIn();
    const ids = await this.store.rows<{ id: string }>(sql`
      select aid_id as id from aid_search where ${matches(filter)} order by ${orderOf(filter.order, "aid_search")} limit ${most}`);
    for (let first = 0; first < ids.length; first += aidsAPage) {
      const page = JSON.stringify(ids.slice(first, first + aidsAPage).map(({ id }) => id));
      const rows = await this.store.rows<ListedRow & AidRow>(sql`
        select ${listedColumns}, aids.imported, aids.kept, aids.edits, aids.withdrawn_at::text as "withdrawnAt"
        from jsonb_array_elements_text(${page}::jsonb) with ordinality as picked (id, place)
          join aid_search found on found.aid_id = picked.id::uuid join aids on aids.aid_id = found.aid_id order by picked.place`);
      yield rows.map((row) => ({ ...listedAid(row), aid: aidOf(row) }));
    }
  }

  /** How many aids there are. */
  async count(filter: SearchFilter): Promise<number> {
    await this.#bringIn();
    const counting = sql`select count(*)::int as count from aid_search where ${matches(filter)}`;
    return (await this.#byWords(filter, (store) => store.row<{ count: number }>(counting))).count;
  }

  /** Asks, where words are asked for, by the index on them: the planner does not know that the words of half of the aids lie apart from their rows, and reading them all takes far longer. */
  #byWords<Answer>({ text, organisation }: SearchFilter, ask: (store: Store) => Promise<Answer>): Promise<Answer> {
    if (text === undefined && organisation === undefined) return ask(this.store);
    return this.store.transaction(async (transaction) => {
      await transaction.rows(sql`set local enable_seqscan = off`);
      return ask(transaction);
    });
  }

  /** How far the index is behind, in revisions of aids; 0: it is as the catalogue is. Some of them may never have been written. */
  behind(): Promise<number> {
    return revisionsBehind(this.store);
  }

  /** Brings a batch of what has changed into the index, and gives how many revisions there were; 0 where nothing is to do, or somebody else does it. */
  async catchUp(most: number = revisionsABatch): Promise<number> {
    const done = await catchUpBatch(this.store, { most, waits: false });
    this.#untold += done;
    if (done === 0 && this.#untold >= manyRevisions) {
      this.#untold = 0;
      await this.store.rows(sql`vacuum (analyze) aid_search, territory_sets`);
    }
    return done;
  }

  /** What a person has just done is in the list that they see next; a first import of thousands is not waited for. */
  async #bringIn(): Promise<void> {
    const behind = await this.behind();
    if (behind === 0 || behind > atOnce) return;
    while ((await catchUpBatch(this.store, { most: atOnce, waits: true })) > 0);
  }
}

interface ListedRow extends Omit<ListedAid, "createdAt" | "updatedAt"> {
  readonly createdAt: string;
  readonly updatedAt: string;
}

const listedColumns = sql`found.aid_id as "aidId", found.connector, aids.external_id as "externalId", aids.revision, found.title, found.status, found.standing,
  found.deadline::text as deadline, to_jsonb(array(select t from unnest(found.territories) t where t !~ '^(in|not):' limit 20)) as territories,
  to_jsonb(found.categories) as categories, to_jsonb(found.audiences) as audiences, to_jsonb(found.types) as types,
  to_jsonb(found.organisations) as organisations, found.language, found.proposals, to_jsonb(found.missing) as missing,
  found.created_at::text as "createdAt", found.updated_at::text as "updatedAt"`;

function listedAid(row: ListedRow): ListedAid {
  const { aidId, connector, externalId, revision, title, status, standing, deadline, territories, categories, audiences, types } = row;
  const { organisations, language, proposals, missing } = row;
  const shown = { aidId, connector, externalId, revision, title, status, standing, deadline, territories, categories, audiences, types };
  return { ...shown, organisations, language, proposals, missing, createdAt: new Date(row.createdAt), updatedAt: new Date(row.updatedAt) };
}
