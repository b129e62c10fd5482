import { randomUUID } from "node:crypto";
import { getTableColumns, sql } from "drizzle-orm";
import { storableJson } from "../../model/text/storable.ts";
import { sharedPreviews } from "../schema/partner-tables.ts";
import { isUuid, type RowOf, type Store } from "../store.ts";

const { id, draft, publisher, tokenHash: _, content, ...others } = getTableColumns(sharedPreviews);
const facts = { previewId: id, draftId: draft, publisherId: publisher, ...others };

/** A preview in a list, without its content, which can be long. `until`: when its address stops working; `seenAt`: day of the last visit. */
export type ListedPreview = RowOf<typeof facts>;

/** A shared preview of a draft. `content`: its content when it was shared, as JSON. */
export type SharedPreview = ListedPreview & { readonly content: unknown };

/** Previews of drafts at temporary addresses. Only the hash of an address's token is stored. */
export class PreviewRepository {
  constructor(private readonly store: Store) {}

  /** Stores a preview and returns its id. */
  async add(
    preview: Pick<SharedPreview, "draftId" | "publisherId" | "content" | "by" | "at" | "until"> & { readonly tokenHash: string },
  ): Promise<string> {
    const previewId = randomUUID();
    const [at, until] = [preview.at.toISOString(), preview.until.toISOString()];
    await this.store.rows(sql`
      insert into shared_previews (id, draft, publisher, token_hash, content, by, at, until)
      values (${previewId}::uuid, ${preview.draftId}::uuid, ${preview.publisherId}::uuid, ${preview.tokenHash}, ${storableJson(preview.content)}::jsonb, ${preview.by},
        ${at}::timestamptz, ${until}::timestamptz)`);
    return previewId;
  }

  /** Lists previews of a draft, newest first. */
  async list(draftId: string): Promise<ListedPreview[]> {
    return this.store.select(facts, sql`from shared_previews where draft = ${draftId}::uuid order by shared_previews.at desc, id limit 50`);
  }

  /** Finds the preview at an address, even if it has ended. Returns null if its draft was deleted. */
  async findByToken(tokenHash: string): Promise<SharedPreview | null> {
    const hasDraft = sql`exists (select from drafts where drafts.id = shared_previews.draft)`;
    return this.store.selectOne({ ...facts, content }, sql`from shared_previews where token_hash = ${tokenHash} and ${hasDraft}`);
  }

  /** Records the day of a visit, `YYYY-MM-DD`. */
  async recordVisit(previewId: string, day: string): Promise<void> {
    const at = sql`(${day}::date)::timestamp at time zone 'UTC'`;
    await this.store.rows(sql`update shared_previews set seen_at = ${at} where id = ${previewId}::uuid and seen_at is distinct from ${at}`);
  }

  /** Revokes the address. Returns false if it was already revoked. */
  async revoke(draftId: string, previewId: string, by: string, now: Date): Promise<boolean> {
    if (!isUuid(previewId)) return false;
    return this.store.any(sql`
      update shared_previews set revoked_by = ${by}, revoked_at = ${now.toISOString()}::timestamptz
      where id = ${previewId}::uuid and draft = ${draftId}::uuid and revoked_at is null returning 1`);
  }

  /** Gives the preview a new address, valid until `until`. The old address stops working. Returns false if the preview does not exist. */
  async changeAddress(
    draftId: string,
    previewId: string,
    { tokenHash, until }: { readonly tokenHash: string; readonly until: Date },
  ): Promise<boolean> {
    if (!isUuid(previewId)) return false;
    return this.store.any(sql`
      update shared_previews set token_hash = ${tokenHash}, until = ${until.toISOString()}::timestamptz, revoked_by = null, revoked_at = null
      where id = ${previewId}::uuid and draft = ${draftId}::uuid returning 1`);
  }
}
