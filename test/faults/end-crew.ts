import { setTimeout as delay } from "node:timers/promises";
import type { Crew } from "./crew.ts";
import type { WorkerProcess } from "./worker-process.ts";

const endsWithinMs = 30_000;

/** Asks the workers to stop. Returns what went wrong. */
export async function endCrew({ workers }: Crew, lost: WorkerProcess | null): Promise<string[]> {
  lost?.signal("SIGKILL");
  const alive = workers.filter((worker) => worker !== lost && !worker.hasEnded());
  const problems = await Promise.all(
    alive.map(async (worker) => {
      worker.signal("SIGTERM");
      const late = new AbortController();
      const end = await Promise.race([worker.ended, delay(endsWithinMs, "late", { signal: late.signal }).catch(() => "late")]);
      late.abort();
      // A worker that was still starting ends like any process.
      if (end === 0 || (end === "SIGTERM" && !worker.lastWords().includes("working: "))) return [];
      return [
        end === "late"
          ? "a worker does not stop at SIGTERM"
          : `a worker that was told to stop ended with ${end}: ${worker.lastWords().slice(-300)}`,
      ];
    }),
  );
  return problems.flat();
}
