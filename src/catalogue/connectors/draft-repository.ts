import { desc, eq, sql } from "drizzle-orm";
import { storableJson } from "../../model/text/storable.ts";
import { drafts } from "../schema/console-tables.ts";
import { isUuid, type Store } from "../store.ts";

/**
 * A publisher's connector in preparation. `answers`: what a person entered at each step; `upload`: hash of the snapshot with the sample.
 */
export interface Draft {
  readonly draftId: string;
  readonly title: string;
  readonly answers: Readonly<Record<string, unknown>>;
  readonly upload: string | null;
  readonly revision: number;
  /** The connector it became. */
  readonly connector: string | null;
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly updatedBy: string;
  readonly updatedAt: Date;
}

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
    const saved = await this.store.rows(sql`
      update drafts set title = ${content.title}, answers = ${storableJson(content.answers)}::jsonb, upload = ${content.upload},
        connector = coalesce(${content.connector ?? null}, connector), revision = revision + 1, updated_by = ${by}, updated_at = ${now.toISOString()}::timestamptz
      where id = ${draftId}::uuid and revision = ${revision} returning 1`);
    return saved.length > 0;
  }

  /** Returns the contact given in the draft of a connector, or null. */
  async contactOf(connector: string): Promise<string | null> {
    const [found] = await this.store.rows<{ contact: string | null }>(sql`
      select answers -> 'publisher' ->> 'contact' as contact from drafts where connector = ${connector} order by updated_at desc limit 1`);
    return found?.contact?.trim() || null;
  }

  async remove(draftId: string): Promise<void> {
    await this.store.query((database) => database.delete(drafts).where(eq(drafts.id, draftId)));
  }
}

function draftOf({ id, answers, ...row }: typeof drafts.$inferSelect): Draft {
  return { ...row, draftId: id, answers: answers as Draft["answers"] };
}
