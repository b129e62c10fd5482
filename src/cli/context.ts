import { existsSync } from "node:fs";
import { join } from "node:path";
import { CatalogueRefused } from "../catalogue/connection/storage-failure.ts";
import { databaseClock } from "../catalogue/database-clock.ts";
import { type Catalogue, openCatalogue } from "../catalogue/open-catalogue.ts";
import { applicationNameOf } from "../catalogue/runs/run-queue-repository.ts";
import type { MigrateMode } from "../catalogue/schema/migrate.ts";
import type { Services } from "../ingest/run-inputs.ts";
import { workerName } from "../jobs/worker/worker-name.ts";
import type { LoadedConnector } from "../kit/loaded-connector.ts";
import { RunError } from "../model/run/run-error.ts";
import { normaliserVersion } from "../platform/code-version.ts";
import { type Config, readConfig, WrongSettings } from "../platform/config.ts";
import { createLogger } from "../platform/logger.ts";
import { ownVariables, type ServerProcess } from "../platform/process-variables.ts";
import { findInstallation } from "../registry/installation.ts";
import type { ReadConnectors } from "../registry/load-connectors.ts";
import { describeProblem } from "../registry/registry-error.ts";
import { runErrorMessage } from "./english/runs.ts";
import { WrongUse } from "./exit.ts";
import type { Terminal } from "./terminal.ts";

/** Settings, connectors and the catalogue, for the implementation of a command. */
export interface CommandContext {
  readonly config: Config;
  readonly terminal: Terminal;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /**
   * Returns the connectors of files and of the console. Prints refused connectors to stderr, once. Opens the catalogue briefly if it is
   * closed; if that fails, prints a warning and returns the connectors of files only.
   */
  connectors(): Promise<ReadConnectors>;
  /** Returns the connectors of files, without the console's changes. */
  connectorsOfFiles(): Promise<ReadConnectors>;
  /** Returns the connector with this id. Throws `WrongUse` with all ids if it does not exist. */
  connector(id: string): Promise<LoadedConnector>;
  /** Returns false if no embedded catalogue was created yet. A database can still be empty. */
  hasCatalogue(): boolean;
  /** Folders of connector files. */
  readonly folders: readonly string[];
  /** Opens the catalogue during `work`, unless it is already open. */
  withCatalogue<T>(work: (catalogue: Catalogue, services: Services) => Promise<T>, how?: CatalogueUse): Promise<T>;
  /** Opens an existing catalogue once for `work`, which reads connectors and then the catalogue. Does not create a catalogue. */
  withConnectors<T>(work: () => Promise<T>): Promise<T>;
}

/**
 * Opens the context of a command. `home` replaces `MOISSON_HOME` and selects the embedded catalogue. `process`: the command reads only the
 * variables of this process. Throws `WrongSettings`.
 */
export type OpenContext = (given?: { readonly home?: string; readonly process?: ServerProcess }) => Promise<CommandContext>;

/** How a command uses the catalogue. */
interface CatalogueUse {
  /** Maximum number of concurrent runs. Default 1. */
  readonly runsAtOnce?: number;
  /** `MOISSON_LOCK_SECONDS`, for workers. */
  readonly leaseSeconds?: number;
  /** Log level without `MOISSON_LOG`. Default `warn`. */
  readonly logLevel?: string;
  /** Default `if-empty`. */
  readonly migrate?: MigrateMode;
}

