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
import { type Config, readConfig } from "../platform/config.ts";
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
   * closed; if that fails, prints a warning and returns the connectors of files only. `only`: reads and checks no other connectors.
   */
  connectors(only?: ReadonlySet<string>): Promise<ReadConnectors>;
  /** Returns the connectors of files, without the console's changes. */
  connectorsOfFiles(): Promise<ReadConnectors>;
  /** Returns the connector with this id. Throws `WrongUse` with all ids if it does not exist. */
  connector(id: string): Promise<LoadedConnector>;
  /** Returns the connectors with these ids, like `connector`. */
  connectorsNamed(ids: readonly string[]): Promise<readonly LoadedConnector[]>;
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
  const config: Config = home === undefined ? read : { ...read, home, databaseUrl: null };
  const installation = findInstallation();
  const folders = [installation.connectorsRoot].concat(config.connectorsFolder ?? []);
  let open: { readonly catalogue: Catalogue; readonly services: Services } | null = null;
  const hasCatalogue = () => config.databaseUrl !== null || existsSync(join(config.home, "catalogue"));
  let ofFiles: Promise<ReadConnectors> | undefined;
  // The registry loads the readers of HTML and term files, which most commands do not need.
  const readFiles = async (only?: ReadonlySet<string>) => {
    const { readConnectors } = await import("../registry/load-connectors.ts");
    const read = await readConnectors(folders, { only });
    return printRefused(read, read.problems);
  };
  const connectorsOfFiles = () => {
    ofFiles ??= readFiles();
    return ofFiles;
  };
  const printRefused = (read: ReadConnectors, problems: ReadConnectors["problems"]) => {
    for (const problem of problems) terminal.err(`refused: ${describeProblem(problem)}`);
    return read;
  };
  const newestVersions = async (only?: ReadonlySet<string>) => {
    if (open !== null) return open.catalogue.connectorVersions.newest({ only });
    if (!hasCatalogue()) return [];
    return withCatalogue((catalogue) => catalogue.connectorVersions.newest({ only })).catch((error: unknown) => {
      if (!(error instanceof CatalogueRefused || error instanceof RunError)) throw error;
      const why = error instanceof RunError ? runErrorMessage(error.code, error.params) : error.message;
      terminal.err(`connectors made or changed in the console are missing: ${why}`);
      return [];
    });
  };
  let found: Promise<ReadConnectors> | undefined;
  const readAll = async (read: ReadConnectors, only?: ReadonlySet<string>) => {
    const { withStoredVersions } = await import("../registry/stored-versions.ts");
    const all = await withStoredVersions(read, await newestVersions(only), folders);
    return printRefused(all, all.problems.slice(read.problems.length));
  };
  const connectors: CommandContext["connectors"] = async (only) => {
    if (only !== undefined && found === undefined) return readAll(await readFiles(only), only);
    found ??= connectorsOfFiles().then((read) => readAll(read));
    return found;
  };
  const connectorsNamed: CommandContext["connectorsNamed"] = async (ids) => {
    const byId = (read: ReadConnectors) => new Map(read.connectors.map((one) => [one.definition.id, one]));
    const named = byId(await connectors(new Set(ids)));
    return Promise.all(
      ids.map(async (id) => {
        const wanted = named.get(id);
        if (wanted !== undefined) return wanted;
        const all = [...byId(await connectors()).keys()];
        throw new WrongUse(`unknown connector "${id}"; expected one of ${all.join(", ")}`);
      }),
    );
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
          (await import("../catalogue/forgetting/feed-cleaner.ts")).feedCleaner(catalogue.forgetting, config.environment),
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
    connectorsNamed,
    connector: async (id) => (await connectorsNamed([id]))[0] as LoadedConnector,
    folders,
  };
}
