import { parentPort, type Worker } from "node:worker_threads";
import { startThread } from "./start-module.ts";

/** Functions that a thread offers, by name. Requests and answers are plain data. */
type Offered = Readonly<Record<string, (request: never) => unknown>>;
type RequestOf<Function> = Function extends (request: infer Request) => unknown ? Request : never;
type AnswerOf<Function> = Function extends (request: never) => infer Answer ? Awaited<Answer> : never;

type Reply = { readonly answer: unknown } | { readonly failed: string };

/** Limits of a thread. */
export interface ThreadLimits {
  /** Maximum time for one request. */
  readonly timeoutMs: number;
  readonly maxMemoryMb: number;
  /** Maximum number of unanswered requests. With it, equal requests share one answer. Default: no limit. */
  readonly maxQueued?: number;
}

/** A request that takes too much time or memory, whose thread has ended, or that comes when too many others wait. */
export class LimitExceeded extends Error {
  override readonly name = "LimitExceeded";

  constructor(readonly limit: "time" | "memory" | "queue") {
    super(`the ${limit} limit of a thread is exceeded`);
  }
}

/**
 * Runs functions of a module in a worker thread, one request at a time, so that this thread stays responsive. The thread starts with the
 * first request. If a request fails or exceeds a limit, its thread ends, and the next request starts a new thread.
 */
export class LimitedThread<Functions extends Offered> {
  #worker: Worker | null = null;
  /** Version of the shared data with which the thread has started. */
  #startedWith = "";
  #last: Promise<unknown> = Promise.resolve();
  readonly #waiting = new Map<string, Promise<unknown>>();

  /** `module`: URL of the thread's entry point, which calls `offer`. `version`: of data that a thread loads once; a new one needs a new thread. */
  constructor(
    private readonly module: URL,
    private readonly limits: ThreadLimits,
    private readonly version: () => string = () => "",
  ) {}

  /** Returns the answer of a function to a request. Throws `LimitExceeded`, or the error of the function as a plain `Error`. */
  ask<Name extends keyof Functions & string>(name: Name, request: RequestOf<Functions[Name]>): Promise<AnswerOf<Functions[Name]>>;
  ask(name: string, request: unknown): Promise<unknown> {
    const { maxQueued } = this.limits;
    if (maxQueued === undefined) return this.#inTurn({ name, request });
    const key = JSON.stringify([name, request]);
    const same = this.#waiting.get(key);
    if (same !== undefined) return same;
    if (this.#waiting.size >= maxQueued) return Promise.reject(new LimitExceeded("queue"));
    const answer = this.#inTurn({ name, request }).finally(() => this.#waiting.delete(key));
    this.#waiting.set(key, answer);
    return answer;
  }

  /** Does the same, and ends the thread. */
  async askOnce<Name extends keyof Functions & string>(
    name: Name,
    request: RequestOf<Functions[Name]>,
  ): Promise<AnswerOf<Functions[Name]>> {
    try {
      return await this.ask(name, request);
    } finally {
      await this.close();
    }
  }

  async close(): Promise<void> {
    const worker = this.#worker;
    this.#worker = null;
    await worker?.terminate();
  }

  #inTurn(message: object): Promise<unknown> {
    const answer = this.#last.then(() => this.#send(message));
    this.#last = answer.catch(() => undefined);
    return answer;
  }

  #send(message: object): Promise<unknown> {
    const worker = this.#readyWorker();
    return new Promise((resolve, reject) => {
      const end = () => {
        clearTimeout(timer);
        worker.removeAllListeners("message").removeAllListeners("error").removeAllListeners("exit");
        worker.unref();
      };
      const giveUp = (error: Error) => {
        end();
        this.#worker = null;
        worker.on("error", () => undefined);
        void worker.terminate();
        reject(error);
      };
      const timer = setTimeout(() => giveUp(new LimitExceeded("time")), this.limits.timeoutMs);
      worker.ref();
      worker.on("message", (reply: Reply) => {
        if ("failed" in reply) return giveUp(new Error(reply.failed));
        end();
        resolve(reply.answer);
      });
      worker.on("error", (error: Error & { code?: string }) =>
        giveUp(error.code === "ERR_WORKER_OUT_OF_MEMORY" ? new LimitExceeded("memory") : error),
      );
      worker.on("exit", () => giveUp(new LimitExceeded("memory")));
      worker.postMessage(message);
    });
  }

  #readyWorker(): Worker {
    if (this.#startedWith !== this.version()) void this.close();
    this.#startedWith = this.version();
    this.#worker ??= startThread(this.module, { resourceLimits: { maxOldGenerationSizeMb: this.limits.maxMemoryMb } });
    return this.#worker;
  }
}

/** Answers the requests of a `LimitedThread`, in its thread. `describe`: the message of an error that reaches the asker. */
export function offer<Functions extends Offered>(functions: Functions, describe: (error: unknown) => string = stackOf): Functions {
  parentPort?.on("message", async ({ name, request }: { readonly name: string; readonly request: never }) => {
    try {
      parentPort?.postMessage({ answer: await functions[name]?.(request) } satisfies Reply);
    } catch (error) {
      parentPort?.postMessage({ failed: describe(error) } satisfies Reply);
    }
  });
  return functions;
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
