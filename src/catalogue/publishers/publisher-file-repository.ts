import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import type { PlanState } from "../../model/plan/plan.ts";
import type { FileProblem } from "../../model/publisher/file-problem.ts";
import type { Outcome } from "../../model/run/run-error.ts";
import { storableJson, storableText } from "../../model/text/storable.ts";
import { isoInstant, type Store } from "../store.ts";

/**
 * A file that a publisher uploaded for a feed, or an aid that it entered by form (`entry`). `connector`: null for an entry that no worker has
 * taken yet. `name`: name of the file, or title of the aid.
 */
interface PublisherFile {
  readonly fileId: string;
  readonly kind: "file" | "entry";
  readonly connector: string | null;
  readonly name: string;
  readonly by: string;
}

/** Where an uploaded file or an entry is. `at`: ISO instant. `plan`: state of the plan of its run; null without a plan. */
export interface ListedFile extends PublisherFile {
  readonly at: string;
  readonly problem: FileProblem | null;
  readonly outcome: Outcome | null;
  readonly planId: string | null;
  readonly plan: PlanState | null;
  readonly isUndone: boolean;
  /** True for an entry that was refused, and whose answers its author can correct. */
  readonly hasAnswers: boolean;
}

/** How a worker's try ended: with a run, or with a problem. `answers`: of an entry that its author can correct. */
export type FileEnd =
  | { readonly runId: string; readonly connector: string }
  | { readonly problem: FileProblem; readonly answers?: Readonly<Record<string, string>> };

/** A file or an entry that waits for a worker, with its content. */
export interface WaitingFile extends PublisherFile {
  readonly publisherId: string;
  readonly content: Uint8Array;
}

/** A file or an entry that a worker takes. `tries`: how often workers have begun to take it, with this time. */
export interface TakenFile extends WaitingFile {
  readonly tries: number;
}

const columns = sql`files.id as "fileId", files.kind, files.connector, files.name, files.by`;
const listed = sql`${columns}, ${isoInstant(sql`files.at`)} as at, files.problem, runs.outcome, plans.id as "planId", plans.state as plan,
    runs.undone_at is not null as "isUndone",
    files.answers is not null as "hasAnswers"
  from publisher_files files left join runs on runs.id = files.run_id
    left join plans on plans.run_id = files.run_id and plans.origin = 'run' and plans.complete`;

/** Files and entries of publishers. The public process stores them here, and a worker makes snapshots and runs of them. */
export class PublisherFileRepository {
  constructor(private readonly store: Store) {}

  async add(file: Omit<WaitingFile, "fileId"> & { readonly at: Date }): Promise<void> {
    const content = Buffer.from(file.content).toString("base64");
    await this.store.rows(sql`
      insert into publisher_files (id, publisher, kind, connector, name, content, by, at)
      values (${randomUUID()}::uuid, ${file.publisherId}::uuid, ${file.kind}, ${file.connector}, ${storableText(file.name)},
        decode(${content}, 'base64'), ${file.by}, ${file.at.toISOString()}::timestamptz)`);
  }

  /** Lists the last files or entries of a publisher, newest first. */
  list(publisherId: string, kind: PublisherFile["kind"], limit: number): Promise<ListedFile[]> {
    return this.store.rows<ListedFile>(sql`
      select ${listed} where files.publisher = ${publisherId}::uuid and files.kind = ${kind} order by files.at desc, files.id limit ${limit}`);
  }

  /** Lists files and entries whose plan waits for a decision, oldest first. */
  toDecide(limit: number): Promise<ListedFile[]> {
    return this.store.rows<ListedFile>(sql`
      select ${listed} where plans.state in ('open', 'part-applied') order by files.at, files.id limit ${limit}`);
  }

  /** Lists the ids of the files and entries that wait for a worker, oldest first. */
  async waiting(): Promise<string[]> {
    return this.store.values<string>(sql`select id from publisher_files where run_id is null and problem is null order by at, id`);
  }

  /** Counts a try of a file or an entry, and returns it with its content. Returns null if it waits no longer. */
  async beginTry(fileId: string): Promise<TakenFile | null> {
    const [file] = await this.store.rows<Omit<TakenFile, "content"> & { content: string }>(sql`
      update publisher_files files set tries = tries + 1 where id = ${fileId}::uuid and run_id is null and problem is null
      returning ${columns}, files.publisher as "publisherId", files.tries, encode(content, 'base64') as content`);
    return file === undefined ? null : { ...file, content: Buffer.from(file.content, "base64") };
  }

  /** Lists the files and entries whose tries all failed, oldest first. */
  failed(): Promise<(PublisherFile & { readonly publisher: string })[]> {
    return this.store.rows(sql`
      select ${columns}, publishers.name as publisher from publisher_files files join publishers on publishers.id = files.publisher
      where files.problem = 'failed' order by files.at, files.id`);
  }

  /** Lets workers try the failed files and entries again. Returns their number. */
  async resumeFailed(): Promise<number> {
    const resumed = await this.store.rows(sql`update publisher_files set problem = null, tries = 0 where problem = 'failed' returning id`);
    return resumed.length;
  }

  /** Returns a refused entry of a publisher, or null if it does not exist or its answers are deleted. */
  async refusedEntry(
    publisherId: string,
    fileId: string,
  ): Promise<{ readonly problem: FileProblem; readonly answers: Readonly<Record<string, string>> } | null> {
    const [entry] = await this.store.rows<{ problem: FileProblem; answers: Readonly<Record<string, string>> }>(sql`
      select problem, answers from publisher_files
      where id::text = ${fileId} and publisher = ${publisherId}::uuid and problem is not null and answers is not null`);
    return entry ?? null;
  }

  /** Deletes the answers of a refused entry. */
  async dropAnswers(publisherId: string, fileId: string): Promise<void> {
    await this.store.rows(sql`update publisher_files set answers = null where id::text = ${fileId} and publisher = ${publisherId}::uuid`);
  }

  /** Records what became of a file or an entry, and deletes its content, unless it may be tried again. */
  async settle(fileId: string, end: FileEnd): Promise<void> {
    const { runId, connector } = "runId" in end ? end : { runId: null, connector: null };
    const { problem, answers = null } = "problem" in end ? end : { problem: null };
    await this.store.rows(sql`
      update publisher_files set content = case when ${problem} = 'failed' then content end, run_id = ${runId}::uuid,
        connector = coalesce(${connector}, connector), problem = ${problem}, answers = ${answers === null ? null : storableJson(answers)}::jsonb
      where id = ${fileId}::uuid`);
  }

  /** Removes the files and entries before an instant. */
  async prune(before: Date): Promise<void> {
    await this.store.rows(sql`delete from publisher_files where at < ${before.toISOString()}::timestamptz`);
  }
}
