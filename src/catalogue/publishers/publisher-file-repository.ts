import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import type { PlanState } from "../../model/plan/plan.ts";
import type { Outcome } from "../../model/run/run-error.ts";
import { storableText } from "../../model/text/storable.ts";
import { isoInstant, type Store } from "../store.ts";

/** A file that a publisher uploaded for a feed. */
interface PublisherFile {
  readonly fileId: string;
  readonly connector: string;
  readonly name: string;
  readonly by: string;
}

/** Where an uploaded file is. `at`: ISO instant. `plan`: state of the plan of its run; null without a plan. */
export interface ListedFile extends PublisherFile {
  readonly at: string;
  readonly problem: "forgotten-person" | "no-connector" | null;
  readonly outcome: Outcome | null;
  readonly planId: string | null;
  readonly plan: PlanState | null;
}

/** A file that waits for a worker, with its content. */
export interface WaitingFile extends PublisherFile {
  readonly content: Uint8Array;
}

const columns = sql`files.id as "fileId", files.connector, files.name, files.by`;
const listed = sql`${columns}, ${isoInstant(sql`files.at`)} as at, files.problem, runs.outcome, plans.id as "planId", plans.state as plan
  from publisher_files files left join runs on runs.id = files.run_id
    left join plans on plans.run_id = files.run_id and plans.origin = 'run' and plans.complete`;

/** Files that publishers uploaded. The public process stores them here, and a worker makes snapshots and runs of them. */
export class PublisherFileRepository {
  constructor(private readonly store: Store) {}

  async add(file: Omit<WaitingFile, "fileId"> & { readonly publisherId: string; readonly at: Date }): Promise<void> {
    const content = Buffer.from(file.content).toString("base64");
    await this.store.rows(sql`
      insert into publisher_files (id, publisher, connector, name, content, by, at)
      values (${randomUUID()}::uuid, ${file.publisherId}::uuid, ${file.connector}, ${storableText(file.name)}, decode(${content}, 'base64'), ${file.by},
        ${file.at.toISOString()}::timestamptz)`);
  }

  /** Lists the last files of a publisher, newest first. */
  list(publisherId: string, limit: number): Promise<ListedFile[]> {
    return this.store.rows<ListedFile>(sql`
      select ${listed} where files.publisher = ${publisherId}::uuid order by files.at desc, files.id limit ${limit}`);
  }

  /** Lists files whose plan waits for a decision, oldest first. */
  toDecide(limit: number): Promise<ListedFile[]> {
    return this.store.rows<ListedFile>(sql`
      select ${listed} where plans.state in ('open', 'part-applied') order by files.at, files.id limit ${limit}`);
  }

  /** Returns the oldest file that waits for a worker, or null. */
  async next(): Promise<WaitingFile | null> {
    const [file] = await this.store.rows<PublisherFile & { content: string }>(sql`
      select ${columns}, encode(content, 'base64') as content from publisher_files files
      where run_id is null and problem is null order by files.at, files.id limit 1`);
    return file === undefined ? null : { ...file, content: Buffer.from(file.content, "base64") };
  }

  /** Records what became of a file, and deletes its content. */
  async settle(fileId: string, end: { readonly runId: string } | { readonly problem: NonNullable<ListedFile["problem"]> }): Promise<void> {
    const { runId = null, problem = null } = { ...end } as { runId?: string; problem?: string };
    await this.store.rows(sql`
      update publisher_files set content = null, run_id = ${runId}::uuid, problem = ${problem} where id = ${fileId}::uuid`);
  }

  /** Removes the files before an instant. */
  async prune(before: Date): Promise<void> {
    await this.store.rows(sql`delete from publisher_files where at < ${before.toISOString()}::timestamptz`);
  }
}