/** Reads the settings. See `OpenContext`. Throws `WrongSettings`. */
export function openContext(
  all: Readonly<Record<string, string | undefined>>,
  terminal: Terminal,
  { home, process }: NonNullable<Parameters<OpenContext>[0]> = {},
): CommandContext {
  const { own: environment, ignored } = process === undefined ? { own: all, ignored: [] } : ownVariables(process, all);
  if (ignored.length > 0) terminal.err(`ignored: ${ignored.join(", ")}. This process needs none of them: remove them from its environment`);
  const read = readConfig(environment);
  checkSettings(read);
  const config: Config = home === undefined ? read : { ...read, home, databaseUrl: null };
  const installation = findInstallation();
  const folders = [installation.connectorsRoot].concat(config.connectorsFolder ?? []);
  let open: { readonly catalogue: Catalogue; readonly services: Services } | null = null;
  const hasCatalogue = () => config.databaseUrl !== null || existsSync(join(config.home, "catalogue"));
  let ofFiles: Promise<ReadConnectors> | undefined;
  const connectorsOfFiles = () => {
    // The registry loads the readers of HTML and term files, which most commands do not need.
    ofFiles ??= import("../registry/load-connectors.ts")
      .then(({ readConnectors }) => readConnectors(folders))
      .then((read) => printRefused(read, read.problems));
    return ofFiles;
  };
  const printRefused = (read: ReadConnectors, problems: ReadConnectors["problems"]) => {
    for (const problem of problems) terminal.err(`refused: ${describeProblem(problem)}`);
    return read;
  };
  const newestVersions = async () => {
    if (open !== null) return open.catalogue.connectorVersions.newest();
    if (!hasCatalogue()) return [];
    return withCatalogue((catalogue) => catalogue.connectorVersions.newest()).catch((error: unknown) => {
      if (!(error instanceof CatalogueRefused || error instanceof RunError)) throw error;
      const why = error instanceof RunError ? runErrorMessage(error.code, error.params) : error.message;
      terminal.err(`connectors made or changed in the console are missing: ${why}`);
      return [];
    });
  };
  let found: Promise<ReadConnectors> | undefined;
  const connectors = () => {
    found ??= connectorsOfFiles().then(async (read) => {
      const { withStoredVersions } = await import("../registry/stored-versions.ts");
      const all = await withStoredVersions(read, await newestVersions(), folders);
      return printRefused(all, all.problems.slice(read.problems.length));
    });
    return found;
  };
  const withCatalogue: CommandContext["withCatalogue"] = async (
    work,
    { runsAtOnce = 1, leaseSeconds, logLevel = "warn", migrate = "if-empty" } = {},
  ) => {
    if (open !== null) return work(open.catalogue, open.services);
    const catalogue = await openCatalogue({
      home: config.home,
      runsAtOnce,
      migrate,
      applicationName: applicationNameOf(workerName),
      ...(leaseSeconds !== undefined && { leaseSeconds }),
      ...(config.databaseUrl !== null && { databaseUrl: config.databaseUrl }),
    });
    try {
      const services: Services = {
        catalogue,
        clock: await databaseClock(catalogue, config.fixedNow),
        logger: createLogger(config.environment.MOISSON_LOG ?? logLevel),
        worker: workerName,
        environment: config.environment,
        allowHosts: config.allowHosts,
        normaliser: normaliserVersion(),
        feedCleaner: async () =>
          (await import("../catalogue/retention/feed-cleaner.ts")).feedCleaner(catalogue.forgetting, config.environment),
        proposeRenames: async (feed) => (await import("../survey/propose/propose-renames.ts")).proposeRenames(feed),
      };
      open = { catalogue, services };
      return await work(catalogue, services);
    } finally {
      open = null;
      terminal.progress(null);
      await catalogue.close();
    }
  };
  return {
    config,
    terminal,
    environment,
    connectors,
    connectorsOfFiles,
    hasCatalogue,
    withCatalogue,
    withConnectors: (work) => (hasCatalogue() ? withCatalogue(work) : work()),
    async connector(id) {
      const all = (await connectors()).connectors;
      const wanted = all.find((candidate) => candidate.definition.id === id);
      if (wanted) return wanted;
      throw new WrongUse(`unknown connector "${id}"; expected one of ${all.map((candidate) => candidate.definition.id).join(", ")}`);
    },
    folders,
  };
}

const logLevels = ["trace", "debug", "info", "warn", "error", "fatal", "silent"];

/**
 * Checks the settings that only the command line reads. A mistyped folder is an error, because it would look like a folder without
 * connectors.
 */
function checkSettings({ connectorsFolder, environment: { MOISSON_LOG: level } }: Config): void {
  const problems: string[] = [];
  if (connectorsFolder !== null && !["connectors", "mappings"].some((inner) => existsSync(join(connectorsFolder, inner)))) {
    problems.push("MOISSON_CONNECTORS: expected a folder with connectors/ and mappings/");
  }
  if (level !== undefined && !logLevels.includes(level)) problems.push(`MOISSON_LOG: expected one of ${logLevels.join(", ")}`);
  if (problems.length > 0) throw new WrongSettings(problems);
}
