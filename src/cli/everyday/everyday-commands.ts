import { tmpdir } from "node:os";
import { Option } from "commander";
import { roles } from "../../model/publisher/role.ts";
import type { CliParent } from "../command.ts";
import type { OpenContext } from "../context.ts";
import { addAidFilterOptions } from "../curation/aid-options.ts";
import { positiveNumber } from "../options.ts";
import { addPlanCommand } from "./plan-commands.ts";

/** Adds the commands of every day. Their implementation is imported when they run. */
export function addEverydayCommands(program: CliParent, open: OpenContext): void {
  addDemoCommand(program, open);
  addRunCommand(program, open);
  addRunsCommand(program, open);
  addPlanCommand(program, open);
  addUndoCommand(program, open);
  addAidsCommand(program, open);
  addTraceCommand(program, open);
  addConsoleCommand(program, open);
}

function addDemoCommand(program: CliParent, open: OpenContext): void {
  program
    .command("demo")
    .description("empty the demo's catalogue, then run the sample feed of every connector, a broken feed and an unreachable one into it")
    .notes(
      `The demo fills MOISSON_HOME (.moisson by default). A catalogue that the demo did not make is left alone: the demo then uses a folder in ${tmpdir()}.`,
    )
    .examples("moisson demo")
    .action(async () => (await import("./demo-command.ts")).runDemo(open));
}

function addRunCommand(program: CliParent, open: OpenContext): void {
  program
    .command("run")
    .description("fetch, read and apply feeds")
    .argument("[connector...]", "connectors to run")
    .option("--all", "every active connector whose address and secrets are set")
    .option("--file <file>", "read the whole feed from a file (one connector)")
    .option("--url <address>", "read the whole feed from another address (one connector)")
    .option("--snapshot <hash>", "run a stored feed again (one connector); the first characters of its hash are enough")
    .option("--dry-run", "make the plan and leave it open; the catalogue does not change")
    .option("--limit <count>", "stop after this number of records; implies --dry-run", positiveNumber)
    .option("--force", "read the feed even if it has not changed")
    .option("--queue", "queue the runs for the workers, print their ids, and do not wait for them")
    .option("--by <name>", "with --queue: who asks for the runs (default: MOISSON_USER, else your login name)")
    .option("--compare", "show the differences from the aids that are online; implies --dry-run (one connector)")
    .option("--from <export>", "with --compare: a complete JSON export from the Aides-territoires API")
    .option("--json", "print the report as JSON")
    .examples(
      "moisson run region-ile-de-france",
      "moisson run departement-drome --file drome.json --dry-run",
      "moisson run departement-drome --compare --from export.json",
      "moisson run --all --json > reports.json",
      "moisson run departement-drome --queue",
    )
    .notes("Exit codes: 0 all runs succeeded, 1 at least one did not, 2 wrong use.")
    .action(async (ids: string[], flags) => (await import("./run-command.ts")).runConnectors(await open(), ids, flags));
}

function addRunsCommand(program: CliParent, open: OpenContext): void {
  program
    .command("runs")
    .description("list runs, newest first, or show one in full")
    .argument("[run]", "id of a run, or its first characters")
    .option("--connector <connector>", "runs of one connector only")
    .option("--limit <count>", "maximum number of runs", positiveNumber, 20)
    .option("--silent", "list active connectors that change less often than usual, have only past deadlines, or have no recent applied run")
    .option("--all", "with --silent: include what is set aside")
    .option("--follow", "print the progress of queued and running runs, or of this one, until they end")
    .option("--json", "print JSON")
    .examples(
      "moisson runs --connector departement-drome",
      "moisson runs 3f2a91c0",
      "moisson runs --follow",
      "moisson runs --silent --json",
    )
    .action(async (run: string | undefined, flags) => (await import("./runs-command.ts")).showRuns(await open(), run, flags));
}

function addUndoCommand(program: CliParent, open: OpenContext): void {
  const command = program
    .command("undo")
    .description("make a plan that reverts a run or a curator's plan; values changed since then are kept")
    .argument("<run|plan>", "id of a run or a plan, or its first characters (at least 4)")
    .option("--yes", "apply the plan at once instead of leaving it open")
    .option("--json", "print JSON");
  command
    .curatorOptions()
    .notes(`\`moisson plan show\` shows the plan, \`moisson plan apply\` applies it. The next scheduled run does not repeat what you undid: if the feed is still the same, the
run is held. To import that feed again, use \`moisson run <connector> --snapshot <hash>\` or --file.`)
    .examples("moisson undo 3f2a91c0", 'moisson undo 3f2a91c0 --yes --note "the feed of a test server"')
    .action(async (undone: string, flags) => (await import("./undo-command.ts")).undo(await open(), undone, flags));
}

