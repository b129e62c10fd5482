import { type SQL, sql } from "drizzle-orm";
import type { Outcome } from "../../model/run/run-error.ts";
import type { RunCounts } from "../runs/overview-repository.ts";
import type { ListedAid } from "../search/search-repository.ts";
import type { SearchStanding } from "../search/search-row.ts";
import { isoInstant, type Store } from "../store.ts";

/** An aid in the list of its publisher. */
export interface SpaceAid extends Pick<ListedAid, "aidId" | "connector" | "title" | "language" | "standing" | "deadline" | "missing"> {
  /** Day until which somebody confirmed that it is current, or null. */
  readonly confirmedUntil: string | null;
}

/** Filters the aids of a publisher. `words`: a text in the title. */
export interface SpaceAidFilter {
  readonly connectors: readonly string[];
  readonly words?: string;
  readonly standing?: SearchStanding;
}

/** The last ended run of a connector, without dry runs, with its counts. `at`: ISO instant. */
export interface SpaceRun extends RunCounts {
  readonly connector: string;
  readonly outcome: Outcome;
  readonly at: string;
}

/** A letter that was sent about a connector. `sentAt`: ISO instant. `answers`: number of answers. */
export interface SpaceLetter {
  readonly letterId: string;
  readonly connector: string;
  readonly sentAt: string;
  readonly answers: number;
}

/** Reads what a publisher sees in its space. Every query is limited to given connectors, or to one publisher. */
export class PublisherSpaceRepository {
  constructor(private readonly store: Store) {}

  /** Lists aids by title, from the search index. */
  aids(filter: SpaceAidFilter, { limit, offset }: { readonly limit: number; readonly offset: number }): Promise<SpaceAid[]> {
    return this.store.rows<SpaceAid>(sql`
      select found.aid_id as "aidId", found.connector, found.title, found.language, found.standing, found.deadline::text as deadline, to_jsonb(found.missing) as missing,
        case when aids.watch ->> 'state' = 'confirmed' then aids.watch ->> 'until' end as "confirmedUntil"
      from aid_search found join aids on aids.aid_id = found.aid_id where ${conditionOf(filter)}
      order by found.title, found.aid_id limit ${limit} offset ${offset}`);
  }

  async countAids(filter: SpaceAidFilter): Promise<number> {
    return this.store.value<number>(sql`select count(*)::int as count from aid_search found where ${conditionOf(filter)}`);
  }

  /** Counts the aids that are online and not confirmed until a day (`YYYY-MM-DD`) or later, nor by a plan that a worker applies soon. */
  async countToConfirm(connectors: readonly string[], until: string): Promise<number> {
    return this.store.value<number>(sql`
      select count(*)::int as count from aid_search found join aids on aids.aid_id = found.aid_id
      where ${conditionOf({ connectors, standing: "live" })} and not (coalesce(aids.watch ->> 'state', '') = 'confirmed' and aids.watch ->> 'until' >= ${until})
        and not exists (select from changes join plans on plans.id = changes.plan_id where changes.aid_id = aids.aid_id and plans.origin = 'publisher'
          and plans.asked ->> 'act' = 'confirm' and plans.state = 'open' and plans.apply_request is not null)`);
  }

  /** Counts aids by standing. Standings without aids are left out. */
  async standings(connectors: readonly string[]): Promise<ReadonlyMap<SearchStanding, number>> {
    return this.store.map<SearchStanding, number>(sql`
      select standing, count(*)::int as count from aid_search found where ${conditionOf({ connectors })} group by standing`);
  }

  /** Counts the readings of published aids in the API, by month (`YYYY-MM`) since a day. Months without readings are left out. */
  readsByMonth(connectors: readonly string[], since: string): Promise<{ readonly month: string; readonly count: number }[]> {
    return this.store.rows(sql`
      select to_char(month, 'YYYY-MM') as month, sum(reads.count)::int as count from aid_reads reads
      where month >= ${since}::date and reads.aid_id in (select aid_id from aid_search found where ${conditionOf({ connectors })})
      group by month order by month`);
  }

  /** Returns the last run of each connector. */
  lastRuns(connectors: readonly string[]): Promise<SpaceRun[]> {
    const count = (name: string) => sql`(report -> 'counts' ->> ${name}::text)::int`;
    return this.store.rows<SpaceRun>(sql`
      select last.* from jsonb_array_elements_text(${JSON.stringify(connectors)}::jsonb) as own (connector) cross join lateral (
        select runs.connector, outcome, ${isoInstant(sql`coalesce(ended_at, started_at)`)} as at, ${count("received")} as received,
          ${count("rejected")} as rejected, ${count("created")} as created, ${count("updated")} as updated
        from runs where runs.connector = own.connector and state = 'ended' and outcome <> 'cancelled' and coalesce(options ->> 'dryRun', '') <> 'true'
        order by started_at desc limit 1) last order by last.connector`);
  }

  /** Lists the letters about errors that were sent and whose address is valid, newest first. */
  letters(connectors: readonly string[]): Promise<SpaceLetter[]> {
    return this.store.rows<SpaceLetter>(sql`
      select id as "letterId", connector, ${isoInstant(sql`sent_at`)} as "sentAt",
        (select count(*)::int from letter_answers where letter = letters.id) as answers
      from letters where connector in (${textsOf(connectors)}) and kind = 'errors' and sent_at is not null and revoked_at is null
      order by sent_at desc, id limit 100`);
  }
}

function textsOf(texts: readonly string[]): SQL {
  return sql`select jsonb_array_elements_text(${JSON.stringify(texts)}::jsonb)`;
}

function conditionOf({ connectors, words, standing }: SpaceAidFilter): SQL {
  return sql`found.connector in (${textsOf(connectors)})
    and ${standing === undefined ? sql`true` : sql`found.standing = ${standing}`}
    and ${words === undefined ? sql`true` : sql`position(lower(${words}) in lower(found.title)) > 0`}`;
}
