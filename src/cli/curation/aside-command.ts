import { randomUUID } from "node:crypto";
import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import { countIssueInLastReport } from "../../curation/count-issue-in-last-report.ts";
import type { Connector } from "../../kit/definition.ts";
import type { SetAside } from "../../model/run/set-aside.ts";
import { parisDay } from "../../model/text/paris-day.ts";
import type { CommandContext, OpenContext } from "../context.ts";
import { asideTarget, setAsideMessage } from "../english/watch.ts";
import { countSilences } from "../everyday/runs-silent.ts";
import { NotDone, WrongUse } from "../exit.ts";
import { type CuratorFlags, curatorOf, futureDay } from "../options.ts";
import { inert } from "../printable.ts";

/** Options of `moisson aside`. */
export interface AsideFlags extends Pick<CuratorFlags, "by"> {
  issue?: string;
  silence?: true;
  until?: string;
  reason?: string;
  list?: true;
  remove?: string;
  json?: true;
}

/** Adds, lists or removes set-aside issues and silences. */
export async function setAside(open: OpenContext, connector: string | undefined, flags: AsideFlags): Promise<void> {
  const acts = [flags.list, flags.remove, flags.issue, flags.silence].filter((given) => given !== undefined);
  if (acts.length !== 1) throw new WrongUse("give one of --issue, --silence, --list and --remove");
  const context = await open();
  if (flags.list) return listAsides(context, connector, flags);
  if (flags.remove !== undefined) return removeAside(context, flags.remove, flags);
  return context.withConnectors(() => addAside(context, connector, flags));
}

async function addAside(context: CommandContext, named: string | undefined, flags: AsideFlags): Promise<void> {
  if (named === undefined) throw new WrongUse("name the connector; `moisson connectors` lists them");
  if (flags.until === undefined) throw new WrongUse("--until <day> is required");
  const reason = flags.reason?.trim();
  if (!reason) throw new WrongUse("--reason <text> is required");
  const until = futureDay(flags.until, context);
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

type AsideTarget = Pick<SetAside, "what" | "issueCode" | "field" | "upTo">;

/** Returns the entry that sets aside the warning about a silent connector. Throws `NotDone` if the connector is not silent. */
async function silenceNow(catalogue: Catalogue, connector: Connector, now: Date): Promise<AsideTarget> {
  const upTo = await countSilences(catalogue, connector, now);
  if (upTo === 0) throw new NotDone(`${connector.id} is not silent; \`moisson runs --silent\` lists those that are`);
  return { what: "silence", issueCode: null, field: null, upTo };
}

/** Returns the issue to set aside. Throws `NotDone` with the connector's issues if its last report does not contain it. */
async function issueToSetAside(catalogue: Catalogue, connector: string, asked: string): Promise<AsideTarget> {
  const colon = asked.indexOf(":");
  const issueCode = colon < 0 ? asked : asked.slice(0, colon);
  const field = colon < 0 ? null : asked.slice(colon + 1);
  const { upTo, issues } = await countIssueInLastReport(catalogue, connector, issueCode, field);
  if (upTo > 0) return { what: "issue", issueCode, field, upTo };
  const known = [...new Set(issues.map((group) => asideTarget({ what: "issue", issueCode: group.code, field: group.field })))];
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
    for (const aside of setAsides) terminal.out(`${asideLine(aside)}${aside.until <= today ? " (expired)" : ""}`);
  });
}

async function removeAside({ terminal, withCatalogue }: CommandContext, asked: string, { json }: AsideFlags): Promise<void> {
  await withCatalogue(async (catalogue) => {
    const found = await catalogue.setAsides.remove(asked);
    const [removed] = found;
    if (removed === undefined) throw new NotDone(`unknown id ${asked}; \`moisson aside --list\` lists the ids`);
    if (found.length > 1) throw new NotDone(`${found.length} ids begin with ${asked}; give more characters`);
    terminal.out(json ? JSON.stringify(removed, null, 2) : `${asideLine(removed)}: removed, it is reported again`);
  });
}

function asideLine(aside: SetAside): string {
  const what = `${asideTarget(aside)}${aside.what === "issue" && aside.upTo !== null ? ` (up to ${aside.upTo})` : ""}`;
  return inert(`${aside.id.slice(0, 8)}  ${aside.connector}: ${setAsideMessage(aside, what)}`);
}
