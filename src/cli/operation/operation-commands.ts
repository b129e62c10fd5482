import { InvalidArgumentError } from "commander";
import { defaultRetention, type KeptKind, maxDays } from "../../model/run/retention.ts";
import type { CliParent } from "../command.ts";
import type { OpenContext } from "../context.ts";
import { positiveNumber } from "../options.ts";
import { addApiCommand, addOpenDataCommand, addPublicCommand } from "./publication-commands.ts";
import { addTerritoriesCommand } from "./territory-commands.ts";

/** Adds the commands of operators. Their implementation is imported when they run. */
export function addOperationCommands(program: CliParent, open: OpenContext): void {
  addWorkerCommand(program, open);
  addScheduleCommand(program, open);
  addPauseCommands(program, open);
  addCancelCommand(program, open);
  addDigestCommand(program, open);
  addApiCommand(program, open);
  addPublicCommand(program, open);
  addOpenDataCommand(program, open);
  addPruneCommand(program, open);
  addForgetCommand(program, open);
  addTerritoriesCommand(program, open);
  addDbCommand(program, open);
  addDoctorCommand(program, open);
}

function addWorkerCommand(program: CliParent, open: OpenContext): void {
  program
    .command("worker")
    .description("do the runs that are due or queued until it is stopped; start several workers to do more at once")
    .option(
      "--runs-at-once <count>",
      "maximum runs of this worker at the same time (default: MOISSON_RUNS_AT_ONCE, else 2; 1 with the embedded catalogue)",
      positiveNumber,
    )
    .option("--once", "do what is due or queued now, then exit")
    .notes(`A worker queues each connector's run when it is due (\`moisson schedule --list\`), does the runs, retries those that may succeed later, sends the digest, checks
links, prunes old data, and serves /metrics, /live and /ready on MOISSON_PORT. On the first SIGTERM it finishes its runs, or hands them back after
MOISSON_GRACE_SECONDS. On the second it exits at once, and another worker repeats its runs.`)
    .examples(
      "moisson worker",
      "DATABASE_URL=postgres://localhost/moisson REDIS_URL=redis://localhost moisson worker --runs-at-once 4",
      "moisson worker --once          from cron, without a permanent worker",
    )
    .action(async (flags) => (await import("./worker-command.ts")).work(await open({ process: "worker" }), flags));
}

function addScheduleCommand(program: CliParent, open: OpenContext): void {
  program
    .command("schedule")
    .description("queue the runs that are due, as workers do by themselves; --list shows the next times")
    .option("--list", "show when each connector runs next, and what is paused; queues nothing")
    .option("--json", "print JSON")
    .notes(`Times are in Paris. A connector without a \`schedule\` runs at night, at a minute derived from its id. A connector that is paused, or whose file was removed, is not
scheduled.`)
    .examples("moisson schedule --list", "moisson schedule --list --json", "moisson schedule")
    .action(async (flags) => (await import("./schedule-command.ts")).schedule(await open(), flags));
}

function addPauseCommands(program: CliParent, open: OpenContext): void {
  program
    .command("pause")
    .description("stop the schedule of a connector, or all runs, until resumed; running runs continue")
    .argument("[connector]", "the connector; a person can still run it by name")
    .option("--all", "stop everything, as during a release: no run starts, whoever asks for it")
    .option("--reason <text>", "reason, shown in the schedule and the digest")
    .byOption()
    .examples('moisson pause departement-drome --reason "new server on Monday"', 'moisson pause --all --reason "release"')
    .action(async (connector: string | undefined, flags) => (await import("./pause-command.ts")).pause(await open(), connector, flags));
  program
    .command("resume")
    .description("end a pause; runs missed by a paused connector are not made up for, runs queued during a pause of everything are done")
    .argument("[connector]", "the connector")
    .option("--all", "end the pause of everything; paused connectors stay paused")
    .examples("moisson resume departement-drome", "moisson resume --all")
    .action(async (connector: string | undefined, flags) => (await import("./pause-command.ts")).resume(await open(), connector, flags));
}

