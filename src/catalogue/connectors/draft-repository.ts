import { desc, eq, sql } from "drizzle-orm";
import { storableJson } from "../../model/text/storable.ts";
import { drafts } from "../schema/console-tables.ts";
import { isUuid, type Store } from "../store.ts";

/**
 * A publisher's connector in preparation. `answers`: what a person entered at each step; `upload`: hash of the snapshot with the sample;
 * `connector`: the connector it became.
 */
export type Draft = Readonly<Omit<typeof drafts.$inferSelect, "id" | "answers">> & {
  readonly draftId: string;
  readonly answers: Readonly<Record<string, unknown>>;
};

/** Drafts of connectors, saved at every step. */
export class DraftRepository {
  constructor(private readonly store: Store) {}

  async add({
    draftId,
    title,
    answers = {},
    by,
    now,
  }: {
    readonly draftId: string;
    readonly title: string;
    readonly answers?: Draft["answers"];
    readonly by: string;
    readonly now: Date;
  }): Promise<void> {
    const row = { id: draftId, title, answers, revision: 1, createdBy: by, createdAt: now, updatedBy: by, updatedAt: now };
    await this.store.query((database) => database.insert(drafts).values(row));
  }

  /** Lists drafts, last updated first. */
  async list(): Promise<Draft[]> {
    const found = await this.store.query((database) => database.select().from(drafts).orderBy(desc(drafts.updatedAt)).limit(500));
    return found.map(draftOf);
  }

  async find(draftId: string): Promise<Draft | null> {
    if (!isUuid(draftId)) return null;
    const [found] = await this.store.query((database) => database.select().from(drafts).where(eq(drafts.id, draftId)));
    return found === undefined ? null : draftOf(found);
  }

  /**
   * Saves the answers, if `revision` is still the current one.
   * @returns false, without writing, if somebody else saved meanwhile
   */
  async save(
    { draftId, revision }: Pick<Draft, "draftId" | "revision">,
    content: { readonly title: string; readonly answers: Draft["answers"]; readonly upload: string | null; readonly connector?: string },
    { by, now }: { readonly by: string; readonly now: Date },
  ): Promise<boolean> {
    return this.store.any(sql`
      update drafts set title = ${content.title}, answers = ${storableJson(content.answers)}::jsonb, upload = ${content.upload},
        connector = coalesce(${content.connector ?? null}, connector), revision = revision + 1, updated_by = ${by}, updated_at = ${now.toISOString()}::timestamptz
      where id = ${draftId}::uuid and revision = ${revision} returning 1`);
  }

  /** Returns the contact given in the draft of a connector, or null. */
  async contactOf(connector: string): Promise<string | null> {
    const contact = await this.store.findValue<string | null>(sql`
      select answers -> 'publisher' ->> 'contact' as contact from drafts where connector = ${connector} order by updated_at desc limit 1`);
    return contact?.trim() || null;
  }

  async remove(draftId: string): Promise<void> {
    await this.store.query((database) => database.delete(drafts).where(eq(drafts.id, draftId)));
  }
}

function draftOf({ id, answers, ...row }: typeof drafts.$inferSelect): Draft {
  return { ...row, draftId: id, answers: answers as Draft["answers"] };
}
