import type { PGlite, PGliteInterface, QueryOptions, Transaction } from "@electric-sql/pglite";
import { drizzle } from "drizzle-orm/pglite";
import { Store } from "../store.ts";
import type { Connection } from "./connection.ts";
import { copyEmbedded } from "./copy.ts";
import type { DatabaseAnswer, DatabaseRequest } from "./shared-database.ts";

type Client = Pick<Transaction, "query">;

/** The embedded database of another process, used by messages: see `SharedDatabase`. */
export interface SharedConnection extends Connection {
  /** Call it with each answer. */
  receive(answer: DatabaseAnswer): void;
}

/** Connects to the embedded database of another process, which answers each request that `send` sends. */
export function connectShared(send: (request: DatabaseRequest) => void): SharedConnection {
  const waiting = new Map<number, { answer(answer: DatabaseAnswer): void; fail(error: Error): void }>();
  let requests = 0;
  const ask = (request: DatabaseRequest extends infer R ? (R extends unknown ? Omit<R, "id"> : never) : never) =>
    new Promise<DatabaseAnswer>((answer, fail) => {
      const id = requests++;
      waiting.set(id, { answer, fail });
      send({ ...request, id } as DatabaseRequest);
    });
  const clientIn = (transaction: number | null): Client => ({
    query: async <T>(statement: string, params: unknown[] = [], { rowMode = "object", parsers = {}, blob }: QueryOptions = {}) => {
      // Drizzle's parsers return the text itself: dates and times stay text.
      const asText = Object.keys(parsers).map(Number);
      const bytes = blob === undefined ? null : new Uint8Array(await blob.arrayBuffer());
      const answer = await ask({ kind: "query", transaction, query: { statement, params, rowMode, asText, blob: bytes } });
      const { rows, blob: output } = answer as Extract<DatabaseAnswer, { rows: unknown }>;
      return {
        rows: rows as T[],
        fields: [],
        ...(output !== null && { blob: new Blob([output as Uint8Array<ArrayBuffer>]) }),
      };
    },
  });
  const transaction = async <T>(work: (client: Transaction) => Promise<T>): Promise<T> => {
    const { transaction: number } = (await ask({ kind: "begin" })) as Extract<DatabaseAnswer, { transaction: number }>;
    try {
      const result = await work(clientIn(number) as Transaction);
      await ask({ kind: "commit", transaction: number });
      return result;
    } catch (error) {
      await ask({ kind: "rollback", transaction: number }).catch(() => undefined); // a failed commit has rolled back
      throw error;
    }
  };
  const client = { ...clientIn(null), transaction } satisfies Partial<PGliteInterface> as unknown as PGlite;
  return {
    kind: "embedded",
    store: new Store(drizzle({ client }), copyEmbedded),
    close: async () => undefined,
    receive: (answer) => {
      const asked = waiting.get(answer.id);
      waiting.delete(answer.id);
      if (!("error" in answer)) return asked?.answer(answer);
      const { message, code } = answer.error;
      asked?.fail(Object.assign(new Error(message), code !== undefined && { code }));
    },
  };
}