function addCancelCommand(program: CliParent, open: OpenContext): void {
  program
    .command("cancel")
    .description("stop a run: at once if it is queued, at the next safe point if it is running")
    .argument("<run>", "id of the run, or its first characters")
    .byOption()
    .notes("A run that is already writing its plan finishes: `moisson undo` reverts it.")
    .examples("moisson cancel 3f2a91c0")
    .action(async (run: string, flags) => (await import("./cancel-command.ts")).cancel(await open(), run, flags));
}

function addDigestCommand(program: CliParent, open: OpenContext): void {
  program
    .command("digest")
    .description("print or send the morning digest, in French: what happened since the last one sent, and what to do next")
    .option("--since <when>", "since a day (2026-11-23, midnight in Paris) or an instant (2026-11-23T05:30:00Z)")
    .option("--json", "print codes and numbers, with French messages, as JSON")
    .option("--html", "print the HTML of the e-mail")
    .option("--send", "send it now on every configured channel; the next digest starts where it ends")
    .notes(`\`moisson worker\` sends it at 06:30 in Paris on working days. Monday's covers the whole weekend.

  MOISSON_SMTP_URL          smtp://user:password@mail.example.org:587
  MOISSON_DIGEST_FROM       sender
  MOISSON_DIGEST_TO         recipients: marie@example.org,ops@example.org
  MOISSON_DIGEST_WEBHOOK    incoming webhook of Mattermost or Slack, for a short version
  MOISSON_DIGEST_CRON       when, in Paris (default: 30 6 * * 1-5)`)
    .examples("moisson digest", "moisson digest --since 2026-11-23", "moisson digest --html > page.html", "moisson digest --send")
    .action(async (flags) => (await import("./digest-command.ts")).digest(open, flags));
}

function addPruneCommand(program: CliParent, open: OpenContext): void {
  const kept = (kind: KeptKind, variable: string) => `(default: ${variable}, else ${defaultRetention[kind]})`;
  program
    .command("prune")
    .description("delete data past its retention period; aids, their history and data needed to undo are kept")
    .option("--dry-run", "only print what would be deleted: how many, the oldest, the disk space")
    .option("--snapshots <days>", `keep feeds as received ${kept("snapshots", "MOISSON_KEEP_SNAPSHOTS_DAYS")}`, readDays)
    .option("--rejected <days>", `keep rejected records ${kept("rejected", "MOISSON_KEEP_REJECTED_DAYS")}`, readDays)
    .option("--staged <days>", `keep the changes of closed plans ${kept("staged", "MOISSON_KEEP_STAGED_DAYS")}`, readDays)
    .option("--runs <days>", `keep runs with their reports ${kept("runs", "MOISSON_KEEP_RUNS_DAYS")}`, readDays)
    .option("--digests <days>", `keep digests ${kept("digests", "MOISSON_KEEP_DIGESTS_DAYS")}`, readDays)
    .option("--letters <days>", `keep letters to publishers ${kept("letters", "MOISSON_KEEP_LETTERS_DAYS")}`, readDays)
    .option("--revoked <days>", `keep letters whose address was closed ${kept("revoked", "MOISSON_KEEP_REVOKED_DAYS")}`, readDays)
    .option("--previews <days>", `keep shared previews that have ended ${kept("previews", "MOISSON_KEEP_PREVIEWS_DAYS")}`, readDays)
    .option("--reports <days>", `keep errors reported by readers ${kept("reports", "MOISSON_KEEP_REPORTS_DAYS")}`, readDays)
    .option("--audit <days>", `keep the audit trail ${kept("audit", "MOISSON_KEEP_AUDIT_DAYS")}`, readDays)
    .option("--json", "print JSON")
    .notes(
      "Workers prune every morning. Pruning works in small steps, does not block runs and can be interrupted at any time. docs/retention.md lists what is always kept.",
    )
    .examples("moisson prune --dry-run", "moisson prune --dry-run --snapshots 90", "moisson prune --snapshots 90 --json")
    .action(async (flags) => (await import("./prune-command.ts")).prune(await open(), flags));
}

function readDays(text: string): number {
  const days = Number(text);
  if (!/^\d+$/.test(text) || days < 1 || days > maxDays) throw new InvalidArgumentError(`expected a whole number of days, 1 to ${maxDays}`);
  return days;
}

