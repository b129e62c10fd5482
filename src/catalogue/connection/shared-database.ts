import type { PGlite, Transaction } from "@electric-sql/pglite";
import type { FreeSpace } from "./free-space.ts";

/** A request of another process for our embedded database. Plain data. `transaction`: null outside transactions. */
export type DatabaseRequest =
  | { readonly kind: "query"; readonly id: number; readonly transaction: number | null; readonly query: SentQuery }
  | { readonly kind: "begin"; readonly id: number }
  | { readonly kind: "commit" | "rollback"; readonly id: number; readonly transaction: number };

/** A statement with its parameters. */
interface SentQuery {
  readonly statement: string;
  readonly params: readonly unknown[];
  readonly rowMode: "array" | "object";
  /** Types whose values stay text. */
  readonly asText: readonly number[];
  /** Input of a `copy … from`. */
  readonly blob: Uint8Array | null;
}

/** Answer to a request. `begin` is answered with the number of the transaction. */
export type DatabaseAnswer =
  | { readonly id: number; readonly rows: readonly unknown[]; readonly blob: Uint8Array | null }
  | { readonly id: number; readonly transaction: number }
  | { readonly id: number; readonly error: { readonly message: string; readonly code: string | undefined } };

/**
 * A transaction without a request for this long is rolled back, because everybody waits for it. Its process may be in a loop. The next
 * request in it fails like after PostgreSQL's `idle_in_transaction_session_timeout`.
 */
const maxIdleMs = 10_000;
const idleTooLong = "25P03";

/** Executes the requests of one process on the embedded database. */
export class SharedDatabase {
  readonly #transactions = new Map<number, OpenTransaction>();
  #count = 0;
  #isClosed = false;

  /** `disk`: transactions fail before it is full. */
  constructor(
    private readonly client: PGlite,
    private readonly disk?: FreeSpace,
  ) {}

  /** Answers a request. A failed statement is an answer too. */
  async answer(request: DatabaseRequest): Promise<DatabaseAnswer> {
    const { id } = request;
    try {
      if (request.kind === "query") {
        if (request.transaction === null) return { id, ...(await execute(this.client, request.query)) };
        const { use } = this.#open(request.transaction);
        return { id, ...(await use((client) => execute(client, request.query))) };
      }
      if (request.kind === "begin") {
        await this.disk?.checkBeforeWriting();
        return { id, transaction: await this.#begin() };
      }
      await this.#end(request.transaction, request.kind === "commit");
      return { id, rows: [], blob: null };
    } catch (error) {
      const code = error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
      return { id, error: { message: error instanceof Error ? error.message : String(error), code } };
    }
  }

  /** Rolls back the transactions of a process that has ended. */
  async close(): Promise<void> {
    this.#isClosed = true;
    for (const number of [...this.#transactions.keys()]) await this.#end(number, false);
  }

  #open(number: number): OpenTransaction {
    const found = this.#transactions.get(number);
    if (found === undefined) throw Object.assign(new Error(`transaction ${number} was rolled back`), { code: idleTooLong });
    return found;
  }

  /** Begins a transaction. PGlite has one session, so it waits for the end of all others. */
  async #begin(): Promise<number> {
    const number = ++this.#count;
    await new Promise<void>((begun, failed) => {
      const over = this.client.transaction(
        (client) =>
          new Promise<void>((commit, rollback) => {
            if (this.#isClosed) return rollback(rolledBack);
            const use = this.#limitIdleTime(number, client);
            this.#transactions.set(number, { use, commit, rollback, over: () => over });
            begun();
          }),
      );
      over.catch(failed);
    });
    return number;
  }

  /** Returns a function that uses a transaction. The transaction is rolled back when nothing has used it for `maxIdleMs`. */
  #limitIdleTime(number: number, client: Transaction): OpenTransaction["use"] {
    let uses = 0;
    let timer: NodeJS.Timeout | undefined;
    const wait = () => {
      timer = setTimeout(() => void (this.#transactions.has(number) && this.#end(number, false)), maxIdleMs).unref();
    };
    wait();
    return async (work) => {
      uses++;
      clearTimeout(timer);
      try {
        return await work(client);
      } finally {
        if (--uses === 0) wait();
      }
    };
  }

  async #end(number: number, commits: boolean): Promise<void> {
    const { commit, rollback, over } = this.#open(number);
    this.#transactions.delete(number);
    if (commits) commit();
    else rollback(rolledBack);
    await over().catch((error: unknown) => {
      if (error !== rolledBack) throw error;
    });
  }
}

interface OpenTransaction {
  use<T>(work: (client: Transaction) => Promise<T>): Promise<T>;
  commit(): void;
  rollback(reason: Error): void;
  over(): Promise<void>;
}

const rolledBack = new Error("rolled back");

async function execute(on: PGlite | Transaction, { statement, params, rowMode, asText, blob }: SentQuery) {
  const parsers = Object.fromEntries(asText.map((type) => [type, (value: string) => value]));
  const input = blob === null ? {} : { blob: new Blob([blob as Uint8Array<ArrayBuffer>]) };
  const found = await on.query(statement, [...params], { rowMode, parsers, ...input });
  return { rows: found.rows, blob: found.blob === undefined ? null : new Uint8Array(await found.blob.arrayBuffer()) };
}
