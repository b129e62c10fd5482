import { randomUUID } from "node:crypto";
import type { Command } from "commander";
import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import { issueNow } from "../../curation/issue-now.ts";
import { setAsideMessage, whatIsAside } from "../../english/watch.ts";
import type { Connector } from "../../kit/definition.ts";
import type { SetAside } from "../../model/run/set-aside.ts";
import { parisDay } from "../../model/text/paris-day.ts";
import type { CommandContext } from "../context.ts";
import { type CuratorFlags, curatorOf } from "../curator-options.ts";
import { countSilences } from "../everyday/runs-silent.ts";
import { NotDone, WrongUse } from "../exit.ts";
import { inert } from "../render/inert.ts";
import { dayToCome } from "./day-to-come.ts";

interface AsideFlags extends Pick<CuratorFlags, "by"> {
  issue?: string;
  silence?: true;
  until?: string;
  reason?: string;
  list?: true;
  remove?: string;
  json?: true;
}

/** `moisson aside`: known issues and silences of connectors that are not to be looked at until a day. */
export function addAsideCommand(program: Command, open: () => CommandContext): void {
  program
    .command("aside")
    .description("set a known issue or silence of a connector aside until a day; it comes back that day, or when it grows")
    .argument("[connector]", "the connector; with --list, all of them where it is left out")
    .option("--issue <code[:field]>", "an issue of its last report, of one field or of all")
    .option("--silence", "that nothing is heard of it, as `runs --silent` says")
    .option("--until <day>", "the day on which it comes back, YYYY-MM-DD")
    .option("--reason <text>", "why nothing is to be done about it now")
    .option("--by <name>", "who does it (default: MOISSON_USER, else the name you are logged in under)")
    .option("--list", "list what is set aside")
    .option("--remove <id>", "take back: the id of --list, or its beginning")
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      `
Examples:
  moisson aside departement-drome --issue unreadable-url:originUrl --until 2027-01-31 --reason "told them on the 12th"
  moisson aside ministere-culture --silence --until 2027-02-01 --reason "nothing new before the next budget"
  moisson aside --list
  moisson aside --remove 3f2a91c0`,
    )
    .action(async (connector: string | undefined, flags: AsideFlags) => {
      const acts = [flags.list, flags.remove, flags.issue, flags.silence].filter((given) => given !== undefined);
      if (acts.length !== 1) throw new WrongUse("give one of --issue, --silence, --list and --remove");
      if (flags.list) return listAsides(open(), connector, flags);
      if (flags.remove !== undefined) return removeAside(open(), flags.remove, flags);
      const context = open();
      return context.withConnectors(() => addAside(context, connector, flags));
    });
}

async function addAside(context: CommandContext, named: string | undefined, flags: AsideFlags): Promise<void> {
  if (named === undefined) throw new WrongUse("name the connector; `moisson connectors` lists them");
  if (flags.until === undefined) throw new WrongUse("say until when, with --until <day>");
  const reason = flags.reason?.trim();
  if (!reason) throw new WrongUse("say why, with --reason <text>");
  const until = dayToCome(flags.until, context);
  const { definition } = await context.connector(named);
  const connector = definition.id;
  await context.withCatalogue(async (catalogue, { clock }) => {
    const now = clock.now();
    const { by } = curatorOf(flags, context.environment, now);
    const what =
      flags.issue === undefined ? await silenceNow(catalogue, definition, now) : await issueToSetAside(catalogue, connector, flags.issue);
    const aside: SetAside = { id: randomUUID(), connector, ...what, until, reason, by, at: now.toISOString() };
    await catalogue.setAsides.add(aside);
    context.terminal.out(flags.json ? JSON.stringify(aside, null, 2) : asideLine(aside));
  });
}

type WhatIsAside = Pick<SetAside, "what" | "issueCode" | "field" | "upTo">;

/** Throws `NotDone` where the connector is not silent: there would be nothing to come back from. */
async function silenceNow(catalogue: Catalogue, connector: Connector, now: Date): Promise<WhatIsAside> {
  const upTo = await countSilences(catalogue, connector, now);
  if (upTo === 0) throw new NotDone(`${connector.id} is not silent; \`moisson runs --silent\` lists those that are`);
  return { what: "silence", issueCode: null, field: null, upTo };
}

/** Throws `NotDone` where the last report of the connector has no such issue, naming those that it has. */
async function issueToSetAside(catalogue: Catalogue, connector: string, asked: string): Promise<WhatIsAside> {
  const colon = asked.indexOf(":");
  const issueCode = colon < 0 ? asked : asked.slice(0, colon);
  const field = colon < 0 ? null : asked.slice(colon + 1);
  const { upTo, issues } = await issueNow(catalogue, connector, issueCode, field);
  if (upTo > 0) return { what: "issue", issueCode, field, upTo };
  const known = [...new Set(issues.map((group) => whatIsAside({ what: "issue", issueCode: group.code, field: group.field })))];
  throw new NotDone(
    `the last report of ${connector} has no issue ${asked}; ${known.length === 0 ? "it has none" : `it has ${known.join(", ")}`}`,
  );
}

async function listAsides({ terminal, withCatalogue }: CommandContext, connector: string | undefined, { json }: AsideFlags): Promise<void> {
  await withCatalogue(async (catalogue, { clock }) => {
    const today = parisDay(clock.now());
    const setAsides = await catalogue.setAsides.list(connector);
    if (json)
      return terminal.out(
        JSON.stringify(
          setAsides.map((aside) => ({ ...aside, isOver: aside.until <= today })),
          null,
          2,
        ),
      );
    if (setAsides.length === 0) terminal.out("nothing is set aside");
    for (const aside of setAsides) terminal.out(`${asideLine(aside)}${aside.until <= today ? " (its day has come)" : ""}`);
  });
}

async function removeAside({ terminal, withCatalogue }: CommandContext, asked: string, { json }: AsideFlags): Promise<void> {
  await withCatalogue(async (catalogue) => {
    const found = await catalogue.setAsides.remove(asked);
    const [removed] = found;
    if (removed === undefined) throw new NotDone(`nothing that is set aside has the id ${asked}; \`moisson aside --list\` lists it`);
    if (found.length > 1) throw new NotDone(`${found.length} ids begin with ${asked}; give more of it`);
    terminal.out(json ? JSON.stringify(removed, null, 2) : `${asideLine(removed)}: taken back, it is looked at again`);
  });
}

function asideLine(aside: SetAside): string {
  const what = `${whatIsAside(aside)}${aside.what === "issue" && aside.upTo !== null ? ` (up to ${aside.upTo})` : ""}`;
  return inert(`${aside.id.slice(0, 8)}  ${aside.connector}: ${setAsideMessage(aside, what)}`);
}
