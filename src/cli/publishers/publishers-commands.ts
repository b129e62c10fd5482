import type { Command } from "commander";
import { publisherKinds } from "../../model/publisher/publisher-kinds.ts";
import { vocabularyNames } from "../../model/vocabularies.ts";
import type { CliCommand, CliParent } from "../command.ts";
import type { OpenContext } from "../context.ts";
import { positiveNumber, repeated } from "../options.ts";
import { addLetterCommands } from "./letter-commands.ts";

/** Adds the commands about publishers' feeds and words. Their implementation is imported when they run. */
export function addPublishersCommands(program: CliParent, open: OpenContext): void {
  addConnectorsCommand(program, open);
  addConnectorCommand(program, open);
  addTermsCommand(program, open);
  addFeedCommand(program, open);
  addReplayCommand(program, open);
  addAdoptCommand(program, open);
  addReuseCommand(program, open);
  addFunnelCommand(program, open);
  addRadarCommand(program, open);
  addLetterCommands(program, open);
}

function addConnectorsCommand(program: CliParent, open: OpenContext): void {
  const connectors = program
    .command("connectors")
    .description("list the connectors, or check them")
    .option("--json", "print JSON")
    .examples("moisson connectors", "moisson connectors check")
    .action(async (flags) => (await import("./connectors-command.ts")).listConnectors(await open(), flags));
  connectors
    .command("check")
    .description("check that every connector file loads, its term files are valid and its fixtures give the expected aids")
    .notes("Checks files only. Connectors made or changed in the console are checked there.")
    .examples("moisson connectors check")
    .action(async () => (await import("./connectors-command.ts")).checkConnectors(await open()));
  addMoveCommand(connectors, open);
}

function addMoveCommand(connectors: CliCommand, open: OpenContext): void {
  connectors
    .command("move")
    .description("move the aids of a connector to another one of the same publisher, as a plan: each aid keeps its id, edits and history")
    .argument("<from>", "the connector that brings the aids now, such as one that reads web pages")
    .argument("<to>", "the connector that brings them from now on, run with --dry-run or held as a draft")
    .option("--pair <old=new>", "these two identifiers are the same aid; may be repeated", repeated)
    .option("--yes", "apply the plan at once, unless a person must decide a pair")
    .option("--json", "print the pairs, the doubtful pairs and the rest as JSON")
    .curatorOptions()
    .examples(
      "moisson run departement-exemple-fichier --dry-run",
      "moisson connectors move departement-exemple departement-exemple-fichier",
      "moisson connectors move departement-exemple departement-exemple-fichier --pair /aides/12=a1b2",
    )
    .notes("The former connector is paused and refuses to run. `moisson undo <plan>` restores it. See docs/taking-over.md.")
    .action(async (from: string, to: string, _, command: Command) =>
      (await import("./connectors-move.ts")).moveConnector(await open(), from, to, command.optsWithGlobals()),
    );
}

function addConnectorCommand(program: CliParent, open: OpenContext): void {
  program
    .command("connector")
    .description("start a connector from a feed")
    .command("new")
    .description("analyse a feed and write a draft connector: rules, term files, and a fixture with the expected aids")
    .argument("<id>", "id of the connector: lower-case words joined by hyphens")
    .requiredOption(
      "--from <file|address>",
      "the feed: CSV, JSON, XML, Excel or OpenDocument; or the address of a web page that lists the aids",
    )
    .option("--and <file|address>", "an older copy of the same feed, to see which identifiers are stable")
    .option("--list <number>", "list of the web page to read, if it has several", positiveNumber)
    .option("--into <folder>", "folder with connectors/, mappings/, fixtures/ (default: MOISSON_CONNECTORS, else Moisson's own)")
    .option("--publisher <name>", "name of the publisher, as exports show it")
    .option("--kind <kind>", publisherKinds.join(", "))
    .option("--territory <scale:code>", "territory of its aids: region:11, department:26, country:FRA")
    .option("--licence <licence>", "openlicence20, odbl or cc-by-4.0 (default: unknown; never guessed)")
    .option("--dry-run", "print the files and write nothing")
    .option("--force", "overwrite a connector with this id")
    .option("--anyway", "write a connector even if the file is no list of aids")
    .option("--json", "print the analysis, the proposal and the files as JSON")
    .examples(
      'moisson connector new region-exemple --from aides.csv --publisher "Région Exemple" --territory region:11',
      "moisson connector new departement-exemple --from https://example.org/aides.json --and aides-2025.json",
      "moisson connector new agence-exemple --from aides.xlsx --dry-run",
      "moisson connector new departement-exemple --from https://www.example.org/guide-des-aides/ --dry-run",
      "moisson connector new ville-exemple --from subventions.csv --anyway",
    )
    .notes(
      'Files that list something else, such as grants already paid, are refused with the reasons. The connector is a draft: its first run is held. Suggestions in term files are marked "suggéré, à vérifier".',
    )
    .action(async (id: string, flags) => (await import("./connector-new.ts")).newConnector(await open(), id, flags));
}