const otherFilters = ["id", "status", "search", "where", "lacks"];

function addAidsCommand(program: CliParent, open: OpenContext): void {
  const command = program.command("aids").description("show the aids of the catalogue, or export them");
  addAidFilterOptions(command);
  command
    .option("--json", "all fields of all aids, as canonical JSON")
    .addOption(new Option("--format <format>", "export format").choices(["dispositif-aide", "aides-territoires"]).conflicts("json"))
    .option("--published", "with --format: published aids only")
    .option("--any-licence", "with --format dispositif-aide: include aids without an open licence, for inspection")
    .addOption(
      new Option("--changed-since <run|date>", "aids that changed since then, and tombstones of aids that left").conflicts([
        "duplicates",
        ...otherFilters,
      ]),
    )
    .addOption(
      new Option("--duplicates", "pairs of aids that two publishers likely both publish, with the reasons").conflicts([
        "format",
        ...otherFilters,
      ]),
    )
    .addOption(
      new Option(
        "--stale",
        "aids unchanged for a year without a deadline, recurring aids with past dates, and suspended aids whose review day has come",
      ).conflicts(["format", "duplicates", "changedSince", ...otherFilters]),
    )
    .option("--limit <count>", "with --duplicates: maximum number of pairs", positiveNumber)
    .examples(
      "moisson aids --connector departement-drome --status reviewable --lacks perimeters",
      "moisson aids --id departement-drome/162 --json",
      "moisson aids --format dispositif-aide > aides.csv",
      "moisson aids --changed-since 2026-11-24 --json",
      "moisson aids --duplicates --connector region-ile-de-france",
      "moisson aids --stale",
    )
    .action(async (flags) => (await import("./aids-command.ts")).showAids(open, flags));
}

function addTraceCommand(program: CliParent, open: OpenContext): void {
  program
    .command("trace")
    .description("show the history of an aid across all runs, and why it is or is not online")
    .argument("<words...>", "its title, the publisher's identifier, a link, its aidId, or connector/externalId")
    .option("--connector <connector>", "search this connector's aids only")
    .option("--record", "show the record as received, from the stored feed of its last run; also finds records that the connector skips")
    .option("--json", "print JSON")
    .examples(
      'moisson trace "rénovation des écoles"',
      "moisson trace departement-drome/162 --record",
      "moisson trace https://www.ladrome.fr/aides/162",
      "moisson trace rénovation --connector departement-drome --record    also search skipped records",
    )
    .notes("Exit codes: 0 one aid or record found, 1 none or several, 2 wrong use.")
    .action(async (words: string[], flags) => (await import("./trace-command.ts")).traceAid(open, words, flags));
}

function addConsoleCommand(program: CliParent, open: OpenContext): void {
  const command = program
    .command("console")
    .description("serve the web console until it is stopped; with the embedded catalogue, also run connectors")
    .notes(`It listens on MOISSON_CONSOLE_PORT (default 3000). With the embedded catalogue, it listens on this machine only, prints a link that signs you in, and
serves the read API on MOISSON_API_PORT (default 3001; "off" disables it). With PostgreSQL, use \`moisson worker\` for runs and \`moisson api\` for the API.
It also serves the pages for people without an account. With MOISSON_PUBLIC_URL, it leaves them to \`moisson public\`, and can be closed to the internet.`)
    .examples("moisson console", 'moisson console account marie@example.fr --name "Marie Dupont" --role admin')
    .action(async () => (await import("./console-command.ts")).serveConsole(await open({ process: "console" })));
  command
    .command("account")
    .description("create an account or change its role; prints a link to choose a password, valid once, for three days")
    .argument("<e-mail>", "e-mail address of the account")
    .option("--name <name>", "name of the person (default: the address)")
    .option("--role <role>", `one of ${roles.join(", ")} (default: read)`)
    .option("--remove-second-factor", "remove the second factor, for somebody without phone and recovery codes")
    .byOption()
    .examples('moisson console account marie@example.fr --name "Marie Dupont" --role admin')
    .action(async (email: string, flags) => (await import("./console-account.ts")).setAccount(await open(), email, flags));
}
