import { tmpdir } from "node:os";
import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import { newestMigration } from "../../catalogue/schema/migrate.ts";
import type { MachineCause } from "../../model/run/machine-cause.ts";
import { machineCauseOfError, RunFailed } from "../../model/run/run-error.ts";
import type { RunReport } from "../../model/run/run-report.ts";
import { inTime } from "../../platform/in-time.ts";
import type { Logger } from "../../platform/logger.ts";
import { hasRoom, type MemoryFiles, memoryLeft, tryToWrite } from "../../platform/machine-room.ts";
import { findInstallation } from "../../registry/installation.ts";
import { causeSentence } from "../monitoring/trouble.ts";
import { KeptFaults } from "./kept-faults.ts";
import { workerName } from "./worker-name.ts";

const megabyte = 1024 * 1024;
/** Room for the start of a download. A larger feed that finds no room is a fault of the machine too. */
const minTemporaryBytes = 64 * megabyte;
/** A run's process needs more than this to start. */
const minMemoryBytes = 64 * megabyte;

/** State of a worker. `sickFor`: why it takes no run, since `since`; `leaveFor`: the migration for which it must finish and end. */
export interface WorkerState {
  readonly sickFor: MachineCause | null;
  readonly since: Date | null;
  readonly leaveFor: string | null;
}

/** What a self-test looks at. Tests change it. */
export interface SelfTestTerms {
  readonly name?: string;
  /** A result counts for this long. Default 5,000. */
  readonly everyMs?: number;
  /** Time for a small commit. Default 5,000. */
  readonly commitWithinMs?: number;
  readonly temporaryFolder?: string;
  readonly memoryFiles?: MemoryFiles;
  /** The newest migration that this worker knows. */
  readonly migration?: string;
}

/**
 * Tests whether this worker can do runs: a commit answers, the temporary folder has room, the database has the schema that this version
 * knows, and memory is left. Its row in `workers` is the commit. Tells ops about faults of machines, each once.
 */
export class SelfTest {
  #state: WorkerState = { sickFor: null, since: null, leaveFor: null };
  #testedAt = Number.NEGATIVE_INFINITY;
  #testing: Promise<WorkerState> | undefined;
  #hearing: ReturnType<SelfTest["hear"]> | undefined;
  #migration: string | undefined;
  /** A disk was full: small writes say nothing until a large one has succeeded. */
  readonly #full = new Set<MachineCause>();
  readonly #faults: KeptFaults;
  readonly #name: string;
  readonly everyMs: number;

  constructor(
    private readonly catalogue: Pick<Catalogue, "kind" | "machineFaults" | "workers">,
    private readonly logger: Pick<Logger, "info" | "warn">,
    private readonly terms: SelfTestTerms = {},
  ) {
    this.#name = terms.name ?? workerName;
    this.everyMs = terms.everyMs ?? 5000;
    this.#migration = terms.migration;
    this.#faults = new KeptFaults(catalogue.machineFaults, this.#name);
  }

  /** Returns the result of the last test. */
  state(): WorkerState {
    return this.#state;
  }

  /** Returns true if the worker may take a run. Tests again if the last result is old. */
  async mayTakeRuns(): Promise<boolean> {
    const { sickFor, leaveFor } = performance.now() - this.#testedAt < this.everyMs ? this.#state : await this.test();
    return sickFor === null && leaveFor === null;
  }

  /** Notes that a run or a claim failed. If a disk was full, or nothing was stored, the next test decides about the next run. */
  suspect(error: unknown): MachineCause | null {
    if (!isRunError(error)) return null;
    const cause = machineCauseOfError(error.code, error.params);
    if (cause === "disk-full" || cause === "temporary-disk-full") this.#full.add(cause);
    if (cause !== null && lasting.has(cause)) {
      this.#faults.keep(cause);
      this.#testedAt = Number.NEGATIVE_INFINITY;
    }
    return cause;
  }

