import { getTableColumns, sql } from "drizzle-orm";
import { personAnswers } from "../schema/api-tables.ts";
import { isoInstants, type RowOf, type Store } from "../store.ts";

const columns = isoInstants(getTableColumns(personAnswers));

/** A stored answer. `text`: null for a person. */
export type PersonAnswer = RowOf<typeof columns>;

/** Answers about doubtful people in texts of aids. */
export class PersonAnswerRepository {
  #known: { readonly version: string; readonly services: ReadonlySet<string> } | null = null;

  constructor(private readonly store: Store) {}

  /** Stores an answer; it replaces an earlier one. */
  async set({ key, answer, text, by }: Omit<PersonAnswer, "at">, now: Date): Promise<void> {
    await this.store.rows(sql`
      insert into person_answers (key, answer, text, by, at) values (${key}, ${answer}, ${text}, ${by}, ${now.toISOString()}::timestamptz)
      on conflict (key) do update set answer = excluded.answer, text = excluded.text, by = excluded.by, at = excluded.at`);
  }

  /** Deletes an answer, so that the case is doubtful again. Returns false if nobody has answered. */
  async undo(key: string): Promise<boolean> {
    return this.store.any(sql`delete from person_answers where key = ${key} returning key`);
  }

  /** Returns the keys of texts that name services: the same set while no answer changes. */
  async services(): Promise<ReadonlySet<string>> {
    const version = await this.store.value<string>(
      sql`select count(*) || ' ' || coalesce(max(at)::text, '') || ' ' || coalesce(md5(string_agg(key || answer, ',' order by key)), '') as version from person_answers`,
    );
    if (this.#known?.version === version) return this.#known.services;
    const services = await this.store.set<string>(sql`select key from person_answers where answer = 'service'`);
    this.#known = { version, services };
    return services;
  }

  /** Returns the keys of all answers. */
  async answered(): Promise<ReadonlySet<string>> {
    return this.store.set<string>(sql`select key from person_answers`);
  }

  /** Lists the newest answers. */
  list(limit: number): Promise<PersonAnswer[]> {
    return this.store.select(columns, sql`from person_answers order by person_answers.at desc, key limit ${limit}`);
  }
}
