import { runErrorMessage } from "../french/runs.ts";
import { sentConnector } from "../ingest/sent-connector.ts";
import { editionStamp } from "../model/territories/edition.ts";
import type { ReadAnomalies } from "../partners/correspondence/read-anomalies.ts";
import { LimitExceeded, LimitedThread, type ThreadLimits } from "../platform/limited-thread.ts";
import type { functions as checkFunctions } from "./pages/check/check-worker.ts";
import { CannotDo } from "./refusals.ts";
import type { functions as sampleFunctions } from "./sample-worker.ts";

const sampleLimits: ThreadLimits = { timeoutMs: 60_000, maxMemoryMb: 768, maxQueued: 12 };
/** Receiving, fetching and reading a file take at most a minute together: see `checkTimeoutMs`. */
const checkLimits: ThreadLimits = { timeoutMs: 35_000, maxMemoryMb: 512, maxQueued: 3 };

/**
 * Returns functions that read files in threads. They throw `CannotDo` if a file exceeds a limit, or if too many wait. Files of anonymous
 * visitors have a thread of their own, so that colleagues never wait for them.
 */
export function sampleThreads(limitsOfCheck: ThreadLimits = checkLimits) {
  const samples = new LimitedThread<typeof sampleFunctions>(new URL("./sample-worker.ts", import.meta.url), sampleLimits, editionStamp);
  const checks = new LimitedThread<typeof checkFunctions>(
    new URL("./pages/check/check-worker.ts", import.meta.url),
    limitsOfCheck,
    editionStamp,
  );
  /** A feed that exceeds a limit has no anomalies: the letter then shows the examples of the run's report. */
  const anomalies: ReadAnomalies = async (connector, parts, context) => {
    const files = parts.map(({ path, name, contentType, bytes }) => ({ path, name, contentType, bytes }));
    const request = { connector: sentConnector(connector), files, ...context };
    const found = await orCannotDo(samples.ask("reread", request)).catch((error: unknown) => {
      if (!(error instanceof CannotDo) || error.status === 503) throw error;
      return { lines: [], reading: null, isWhole: false };
    });
    if ("refused" in found) throw new CannotDo(runErrorMessage(found.refused.code, found.refused.params));
    return found;
  };
  return {
    anomalies,
    analyse: (request: RequestOf<"analyse">) => orCannotDo(samples.ask("analyse", request)),
    edit: (request: RequestOf<"edit">) => orCannotDo(samples.ask("edit", request)),
    look: (request: RequestOf<"look">) => orCannotDo(samples.ask("look", request)),
    check: (request: Parameters<typeof checkFunctions.check>[0]) => orCannotDo(checks.ask("check", request)),
    async close() {
      await samples.close();
      await checks.close();
    },
  };
}

/** Threads that read files. */
export type SampleThreads = ReturnType<typeof sampleThreads>;

type RequestOf<Name extends keyof typeof sampleFunctions> = Parameters<(typeof sampleFunctions)[Name]>[0];

async function orCannotDo<Answer>(answer: Promise<Answer>): Promise<Answer> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof LimitExceeded) throw new CannotDo(refusals[error.limit], error.limit === "queue" ? 503 : 422);
    throw error;
  }
}

const refusals: Readonly<Record<LimitExceeded["limit"], string>> = {
  time: "Ce fichier demande trop de temps à lire ici. Essayez avec un extrait, ou demandez à un développeur de préparer le connecteur.",
  memory: "Ce fichier demande trop de mémoire à lire ici. Essayez avec un extrait, ou demandez à un développeur de préparer le connecteur.",
  queue: "Beaucoup de fichiers sont regardés en ce moment. Rien n’est perdu : recommencez dans une minute.",
};
