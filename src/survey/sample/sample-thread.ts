import type { Worker } from "node:worker_threads";
import { CannotDo } from "../../console/refusals.ts";
import { editionStamp } from "../../model/territories/edition.ts";
import { startThread } from "../../platform/start-module.ts";
import type { SampleAnswer, SampleRequest } from "./sample-request.ts";

/** Limits of a thread, and of its queue. */
export interface SampleLimits {
  readonly timeoutMs: number;
  readonly maxMemoryMb: number;
  readonly maxQueued: number;
}

const defaultLimits: SampleLimits = { timeoutMs: 60_000, maxMemoryMb: 768, maxQueued: 12 };

/**
 * Reads samples in a worker thread, one at a time, so that the console stays responsive. If a request exceeds its limits, its thread ends, and the
 * next request starts a new thread. Identical requests share one answer.
 */
export class SampleThread<Ask = SampleRequest, Answer = SampleAnswer> {
  #worker: Worker | null = null;
  /** Edition of territories with which the thread has started. */
  #edition = "";
  #last: Promise<unknown> = Promise.resolve();
  readonly #waiting = new Map<string, Promise<Answer>>();

  /** `worker`: URL of the thread's entry point. */
  constructor(
    private readonly limits: SampleLimits = defaultLimits,
    private readonly worker: URL = new URL("./sample-worker.ts", import.meta.url),
  ) {}

  /** Returns the answer to a request. Throws `CannotDo` if it exceeds a limit, or if too many requests wait. */
  look(ask: Ask): Promise<Answer> {
    const key = JSON.stringify(ask);
    const same = this.#waiting.get(key);
    if (same !== undefined) return same;
    if (this.#waiting.size >= this.limits.maxQueued) return Promise.reject(new CannotDo(tooMany, 503));
    const next = this.#last.then(() => this.#one(ask)).finally(() => this.#waiting.delete(key));
    this.#waiting.set(key, next);
    this.#last = next.catch(() => undefined);
    return next;
  }

  async close(): Promise<void> {
    await this.#worker?.terminate();
    this.#worker = null;
  }

  #one(ask: Ask): Promise<Answer> {
    if (this.#edition !== editionStamp()) {
      void this.#worker?.terminate();
      this.#worker = null;
      this.#edition = editionStamp();
    }
    const worker = this.#worker ?? this.#start();
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
      const timer = setTimeout(() => giveUp(new CannotDo(tooLong)), this.limits.timeoutMs);
      worker.ref();
      worker.on("message", (reply: { answer: Answer } | { failed: string }) => {
        if ("failed" in reply) return giveUp(new Error(reply.failed));
        end();
        resolve(reply.answer);
      });
      worker.on("error", (error: Error & { code?: string }) =>
        giveUp(error.code === "ERR_WORKER_OUT_OF_MEMORY" ? new CannotDo(tooBig) : error),
      );
      worker.on("exit", () => giveUp(new CannotDo(tooBig)));
      worker.postMessage(ask);
    });
  }

  #start(): Worker {
    this.#worker = startThread(this.worker, { resourceLimits: { maxOldGenerationSizeMb: this.limits.maxMemoryMb } });
    return this.#worker;
  }
}

const tooLong =
  "Ce fichier demande trop de temps à lire ici. Essayez avec un extrait, ou demandez à un développeur de préparer le connecteur.";
const tooMany = "Beaucoup de fichiers sont regardés en ce moment. Rien n’est perdu : recommencez dans une minute.";
const tooBig =
  "Ce fichier demande trop de mémoire à lire ici. Essayez avec un extrait, ou demandez à un développeur de préparer le connecteur.";