  /** Tests now. Never throws. */
  test(): Promise<WorkerState> {
    this.#testing ??= this.#test().finally(() => {
      this.#testing = undefined;
      this.#testedAt = performance.now();
    });
    return this.#testing;
  }

  /** Deletes the worker's row, because it ends. */
  async leave(): Promise<void> {
    await this.#testing;
    await this.catalogue.workers.leave(this.#name).catch(() => undefined);
  }

  async #test(): Promise<WorkerState> {
    const { sickFor: before, since } = this.#state;
    let [sickFor, leaveFor] = [await this.#ownSickness(), this.#state.leaveFor];
    try {
      const heard = await this.#hearInTime(sickFor ?? before);
      leaveFor = heard.leaveFor;
      sickFor ??= heard.newest === this.#migration ? await this.#tryDisk() : "schema-unknown";
      if (sickFor !== before) await this.#hearInTime(sickFor);
    } catch (error) {
      sickFor = this.suspect(error) ?? "database-away";
    }
    if (sickFor !== before) this.#tell(sickFor, before);
    this.#state = { sickFor, since: sickFor === null ? null : sickFor === before ? since : new Date(), leaveFor };
    await this.#faults.store(sickFor);
    return this.#state;
  }

  /** Returns what this machine lacks. */
  async #ownSickness(): Promise<MachineCause | null> {
    const folder = this.terms.temporaryFolder ?? tmpdir();
    const hasTemporaryRoom = async () => {
      if (!(await hasRoom(folder, minTemporaryBytes))) return false;
      if (this.#full.has("temporary-disk-full")) await tryToWrite(folder);
      return true;
    };
    if (!(await hasTemporaryRoom().catch(() => false))) return "temporary-disk-full";
    this.#full.delete("temporary-disk-full");
    const left = await memoryLeft(this.terms.memoryFiles);
    return left !== null && left < minMemoryBytes ? "memory-short" : null;
  }

  /** Tries whether the full disk of the database has room again. */
  async #tryDisk(): Promise<MachineCause | null> {
    if (!this.#full.has("disk-full")) return null;
    try {
      await this.catalogue.workers.growDisk();
    } catch (error) {
      const cause = isRunError(error) ? machineCauseOfError(error.code, error.params) : null;
      // Another worker tries the same disk.
      if (cause === "lock-timeout") return "disk-full";
      if (cause !== null) return cause;
      this.logger.warn({ err: error }, "it could not be tried whether the disk of the database has room");
    }
    this.#full.delete("disk-full");
    return null;
  }

  /** Stores the worker's row. The embedded database has one connection, which a run can use for long. */
  async #hearInTime(sickFor: MachineCause | null): ReturnType<SelfTest["hear"]> {
    // A commit that hangs must not collect others behind it.
    this.#hearing ??= this.hear(sickFor).finally(() => {
      this.#hearing = undefined;
    });
    if (this.catalogue.kind === "embedded") return this.#hearing;
    return inTime(this.#hearing, this.terms.commitWithinMs ?? 5000, () => {
      throw new RunFailed("storage-failed", { reason: "timed-out" });
    });
  }

  private async hear(sickFor: MachineCause | null) {
    this.#migration ??= await newestMigration();
    return this.catalogue.workers.hear({ name: this.#name, version: findInstallation().version, migration: this.#migration, sickFor });
  }

  #tell(sickFor: MachineCause | null, before: MachineCause | null): void {
    const fields = { worker: this.#name, cause: sickFor ?? before };
    if (sickFor !== null) this.logger.warn(fields, `this worker takes no run: ${causeSentence(sickFor)}`);
    else this.logger.info(fields, "this worker takes runs again");
  }
}

/** Causes that last longer than one statement. */
const lasting: ReadonlySet<MachineCause> = new Set([
  "disk-full",
  "temporary-disk-full",
  "no-free-connection",
  "database-away",
  "memory-short",
  "schema-unknown",
]);

function isRunError(error: unknown): error is NonNullable<RunReport["error"]> {
  return typeof error === "object" && error !== null && "code" in error && "params" in error;
}
