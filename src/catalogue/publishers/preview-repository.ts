import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { storableJson } from "../../model/text/storable.ts";
import { isUuid, type Store } from "../store.ts";

/** A shared preview of a draft. `content`: its content when it was shared, as JSON. */
export interface SharedPreview {
  readonly previewId: string;
  readonly draftId: string;
  readonly publisherId: string | null;
  readonly content: unknown;
  readonly by: string;
  readonly at: Date;
  /** When its address stops working. */
  readonly until: Date;
  /** Day of the last visit from outside, as midnight UTC. */
  readonly seenAt: Date | null;
  readonly revokedBy: string | null;
  readonly revokedAt: Date | null;
}

/** A preview in a list, without its content, which can be long. */
export type ListedPreview = Omit<SharedPreview, "content">;

const facts = sql`id as "previewId", draft as "draftId", publisher as "publisherId", by, shared_previews.at::text as at, until::text as until,
  seen_at::text as "seenAt", revoked_by as "revokedBy", revoked_at::text as "revokedAt"`;

const instants = ["at", "until", "seenAt", "revokedAt"] as const;

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
    return this.store.datedRows<ListedPreview>(
      instants,
      sql`select ${facts} from shared_previews where draft = ${draftId}::uuid order by shared_previews.at desc, id limit 50`,
    );
  }

  /** Finds the preview at an address, even if it has ended. Returns null if its draft was deleted. */
  async findByToken(tokenHash: string): Promise<SharedPreview | null> {
    const hasDraft = sql`exists (select from drafts where drafts.id = shared_previews.draft)`;
    const [found] = await this.store.datedRows<SharedPreview>(
      instants,
      sql`select ${facts}, content from shared_previews where token_hash = ${tokenHash} and ${hasDraft}`,
    );
    return found ?? null;
  }

  /** Records the day of a visit, `YYYY-MM-DD`. */
  async recordVisit(previewId: string, day: string): Promise<void> {
    const at = sql`(${day}::date)::timestamp at time zone 'UTC'`;
    await this.store.rows(sql`update shared_previews set seen_at = ${at} where id = ${previewId}::uuid and seen_at is distinct from ${at}`);
  }

  /** Revokes the address. Returns false if it was already revoked. */
  async revoke(draftId: string, previewId: string, by: string, now: Date): Promise<boolean> {
    if (!isUuid(previewId)) return false;
    const revoked = await this.store.rows(sql`
      update shared_previews set revoked_by = ${by}, revoked_at = ${now.toISOString()}::timestamptz
      where id = ${previewId}::uuid and draft = ${draftId}::uuid and revoked_at is null returning 1`);
    return revoked.length > 0;
  }

  /** Gives the preview a new address, valid until `until`. The old address stops working. Returns false if the preview does not exist. */
  async changeAddress(
    draftId: string,
    previewId: string,
    { tokenHash, until }: { readonly tokenHash: string; readonly until: Date },
  ): Promise<boolean> {
    if (!isUuid(previewId)) return false;
    const changed = await this.store.rows(sql`
      update shared_previews set token_hash = ${tokenHash}, until = ${until.toISOString()}::timestamptz, revoked_by = null, revoked_at = null
      where id = ${previewId}::uuid and draft = ${draftId}::uuid returning 1`);
    return changed.length > 0;
  }
}
