import type { DatabaseFacts } from "../../../catalogue/connection/database-repository.ts";
import { CatalogueRefused } from "../../../catalogue/connection/storage-failure.ts";
import type { StoredWorker } from "../../../catalogue/machines/worker-repository.ts";
import type { Catalogue } from "../../../catalogue/open-catalogue.ts";
import { outgrownSize } from "../../../catalogue/outgrown-size.ts";
import { everything } from "../../../catalogue/runs/schedule-repository.ts";
import { processOf } from "../../../catalogue/schema/database-roles.ts";
import type { Services } from "../../../ingest/run-inputs.ts";
import { causeSentence } from "../../../jobs/monitoring/trouble.ts";
import { compareRuns } from "../../../jobs/morning/expected-runs.ts";
import { missingVariables } from "../../../jobs/schedule/missing-variables.ts";
import type { LoadedConnector } from "../../../kit/loaded-connector.ts";
import { causeNamed } from "../../../model/run/machine-fault.ts";
import { RunError } from "../../../model/run/run-error.ts";
import type { ServerProcess } from "../../../platform/process-variables.ts";
import { readSecrets } from "../../../platform/secrets.ts";
import { forgottenPeople } from "../../../privacy/forgotten-people.ts";
import type { CommandContext } from "../../context.ts";
import { runErrorMessage } from "../../english/runs.ts";
import { outgrownMessage } from "../../english/watch.ts";
import { checkPeople } from "./check-people.ts";
import { type Finding, fault, fine, some, warning } from "./finding.ts";

const oldestPostgresql = 150_000;
const dayMs = 86_400_000;
/** Second factors and cookies still work. */
const toleratedMs = 2000;
const maxDifferenceMs = 30_000;
const megabyte = 1024 * 1024;

/**
 * Findings about the catalogue. `process`: the only process that may use the role of `DATABASE_URL`; null: all of them may. `takingRuns`: how
 * many workers of this catalogue take runs.
 */
export interface CatalogueFindings {
  readonly findings: readonly Finding[];
  readonly process: ServerProcess | null;
  readonly takingRuns: number;
}

/** Opens the catalogue without changing it, and checks what its role may read. */
export async function checkCatalogue(context: CommandContext): Promise<CatalogueFindings> {
  const { config } = context;
  const only = (finding: Finding): CatalogueFindings => ({ findings: [finding], process: null, takingRuns: 0 });
  if (!context.hasCatalogue())
    return only(warning("catalogue", `none in ${config.home}`, "`moisson run <connector>` creates it; or set DATABASE_URL"));
  try {
    return await context.withCatalogue(
      async (catalogue, services) => {
        const opened = fine("catalogue", config.databaseUrl === null ? `embedded, in ${config.home}` : "PostgreSQL, with all migrations");
        const { findings, process } = await checkDatabase(catalogue);
        const isComplete = findings.every(({ check, state }) => check !== "role" || state !== "error");
        const usesRuns = isComplete && process !== "api" && process !== "public";
        const workers = usesRuns ? await catalogue.workers.list() : [];
        const others = isComplete ? await checkContents(context, catalogue, services, { process, workers }) : [];
        const takingRuns = workers.filter(({ isGone, leaveFor, sickFor }) => !isGone && leaveFor === null && sickFor === null).length;
        return { findings: [opened, ...findings, ...others], process, takingRuns };
      },
      { migrate: "never" },
    );
  } catch (error) {
    if (error instanceof CatalogueRefused) return only(fault("catalogue", error.message));
    if (error instanceof RunError)
      return only(fault("catalogue", runErrorMessage(error.code, error.params), storageAdvice[String(error.params.reason)] ?? away));
    throw error;
  }
}

const away = "start PostgreSQL, or correct DATABASE_URL";
/** What to do, by the code of the system or the SQLSTATE. */
const storageAdvice: Readonly<Record<string, string>> = {
  ENOTFOUND: "correct the host in DATABASE_URL; in a password, write @ as %40 and / as %2F",
  "28P01": "correct the user or the password in DATABASE_URL; in a password, write @ as %40, / as %2F and % as %25",
  "3D000": "correct the name at the end of DATABASE_URL, or create the database: createdb --owner <user> <database>",
  "53300": "raise max_connections of PostgreSQL, or stop the processes that use it",
};

/** Checks what the process uses. The API and the public pages need no runs and no secrets, and may read neither. */
async function checkContents(
  context: CommandContext,
  catalogue: Catalogue,
  services: Services,
  { process, workers }: { readonly process: ServerProcess | null; readonly workers: readonly StoredWorker[] },
): Promise<Finding[]> {
  if (process === "public") return [];
  if (process === "api") return checkSize(catalogue);
  return [
    ...(await checkSize(catalogue)),
    ...(await checkSecrets(catalogue, services.environment, process)),
    ...(await checkNotifications(catalogue)),
    ...workerFindings(catalogue, workers),
    ...(await checkPeople(catalogue, services.environment)),
    ...(await checkSchedules(catalogue, (await context.connectors()).connectors, services)),
  ];
}