function addForgetCommand(program: CliParent, open: OpenContext): void {
  program
    .command("forget")
    .description("delete a person's name, e-mail address or phone number from all stored data, for good")
    .argument("<person...>", "an e-mail address, a phone number, a name in quotation marks; several can be given at once")
    .option("--dry-run", "only print where the person appears")
    .option("--yes", "delete; this cannot be undone")
    .byOption()
    .option("--json", "print JSON")
    .examples(
      'moisson forget "Prénom Nom" prenom.nom@exemple.fr "04 00 00 00 00"          print where the person appears',
      'moisson forget "Prénom Nom" prenom.nom@exemple.fr "04 00 00 00 00" --yes    delete',
    )
    .notes(
      "Stored feeds that contain the person are deleted whole. Feeds that contain the person later are cleaned, which requires MOISSON_SECRET; see docs/privacy.md.",
    )
    .action(async (people: string[], flags) => (await import("./forget-command.ts")).forget(open, people, flags));
}

function addDoctorCommand(program: CliParent, open: OpenContext): void {
  program
    .command("doctor")
    .description("check settings, versions, disk, database, queue, mail, addresses and schedules; changes and sends nothing")
    .option("--json", "print JSON")
    .notes(`Prints a line for each check: ok, warning (can wait) or error (something does not work), with what to do. Exits with 1 if there is an error. Run it as
the owner of the tables with the other settings of a worker, after an installation, an upgrade or a restore, and when something is wrong.`)
    .examples("moisson doctor", "moisson doctor --json")
    .action(async (flags) => (await import("./doctor/doctor-command.ts")).doctor(await open(), flags));
}

function addDbCommand(program: CliParent, open: OpenContext): void {
  const db = program.command("db").description("manage the catalogue's database");
  db.command("migrate")
    .description("migrate the catalogue's tables to this version; an empty database needs no migration")
    .option(
      "--roles",
      "also create or update the database roles of the processes: moisson_api, moisson_public, moisson_console, moisson_worker",
    )
    .option(
      "--wait [seconds]",
      "wait until the running workers of another version have finished their runs and ended (default 600)",
      positiveNumber,
    )
    .notes(`Running workers of another version take no more runs, finish theirs and end with 0. With --wait, the tables are migrated only then; without it, at once, and
their runs are done again by the new version. Each role has only the rights that its process needs. Use --roles at every upgrade, as the owner of the tables. MOISSON_API_DB_PASSWORD, MOISSON_PUBLIC_DB_PASSWORD,
MOISSON_CONSOLE_DB_PASSWORD and MOISSON_WORKER_DB_PASSWORD set their passwords.`)
    .examples(
      "DATABASE_URL=postgres://localhost/moisson moisson db migrate",
      "DATABASE_URL=postgres://postgres@localhost/moisson moisson db migrate --roles",
    )
    .action(async (flags) => (await import("./db-command.ts")).migrateDatabase(await open(), flags));
  db.command("move")
    .description("move the embedded catalogue of MOISSON_HOME into the empty PostgreSQL database of DATABASE_URL")
    .notes(`Copies everything in one transaction, then compares both sides: the rows of each table, the export of all aids and the change feed. If they differ, or if the
command is stopped, the database stays empty. Refuses a database that already contains a catalogue, and an embedded catalogue that another process uses.`)
    .examples("createdb moisson\n  DATABASE_URL=postgres://localhost/moisson moisson db move")
    .action(async () => (await import("./db-move.ts")).moveToServer(await open()));
  db.command("reseal")
    .description("encrypt stored access keys and second factors again under MOISSON_SECRET, and say which old keys are still needed")
    .notes(`Run it after you have changed MOISSON_SECRET, with the former key in MOISSON_OLD_SECRETS; docs/operations.md describes all steps. Traces of forgotten people cannot
be made again: the key that they were made with stays in MOISSON_OLD_SECRETS for ever.`)
    .examples('MOISSON_SECRET="the new key" MOISSON_OLD_SECRETS="the former key" moisson db reseal')
    .action(async () => (await import("./db-reseal.ts")).resealDatabase(await open()));
}
