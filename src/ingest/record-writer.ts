import type { NewAid, RejectedRecord } from "../model/plan/plan.ts";

/** Where valid and rejected records are written. */
export interface RecordSinks {
  stage(aids: readonly NewAid[]): Promise<void>;
  reject(records: readonly RejectedRecord[]): Promise<void>;
}

/** Records per write. Large batches are faster, because one statement costs as much as twenty records. */
const recordsPerWrite = 250;

/** Collects records and writes them in batches. Collects the next batch while one is being written. */
export class RecordWriter {
  #staged: NewAid[] = [];
  #rejected: RejectedRecord[] = [];
  #writing: Promise<unknown> = Promise.resolve();

  constructor(private readonly sinks: RecordSinks) {}

  stage(aid: NewAid): void {
    this.#staged.push(aid);
  }

  reject(record: RejectedRecord): void {
    this.#rejected.push(record);
  }

  /** Starts a write if the batch is full. First waits for the previous write, and throws its error. */
  async writeFull(): Promise<void> {
    if (this.#staged.length + this.#rejected.length >= recordsPerWrite) await this.#write();
  }

  /** Writes the remaining records and waits until they are written. */
  async writeRest(): Promise<void> {
    await this.#write();
    await this.#writing;
  }

  async #write(): Promise<void> {
    const staged = this.#staged;
    const rejected = this.#rejected;
    this.#staged = [];
    this.#rejected = [];
    await this.#writing;
    this.#writing = Promise.all([
      staged.length > 0 ? this.sinks.stage(staged) : undefined,
      rejected.length > 0 ? this.sinks.reject(rejected) : undefined,
    ]);
    this.#writing.catch(() => undefined); // the next write awaits the promise and throws its error
  }
}