async function checkDatabase(catalogue: Catalogue): Promise<Omit<CatalogueFindings, "takingRuns">> {
  if (catalogue.kind === "embedded") return { findings: [], process: null };
  const asked = Date.now();
  const facts = await catalogue.database.facts();
  const ours = (asked + Date.now()) / 2;
  const process = processOf(facts.role);
  const lacking = process === null ? facts.closedTables : await catalogue.roles.lacking(process);
  if (lacking.length === 0 && process !== "api" && process !== "public") await catalogue.runQueue.tryClaim();
  return { findings: [...databaseFindings(facts, lacking), clockFinding(ours - facts.now.getTime())], process };
}

/** Returns the findings about a server's version, role and connections. `lacking`: what the role needs, and may not use. */
export function databaseFindings(
  { version, versionNumber, role, isSuperuser, connections, maxConnections, autovacuum }: Omit<DatabaseFacts, "closedTables">,
  lacking: readonly string[],
): Finding[] {
  return [
    versionNumber < oldestPostgresql
      ? fault("postgresql", `version ${version}`, "install PostgreSQL 15 or later")
      : fine("postgresql", `version ${version}`),
    roleFinding(role, isSuperuser, lacking),
    connections > maxConnections * 0.8
      ? warning("connections", `${connections} of ${maxConnections}`, "raise max_connections, or run fewer workers")
      : fine("connections", `${connections} of ${maxConnections}`),
    ...(autovacuum
      ? []
      : [warning("autovacuum", "off, so the database grows and gets slow", "set autovacuum = on in postgresql.conf, and reload it")]),
  ];
}

function roleFinding(role: string, isSuperuser: boolean, lacking: readonly string[]): Finding {
  const process = processOf(role);
  if (process !== null) {
    if (lacking.length === 0) return fine("role", `${role} may do everything that \`moisson ${process}\` does`);
    return fault("role", `${role} lacks ${some(lacking)}`, "as the owner of the tables: moisson db migrate --roles");
  }
  if (lacking.length > 0)
    return fault("role", `${role} may not write ${some(lacking)}`, "use the owner of the tables, or the role of one process");
  if (isSuperuser) return warning("role", `${role} is a superuser`, "create a role that owns only this database");
  return fine("role", `${role} may write all tables`);
}

/** Returns the finding about this machine's clock. `differenceMs`: our clock minus the database's. */
export function clockFinding(differenceMs: number): Finding {
  const seconds = Math.abs(differenceMs) / 1000;
  if (Math.abs(differenceMs) <= toleratedMs) return fine("clock", `${seconds.toFixed(1)} s from the database's`);
  const message = `${seconds.toFixed(0)} s ${differenceMs > 0 ? "ahead of" : "behind"} the database's`;
  const advice = "synchronise both machines (timedatectl)";
  return Math.abs(differenceMs) > maxDifferenceMs ? fault("clock", message, advice) : warning("clock", message, advice);
}

async function checkSize(catalogue: Catalogue): Promise<Finding[]> {
  const outgrown = await outgrownSize(catalogue);
  if (outgrown !== null) return [warning("size", outgrownMessage(outgrown), "`moisson db move` moves it; see docs/operations.md")];
  const [aids, bytes] = [await catalogue.aids.count(), await catalogue.overview.databaseBytes()];
  return [fine("size", `${aids} aids, ${Math.round(bytes / megabyte)} MB`)];
}

async function checkNotifications({ notifications }: Catalogue): Promise<Finding[]> {
  const { people, since, codes } = await notifications.failed();
  if (people === 0) return [];
  const message = `${people} ${people === 1 ? "person waits" : "people wait"} for mail; last tries since ${since?.toISOString()}: ${some(codes)}`;
  return [warning("notifications", message, "correct MOISSON_SMTP_URL or the addresses of the accounts; workers try again every hour")];
}

/** Returns a finding about each worker that takes no run, and the number of the others. */
function workerFindings({ kind }: Catalogue, all: readonly StoredWorker[]): Finding[] {
  // The console of an embedded catalogue does the runs, and nothing else can open it meanwhile.
  if (all.length === 0) return kind === "embedded" ? [] : [warning("workers", "none runs, so no run starts", "start one: moisson worker")];
  const bad = all.flatMap(({ name, version, heardAt, isGone, sickFor, sickSince, leaveFor }) => {
    if (isGone) return [warning("workers", `${name} says nothing since ${heardAt}`, "start it again, or see the log of its supervisor")];
    if (leaveFor !== null)
      return [warning("workers", `${name} (version ${version}) ends for the migration ${leaveFor}`, "start the new version")];
    if (sickFor === null) return [];
    return [fault("workers", `${name} takes no run since ${sickSince}: ${causeSentence(causeNamed(sickFor))}`, workerAdvice)];
  });
  const well = all.length - bad.length;
  return well > 0 ? [fine("workers", `${well} running and well`), ...bad] : bad;
}

