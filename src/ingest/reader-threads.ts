import { availableParallelism } from "node:os";
import type { Worker } from "node:worker_threads";
import type { StagedRows } from "../catalogue/runs/staged-rows.ts";
import { RunFailed } from "../model/run/run-error.ts";
import { startThread } from "../platform/start-module.ts";
import type { Piece, RowsPiece } from "./decode/piece.ts";
import type { PieceReader } from "./ingest-records.ts";
import type { PieceReading, ReadPiece } from "./piece-result.ts";
import type { PieceAnswer, PieceRequest, ThreadStart } from "./reader-thread.ts";

/** More threads gain nothing: then the database or the thread that cuts the feed is the limit. */
const maxThreads = 4;
/** V8's default of 48 MB costs 10 to 40 MB more memory in all, and is not faster. */
const resourceLimits = { maxYoungGenerationSizeMb: 16 };

/** Reads pieces in threads. */
export class ReaderThreads implements PieceReader<StagedRows> {
  /** Enough that no thread waits for this one to take a result. */
  readonly atOnce: number;
  readonly #threads: Worker[];
  /** Pieces being read, by thread. */
  readonly #load = new Map<Worker, number>();
  readonly #waiting = new Map<number, { resolve(answer: PieceAnswer): void; reject(error: unknown): void }>();
  /** Bytes of pieces that came back from a thread. A sent buffer is no longer readable here. */
  readonly #bytes = new WeakMap<Piece, Uint8Array<ArrayBuffer>>();
  #requests = 0;
  #failure: { readonly error: unknown } | null = null;

  constructor(start: Omit<ThreadStart, "number">, count = Math.min(maxThreads, availableParallelism())) {
    this.atOnce = 2 * count + 2;
    this.#threads = Array.from({ length: count }, (_, number) => this.#start({ ...start, number }));
  }

  async read(piece: Piece, reading: PieceReading): Promise<ReadPiece<StagedRows>> {
    if (this.#failure !== null) throw this.#failure.error;
    const sent = piece.kind === "rows" ? this.#sendable(piece) : piece;
    const id = this.#requests++;
    const thread = this.#leastLoaded();
    this.#load.set(thread, (this.#load.get(thread) ?? 0) + 1);
    const answer = await new Promise<PieceAnswer>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      thread.postMessage({ id, piece: sent, reading } satisfies PieceRequest, sent.kind === "rows" ? [sent.bytes.buffer] : []);
    });
    this.#load.set(thread, (this.#load.get(thread) ?? 1) - 1);
    if ("error" in answer) throw answer.error;
    if (answer.bytes !== null) this.#bytes.set(piece, answer.bytes);
    return answer.read;
  }

  /** Ends the threads, also in the middle of a piece. */
  async close(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.terminate()));
  }

  #sendable(piece: RowsPiece): RowsPiece {
    const bytes = this.#bytes.get(piece);
    return bytes === undefined ? piece : { ...piece, bytes };
  }

  #start(start: ThreadStart): Worker {
    const thread = startThread(new URL("./reader-thread.ts", import.meta.url), { workerData: start, resourceLimits });
    thread.on("message", (answer: PieceAnswer) => {
      this.#waiting.get(answer.id)?.resolve(answer);
      this.#waiting.delete(answer.id);
    });
    thread.on("error", (cause) => this.#fail(deathOf(cause)));
    thread.on("exit", (code) => this.#fail(new RunFailed("internal", { reason: `a reading thread ended with ${code}` })));
    return thread;
  }

  /** Rejects the requests of now and later, because a thread has ended and will not answer. */
  #fail(error: unknown): void {
    this.#failure ??= { error };
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }

  #leastLoaded(): Worker {
    const [first, ...others] = this.#threads;
    if (first === undefined) throw new RunFailed("internal", { reason: "no reading thread" });
    return others.reduce((best, thread) => ((this.#load.get(thread) ?? 0) < (this.#load.get(best) ?? 0) ? thread : best), first);
  }
}

/** Returns why a thread died. */
function deathOf(cause: Error): RunFailed {
  const isFull = "code" in cause && cause.code === "ERR_WORKER_OUT_OF_MEMORY";
  return isFull ? new RunFailed("out-of-memory") : new RunFailed("internal", { reason: String(cause) }, { cause });
}
