import { setTimeout as delay } from "node:timers/promises";
import { openCatalogue } from "../../src/catalogue/open-catalogue.ts";
import { readConsoleSettings } from "../../src/console/console-settings.ts";
import { startConsole } from "../../src/console/start-console.ts";
import { watchConnectors } from "../../src/jobs/connectors/watch-connectors.ts";
import { readJobSettings } from "../../src/jobs/job-settings.ts";
import { noQueue } from "../../src/jobs/queue/no-queue.ts";
import { testServices } from "../support/test-services.ts";
import type { BenchPlace } from "./bench-place.ts";
import { consoleVisitor } from "./console-visitor.ts";

/** Median and longest time of the console's first page, in seconds. */
export interface FirstPages {
  readonly median: number;
  readonly longest: number;
}

const visitEveryMs = 10_000;

/** Opens the console of a place, and asks for its first page every ten seconds. `stop` closes it. */
export async function watchFirstPage({ databaseUrl, environment }: BenchPlace): Promise<{ stop(): Promise<FirstPages> }> {
  const catalogue = await openCatalogue({ home: "", runsAtOnce: 1, migrate: "if-empty", databaseUrl });
  const registry = watchConnectors([environment.MOISSON_CONNECTORS ?? ""], catalogue.connectorVersions, () => undefined);
  const jobs = {
    services: testServices(catalogue),
    settings: readJobSettings({}),
    queue: noQueue,
    registry,
    connectors: async () => (await registry()).connectors,
  };
  const console = await startConsole(jobs, { ...readConsoleSettings({}), port: 0 });
  const visitor = await consoleVisitor(console, catalogue);
  const stopped = new AbortController();
  const seconds: number[] = [];
  const visits = (async () => {
    while (!stopped.signal.aborted) {
      const begun = performance.now();
      const { status } = await visitor.get("/");
      if (status !== 200) throw new Error(`the first page answers ${status}`);
      seconds.push((performance.now() - begun) / 1000);
      await delay(visitEveryMs, undefined, { signal: stopped.signal }).catch(() => undefined);
    }
  })();
  return {
    async stop() {
      stopped.abort();
      await visits;
      await console.close();
      await catalogue.close();
      const sorted = seconds.sort((a, b) => a - b);
      return { median: sorted[Math.floor(sorted.length / 2)] ?? 0, longest: sorted.at(-1) ?? 0 };
    },
  };
}
