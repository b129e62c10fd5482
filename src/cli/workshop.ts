import { existsSync } from "node:fs";
import { join } from "node:path";
import { type Catalogue, openCatalogue } from "../catalogue/open-catalogue.ts";
import { connectionsOf } from "../catalogue/run-queue-repository.ts";
import { workerName } from "../jobs/worker-name.ts";
import type { Services } from "../pipeline/ingestion-run.ts";
import { createClock } from "../platform/clock.ts";
import { normaliserVersion } from "../platform/code-version.ts";
import { type Config, readConfig, WrongSettings } from "../platform/config.ts";
import { findInstallation } from "../platform/installation.ts";
import { createLogger } from "../platform/logger.ts";
import { feedCleaner } from "../privacy/feed-cleaner.ts";
import { type LoadedConnector, type ReadConnectors, readConnectors } from "../registry/load-connectors.ts";
import { describeProblem } from "../registry/registry-error.ts";
import { WrongUse } from "./exit.ts";
import type { Terminal } from "./terminal.ts";

/** What every command works with: settings, connectors and, where it asks, the catalogue. */
export interface Workshop {
  readonly config: Config;
  readonly terminal: Terminal;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Connectors of ours and of `MOISSON_CONNECTORS`; those that are refused are said on stderr once. */
  connectors(): Promise<ReadConnectors>;
  /** One connector. Throws `WrongUse` with the nearest names where there is none. */
  connector(id: string): Promise<LoadedConnector>;
  /** The folders that connectors are read from. */
  readonly folders: readonly string[];
  /** Opens the catalogue for the length of `work`. */
  withCatalogue<T>(work: (catalogue: Catalogue, services: Services) => Promise<T>, how?: CatalogueUse): Promise<T>;
}

/** How a command uses the catalogue. */
interface CatalogueUse {
  /** Runs at the same time. Default 1. */
  readonly runsAtOnce?: number;
  /** What is logged where `MOISSON_LOG` says nothing. Default `warn`. */
  readonly logLevel?: string;
}

/** Reads the settings; throws `WrongSettings`. `home` stands in for `MOISSON_HOME`, with the embedded catalogue. */
export function openWorkshop(environment: Readonly<Record<string, string | undefined>>, terminal: Terminal, demoHome?: string): Workshop {
  const read = readConfig(environment);
  checkSettings(read);
  const config: Config = demoHome === undefined ? read : { ...read, home: demoHome, databaseUrl: null };
  const installation = findInstallation();
  const folders = [installation.connectorsRoot].concat(config.connectorsFolder ?? []);
  let found: Promise<ReadConnectors> | undefined;
  const connectors = () => {
    found ??= readConnectors(folders).then((all) => {
      for (const problem of all.problems) terminal.err(`refused: ${describeProblem(problem)}`);
      return all;
    });
    return found;
  };
  return {
    config,
    terminal,
    environment,
    connectors,
    async connector(id) {
      const all = (await connectors()).connectors;
      const wanted = all.find((candidate) => candidate.definition.id === id);
      if (wanted) return wanted;
      throw new WrongUse(`there is no connector "${id}"; there are: ${all.map((candidate) => candidate.definition.id).join(", ")}`);
    },
    folders,
    async withCatalogue(work, { runsAtOnce = 1, logLevel = "warn" } = {}) {
      const catalogue = await openCatalogue({
        home: config.home,
        runsAtOnce,
        applicationName: connectionsOf(workerName),
        ...(config.databaseUrl !== null && { databaseUrl: config.databaseUrl }),
      });
      try {
        const services: Services = {
          catalogue,
          clock: createClock(config.fixedNow),
          logger: createLogger(config.environment.MOISSON_LOG ?? logLevel),
          worker: workerName,
          environment: config.environment,
          allowHosts: config.allowHosts,
          normaliser: normaliserVersion(),
          feedCleaner: () => feedCleaner(catalogue.forgetting, config.environment),
          onProgress: (progress) => terminal.progress(renderProgress(progress)),
        };
        return await work(catalogue, services);
      } finally {
        terminal.progress(null);
        await catalogue.close();
      }
    },
  };
}

const logLevels = ["trace", "debug", "info", "warn", "error", "fatal", "silent"];

/** Settings that only the command line looks at. A mistyped folder would pass for one that holds no connectors. */
function checkSettings({ connectorsFolder, environment: { MOISSON_LOG: level } }: Config): void {
  const problems: string[] = [];
  if (connectorsFolder !== null && !["connectors", "mappings"].some((inner) => existsSync(join(connectorsFolder, inner)))) {
    problems.push("MOISSON_CONNECTORS: expected a folder that holds connectors/ and mappings/");
  }
  if (level !== undefined && !logLevels.includes(level)) problems.push(`MOISSON_LOG: expected one of ${logLevels.join(", ")}`);
  if (problems.length > 0) throw new WrongSettings(problems);
}

const stageWords = { fetch: "fetching", read: "reading", plan: "planning", apply: "applying" } as const;

function renderProgress({ stage, done, of }: Parameters<NonNullable<Services["onProgress"]>>[0]): string {
  if (stage === "fetch") return `fetching… ${(done / 1_000_000).toFixed(1)} MB`;
  if (stage !== "read") return `${stageWords[stage]}…`;
  const width = 24;
  if (of === null || of === 0) return `reading… ${done} records`;
  const filled = Math.min(width, Math.round((done / of) * width));
  return `reading [${"#".repeat(filled)}${".".repeat(width - filled)}] ${done} of ${of} records`;
}