function addTermsCommand(program: CliParent, open: OpenContext): void {
  const terms = program.command("terms").description("map the publishers' words to our terms");
  terms
    .command("missing")
    .description("list words without a term of ours, from the last complete run of each connector")
    .argument("[connector...]", "connectors (default: all)")
    .option("--json", "print JSON")
    .examples("moisson terms missing", "moisson terms missing departement-manche --json")
    .notes("`moisson terms suggest` suggests a meaning, `moisson terms set` records the decision.")
    .action(async (ids: string[], flags) => (await import("./terms-missing.ts")).listMissingTerms(await open(), ids, flags));
  terms
    .command("suggest")
    .description("suggest what words without a term of ours may mean, how certain that is, and why")
    .option("--connector <connector>", "words of one connector only")
    .option("--limit <count>", "maximum number of words, the most frequent first", positiveNumber, 20)
    .option("--json", "print JSON")
    .examples("moisson terms suggest", "moisson terms suggest --connector region-sud --limit 50")
    .notes("Writes nothing: `moisson terms set` records a decision, `moisson replay <connector>` shows its effect.")
    .action(async (flags) => (await import("./terms-missing.ts")).suggestMeanings(await open(), flags));
  terms
    .command("set")
    .description(
      "record what a publisher's word means, in the connector's term file, or in its next version if the console decided it before",
    )
    .argument("<connector>", "the connector")
    .argument("<vocabulary>", `one of ${[...vocabularyNames, "financers", "perimeters"].join(", ")}`)
    .argument("<word>", "the publisher's word, spelled as in the feed")
    .argument("[term...]", "our terms (slugs); financers: name or name|SIREN; perimeters: scale:code")
    .option("--ignore", "the word has no meaning for us")
    .option("--note <text>", "reason")
    .examples(
      'moisson terms set region-sud categories "Transition écologique" transition-energetique biodiversite',
      'moisson terms set region-sud targetedAudiences "Touriste" --ignore --note "out of scope for us"',
    )
    .notes("Replaces an earlier decision about the word. `moisson replay <connector>` shows the effect on the catalogue.")
    .action(async (id: string, vocabulary: string, word: string, targets: string[], flags) =>
      (await import("./terms-set.ts")).setTerm(await open(), { id, vocabulary, word, targets }, flags),
    );
}

function addFeedCommand(program: CliParent, open: OpenContext): void {
  program
    .command("feed")
    .description("show how often the feed usually fills each field that the connector reads, and what people decided about it")
    .argument("<connector>", "the connector")
    .option("--loosen <path|guard>", "this field of the feed may be missing, or this guard only warns; requires --note")
    .option("--tighten <path|guard>", "undo --loosen")
    .option("--release <field>", "stop holding a field of the aids: the next run takes what the feed contains")
    .option("--json", "print JSON")
    .curatorOptions()
    .examples(
      "moisson feed region-sud",
      'moisson feed region-sud --loosen date_fin --note "they no longer publish deadlines, Camille phoned"',
      "moisson feed region-sud --release description",
    )
    .notes("`moisson plan apply <plan> --without-field <field>` holds a field. docs/guards.md explains feeds that broke.")
    .action(async (id: string, flags) => (await import("./feed-command.ts")).showFeed(await open(), id, flags));
}

function addReplayCommand(program: CliParent, open: OpenContext): void {
  program
    .command("replay")
    .description("read the last stored feed with the current rules and terms, and show what would change in the catalogue")
    .argument("<connector>", "the connector")
    .option("--json", "print the report as JSON; `plan show --json` prints the plan")
    .examples("moisson replay region-sud", 'moisson terms set region-sud categories "Eau" eau-potable && moisson replay region-sud')
    .notes("Fetches nothing and leaves the plan open: `moisson plan apply <plan>` applies it.")
    .action(async (id: string, flags) => (await import("./replay-command.ts")).replay(await open(), id, flags));
}