const workerAdvice = "it takes runs again by itself; docs/operations.md says what to do for each cause";

async function checkSecrets(
  { kind, sealedValues, forgetting }: Catalogue,
  environment: Services["environment"],
  process: ServerProcess | null,
): Promise<Finding[]> {
  const secrets = readSecrets(environment);
  // A worker may not read second factors.
  const kinds = process === "worker" ? (["stored-secret"] as const) : undefined;
  const values =
    secrets === null
      ? await sealedValues.count(kinds)
      : (await sealedValues.list(secrets, kinds)).filter(({ place }) => place === null).length;
  const traces = forgottenPeople(await forgetting.traces(), secrets ?? []).unreadable;
  if (values === 0 && traces === 0) return [secrets === null ? noSecretFinding(kind) : fine("secret", "everything can be decrypted")];
  const advice = "set MOISSON_SECRET, and former keys in MOISSON_OLD_SECRETS; `moisson db reseal` names what is unreadable";
  return [fault("secret", `${values} encrypted values and ${traces} traces of forgotten people cannot be used`, advice)];
}

/** A trial needs no secret. */
function noSecretFinding(kind: Catalogue["kind"]): Finding {
  if (kind === "embedded") return fine("secret", "MOISSON_SECRET is not set, and nothing needs it");
  const message = "MOISSON_SECRET is not set: no key of a server can be typed, and nobody forgotten";
  return warning("secret", message, "set it to the output of: openssl rand -base64 32");
}

async function checkSchedules(
  catalogue: Catalogue,
  connectors: readonly LoadedConnector[],
  { clock, environment }: Services,
): Promise<Finding[]> {
  const pauses = await catalogue.schedule.pauses();
  const paused = pauses.find(({ connector }) => connector === everything);
  const stored = new Set((await catalogue.secrets.list()).map(({ name }) => name));
  const active = connectors.filter(({ definition }) => definition.state === "active" && definition.rhythm === undefined);
  const lacking = active.filter(({ definition }) => missingVariables(definition, environment, stored).length > 0);
  const variables = [...new Set(lacking.flatMap(({ definition }) => missingVariables(definition, environment, stored)))];
  return [
    ...(paused === undefined ? [] : [warning("schedule", `everything is paused by ${paused.by}`, "`moisson resume --all` ends it")]),
    ...(await checkDueTimes(catalogue, clock.now())),
    ...(await checkRuns(catalogue, connectors, { clock, environment })),
    variables.length === 0
      ? fine("variables", "every active connector has its address and secrets")
      : warning(
          "variables",
          `${lacking.length} active connectors lack ${some(variables)}`,
          "`moisson schedule --list` says which; set the variables, or type the keys in the console",
        ),
  ];
}

async function checkDueTimes({ schedule }: Catalogue, now: Date): Promise<Finding[]> {
  const ahead = await schedule.futureDueTimes(new Date(now.getTime() - dayMs));
  if (ahead.length === 0) return [];
  const message = `a wrong clock recorded ${ahead.length} due ${ahead.length === 1 ? "time" : "times"} in the future (last day): ${some(ahead.map(({ name }) => name))}`;
  return [warning("clock", message, "compare the clocks of all machines and of the database (timedatectl)")];
}

async function checkRuns(
  catalogue: Catalogue,
  connectors: readonly LoadedConnector[],
  { clock, environment }: Pick<Services, "clock" | "environment">,
): Promise<Finding[]> {
  if ((await catalogue.schedule.lastDueTimes()).size === 0)
    return [warning("schedule", "no worker has run yet", "start one: moisson worker")];
  const until = clock.now();
  const { expected, missing, late } = await compareRuns(catalogue, connectors, environment, {
    since: new Date(until.getTime() - dayMs),
    until,
  });
  const names = (runs: readonly { connector: string }[]) => some([...new Set(runs.map(({ connector }) => connector))]);
  if (missing.length > 0)
    return [
      fault(
        "schedule",
        `${missing.length} of ${expected} runs of the last day are missing: ${names(missing)}`,
        "check that a worker runs and knows these connectors",
      ),
    ];
  if (late.length > 0)
    return [
      warning("schedule", `${late.length} scheduled runs have not ended: ${names(late)}`, "`moisson runs --follow` shows where they are"),
    ];
  return [fine("schedule", expected === 0 ? "no run was due in the last day" : `the ${expected} runs of the last day exist`)];
}
