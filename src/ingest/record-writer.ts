import type { Rejection } from "../model/plan/plan.ts";
import type { ReadPiece } from "./piece-result.ts";

/** Where valid and rejected records are written. */
export interface RecordSinks<Staged> {
  /** Stages the valid aids of a piece. */
  stage(aids: Staged): Promise<void>;
  reject(rejections: readonly Rejection[]): Promise<void>;
}

/** Rejected records per write: one statement costs as much as twenty records. */
const rejectedPerWrite = 250;
/** Number of writes at the same time: one is sent while the database executes the other. */
const writesAtOnce = 2;

/** Writes the records of pieces in the background. */
export class RecordWriter<Staged> {
  #rejected: Rejection[] = [];
  /** The last write of rejected records. They are written one batch after the other, in feed order. */
  #rejecting: Promise<void> = Promise.resolve();
  readonly #going = new Set<Promise<void>>();
  #failure: { readonly error: unknown } | null = null;

  #kept = 0;

  /** `maxRejected`: number of rejected records to write. */
  constructor(
    private readonly sinks: RecordSinks<Staged>,
    private readonly maxRejected = Number.POSITIVE_INFINITY,
  ) {}

  /** Starts to write a piece. Waits while too many are being written. Throws the failure of an earlier write. */
  async write({ staged, memoOf, rejected }: ReadPiece<Staged>): Promise<void> {
    for (const rejection of rejected) {
      if (this.#kept === this.maxRejected) break;
      this.#rejected.push(rejection);
      this.#kept++;
    }
    if (memoOf.length > 0) await this.#start(() => this.sinks.stage(staged));
    if (this.#rejected.length >= rejectedPerWrite) await this.#writeRejected();
  }

  /** Writes the rest and waits for everything. */
  async end(): Promise<void> {
    if (this.#rejected.length > 0) await this.#writeRejected();
    await Promise.all(this.#going);
    this.#throwFailure();
  }

  async #writeRejected(): Promise<void> {
    const rejected = this.#rejected;
    this.#rejected = [];
    await this.#start(() => {
      this.#rejecting = this.#rejecting.then(() => this.sinks.reject(rejected));
      return this.#rejecting;
    });
  }

  async #start(write: () => Promise<void>): Promise<void> {
    while (this.#going.size >= writesAtOnce) await Promise.race(this.#going);
    this.#throwFailure();
    const going = write()
      .catch((error: unknown) => {
        this.#failure ??= { error };
      })
      .finally(() => this.#going.delete(going));
    this.#going.add(going);
  }

  #throwFailure(): void {
    if (this.#failure !== null) throw this.#failure.error;
  }
}