function addFunnelCommand(program: CliParent, open: OpenContext): void {
  program
    .command("funnel")
    .description("show how many records become aids, publishable, published and readable by everybody, and which acts free most aids")
    .option("--connector <connector>", "one connector only")
    .option("--publisher <name|SIREN>", "the connectors of one publisher")
    .option("--json", "print JSON")
    .examples("moisson funnel", "moisson funnel --connector region-sud --json")
    .action(async (flags) => (await import("./funnel-command.ts")).showFunnel(await open(), flags));
}

function addRadarCommand(program: CliParent, open: OpenContext): void {
  const radar = program
    .command("radar")
    .description("list feeds that open-data catalogues and publishers' sites offer and no connector reads")
    .option("--look", "first search the places of MOISSON_RADAR, and read a sample of what is new")
    .option("--refused", "list the refused leads")
    .option("--all", "list the files that are no lists of aids, too")
    .option("--json", "print JSON")
    .notes("Workers do the same every night, if MOISSON_RADAR says where (docs/partners.md).")
    .examples(
      "MOISSON_RADAR=data-gouv=https://www.data.gouv.fr moisson radar --look",
      "moisson radar --json",
      'moisson radar refuse 3f6c1c1e --note "an old copy"',
    )
    .action(async (flags) => (await import("./radar-command.ts")).showRadar(await open(), flags));
  for (const [name, description] of [
    ["refuse", "refuse a lead: later searches do not suggest it again"],
    ["reopen", "open a refused lead again"],
  ] as const) {
    radar
      .command(name)
      .description(description)
      .argument("<lead>", "its id, or the first characters")
      .curatorOptions()
      .examples(`moisson radar ${name} 3f6c1c1e${name === "refuse" ? ' --note "an old copy"' : ""}`)
      .action(async (id: string, flags) => (await import("./radar-command.ts")).decideLead(await open(), name, id, flags));
  }
}

function addReuseCommand(program: CliParent, open: OpenContext): void {
  const reuse = program
    .command("reuse")
    .description("list the legal bases on which aids without an open licence may go out, as proposed and as confirmed")
    .option("--json", "print JSON")
    .examples("moisson reuse", "moisson reuse confirm region-sud departement-drome --yes")
    .action(async (flags) => (await import("./reuse-command.ts")).listBases(await open(), flags));
  reuse
    .command("confirm")
    .description("confirm the proposed basis of connectors: their published aids go out in the API and the open data")
    .argument("<connector...>", "the connectors")
    .option("--yes", "no exclusion applies to any of them; without it, the command prints the questions and changes nothing")
    .curatorOptions()
    .examples(
      "moisson reuse confirm region-sud                          prints the basis and the questions about exclusions",
      'moisson reuse confirm region-sud --yes --by "Marie Diallo"',
    )
    .notes("A later change of the proposal in the connector's file is not confirmed by this. docs/open-data.md explains the bases.")
    .action(async (ids: string[], flags) => (await import("./reuse-command.ts")).confirmBases(await open(), ids, flags));
  reuse
    .command("revoke")
    .description("revoke the confirmed basis of connectors: their aids become tombstones in the API")
    .argument("<connector...>", "the connectors")
    .option("--yes", "revoke them; without it, the command prints the bases and changes nothing")
    .curatorOptions()
    .examples(
      "moisson reuse revoke region-sud                           prints the basis in force",
      'moisson reuse revoke region-sud --yes --note "the publisher objects"',
    )
    .action(async (ids: string[], flags) => (await import("./reuse-command.ts")).revokeBases(await open(), ids, flags));
}

function addAdoptCommand(program: CliParent, open: OpenContext): void {
  program
    .command("adopt")
    .description("take over a publisher's aids that are online: keep their status, and their rewritten titles and texts as edits")
    .argument("<connector>", "the publisher's connector, already run")
    .requiredOption("--from <export>", "the aids online: a complete JSON export from the Aides-territoires API")
    .option("--yes", "apply the plan at once instead of leaving it open")
    .option("--json", "print pairs, doubtful pairs and the rest as JSON")
    .curatorOptions()
    .examples(
      "moisson adopt departement-drome --from export.json           makes an open plan; `moisson plan show` shows it",
      "moisson adopt departement-drome --from export.json --yes     applies it at once; `moisson undo <plan>` reverts it",
    )
    .notes(
      "Run the connector first. `moisson run <connector> --compare --from <export>` shows the differences beforehand. See docs/taking-over.md.",
    )
    .action(async (id: string, flags) => (await import("./adopt-command.ts")).adopt(await open(), id, flags));
}
