import { sql } from "drizzle-orm";
import { isoInstant, type Store } from "../store.ts";

/** A stored answer. `text`: null for a person. `at`: ISO instant. */
export interface PersonAnswer {
  readonly key: string;
  readonly answer: "person" | "service";
  readonly text: string | null;
  readonly by: string;
  readonly at: string;
}

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
    return (await this.store.rows(sql`delete from person_answers where key = ${key} returning key`)).length > 0;
  }

  /** Returns the keys of texts that name services: the same set while no answer changes. */
  async services(): Promise<ReadonlySet<string>> {
    const { version } = await this.store.row<{ version: string }>(
      sql`select count(*) || ' ' || coalesce(max(at)::text, '') || ' ' || coalesce(md5(string_agg(key || answer, ',' order by key)), '') as version from person_answers`,
    );
    if (this.#known?.version === version) return this.#known.services;
    const rows = await this.store.rows<{ key: string }>(sql`select key from person_answers where answer = 'service'`);
    const services = new Set(rows.map(({ key }) => key));
    this.#known = { version, services };
    return services;
  }

  /** Returns the keys of all answers. */
  async answered(): Promise<ReadonlySet<string>> {
    return new Set((await this.store.rows<{ key: string }>(sql`select key from person_answers`)).map(({ key }) => key));
  }

  /** Lists the newest answers. */
  list(limit: number): Promise<PersonAnswer[]> {
    return this.store.rows<PersonAnswer>(
      sql`select key, answer, text, by, ${isoInstant(sql`at`)} as at from person_answers order by person_answers.at desc, key limit ${limit}`,
    );
  }
}
