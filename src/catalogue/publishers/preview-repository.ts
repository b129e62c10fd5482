import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { storableJson } from "../storable-json.ts";
import type { Store } from "../store.ts";

/** A preview of a draft that was shared: what it showed at that moment, as JSON. */
export interface SharedPreview {
  readonly previewId: string;
  readonly draftId: string;
  readonly publisherId: string | null;
  readonly content: unknown;
  readonly by: string;
  readonly at: Date;
  /** From then on its address leads nowhere. */
  readonly until: Date;
  /** The day on which it was last looked at by somebody outside, as its midnight in UTC. */
  readonly seenAt: Date | null;
  readonly revokedBy: string | null;
  readonly revokedAt: Date | null;
}

/** A preview in a list: what it shows may be long, and is not read. */
export type ListedPreview = Omit<SharedPreview, "content">;

const facts = sql`id as "previewId", draft as "draftId", publisher as "publisherId", by, shared_previews.at::text as at, until::text as until,
  seen_at::text as "seenAt", revoked_by as "revokedBy", revoked_at::text as "revokedAt"`;

type Times = "at" | "until" | "seenAt" | "revokedAt";
type AsRow<Of extends ListedPreview> = Omit<Of, Times> & {
  readonly at: string;
  readonly until: string;
  readonly seenAt: string | null;
  readonly revokedAt: string | null;
};

/** Previews of drafts at addresses that end. Of the token of an address its hash is kept. */
export class PreviewRepository {
  constructor(private readonly store: Store) {}

  /** Keeps a preview, and gives its id. */
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

  /** Those of a draft, newest first. */
  async list(draftId: string): Promise<ListedPreview[]> {
    const rows = await this.store.rows<AsRow<ListedPreview>>(
      sql`select ${facts} from shared_previews where draft = ${draftId}::uuid order by shared_previews.at desc, id limit 50`,
    );
    return rows.map(withTimes);
  }

  /** The one at this address, also where it has ended; null also where its draft was deleted. */
  async findByToken(tokenHash: string): Promise<SharedPreview | null> {
    const [found] = await this.store.rows<AsRow<SharedPreview>>(sql`
      select ${facts}, content from shared_previews where token_hash = ${tokenHash} and exists (select from drafts where drafts.id = shared_previews.draft)`);
    return found === undefined ? null : withTimes(found);
  }

  /** Notes the day, `YYYY-MM-DD`, on which it was looked at. */
  async recordVisit(previewId: string, day: string): Promise<void> {
    const at = sql`(${day}::date)::timestamp at time zone 'UTC'`;
    await this.store.rows(sql`update shared_previews set seen_at = ${at} where id = ${previewId}::uuid and seen_at is distinct from ${at}`);
  }

  /** Closes the address. False where it was closed already. */
  async revoke(draftId: string, previewId: string, by: string, now: Date): Promise<boolean> {
    if (!isId(previewId)) return false;
    const revoked = await this.store.rows(sql`
      update shared_previews set revoked_by = ${by}, revoked_at = ${now.toISOString()}::timestamptz
      where id = ${previewId}::uuid and draft = ${draftId}::uuid and revoked_at is null returning 1`);
    return revoked.length > 0;
  }

  /** Gives it another address, until then: the one before leads nowhere. False where there is no such preview. */
  async readdress(
    draftId: string,
    previewId: string,
    { tokenHash, until }: { readonly tokenHash: string; readonly until: Date },
  ): Promise<boolean> {
    if (!isId(previewId)) return false;
    const changed = await this.store.rows(sql`
      update shared_previews set token_hash = ${tokenHash}, until = ${until.toISOString()}::timestamptz, revoked_by = null, revoked_at = null
      where id = ${previewId}::uuid and draft = ${draftId}::uuid returning 1`);
    return changed.length > 0;
  }
}

function isId(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}

function withTimes<Of extends AsRow<ListedPreview>>(row: Of): Omit<Of, Times> & Pick<SharedPreview, Times> {
  const { at, until, seenAt, revokedAt, ...rest } = row;
  const when = (text: string | null) => (text === null ? null : new Date(text));
  return { ...rest, at: new Date(at), until: new Date(until), seenAt: when(seenAt), revokedAt: when(revokedAt) };
}
