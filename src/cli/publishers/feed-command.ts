import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import { loosenable, type UsualForm, usualFormOf, usualRuns } from "../../ingest/usual-form.ts";
import type { LoadedConnector } from "../../kit/loaded-connector.ts";
import { holdingGuard } from "../../model/plan/guard.ts";
import type { FeedDecision } from "../../model/run/feed-decision.ts";
import type { CommandContext } from "../context.ts";
import { NotDone, WrongUse } from "../exit.ts";
import { type CuratorFlags, curatorOf } from "../options.ts";
import { inert } from "../printable.ts";
import { knownName } from "../read-argument.ts";

/** Options of `moisson feed`. */
export interface FeedFlags extends CuratorFlags {
  loosen?: string;
  tighten?: string;
  release?: string;
  json?: true;
}

/** Shows the usual form of a connector's feed, and the decisions of people about it. Or changes such a decision. */
export async function showFeed(context: CommandContext, id: string, flags: FeedFlags): Promise<void> {
  await context.withConnectors(async () => {
    const connector = await context.connector(id);
    await context.withCatalogue(async (catalogue, { clock }) => {
      await decide(context, catalogue, connector, flags, clock.now());
      const runs = await catalogue.appliedRuns.lastReports(id, usualRuns);
      const decisions = await catalogue.feedDecisions.list(id);
      const usual = usualFormOf(connector.definition, runs);
      if (flags.json) context.terminal.out(JSON.stringify({ connector: id, ...usual, decisions }, null, 2));
      else context.terminal.out(render(connector, usual, decisions));
    });
  });
}

async function decide(
  { environment }: CommandContext,
  catalogue: Catalogue,
  { definition }: LoadedConnector,
  flags: FeedFlags,
  now: Date,
): Promise<void> {
  const { id } = definition;
  const { loosen, tighten, release } = flags;
  if ([loosen, tighten, release].filter((given) => given !== undefined).length > 1)
    throw new WrongUse("give one of --loosen, --tighten and --release");
  const { by, note } = curatorOf(flags, environment, now);
  if (loosen !== undefined) {
    if (note === undefined) throw new WrongUse("--loosen requires --note: say why the feed may lack this");
    const subject = knownName("unknown path or guard", loosen, loosenable(definition));
    await catalogue.feedDecisions.add({ connector: id, kind: "loosen", subject, paths: [], note, by, at: now.toISOString() });
  }
  const removed = tighten ?? release;
  const kind = tighten === undefined ? "hold" : "loosen";
  if (removed !== undefined && !(await catalogue.feedDecisions.remove({ connector: id, kind, subject: removed })))
    throw new NotDone(`${id}: ${removed} is not ${kind === "hold" ? "held" : "loosened"}`);
}

function render({ definition: { id } }: LoadedConnector, { runs, paths, shifts }: UsualForm, decisions: readonly FeedDecision[]): string {
  const width = Math.max(4, ...paths.map(({ path }) => path.length));
  const [last] = runs;
  return inert(
    [
      last === undefined
        ? `${id}: no run has been applied yet`
        : `${id}: ${runs.map(({ day, records }) => `${records} records on ${day}`).join(", ")}`,
      ...paths.map(
        ({ path, fields, filled }) =>
          `  ${path.padEnd(width)}  ${filledWords(filled).padEnd(12)}  ${fields.join(", ") || "only in conditions"}`,
      ),
      ...(shifts.length === 0 ? [] : ["  aids that change from one run to the next:"]),
      ...shifts.map(({ kind, changed }) => `    ${kind.padEnd(width - 2)}  ${filledWords(changed)}`),
      ...decisions.map(decisionWords),
    ].join("\n"),
  );
}

function filledWords(filled: readonly [number, number] | null): string {
  if (filled === null) return "not measured";
  const [low, high] = filled.map((share) => Math.round(share * 100));
  return low === high ? `${low} %` : `${low} to ${high} %`;
}

function decisionWords({ kind, subject, by, at, note, paths }: FeedDecision): string {
  const since = `since ${at.slice(0, 10)}, by ${by}${note === null ? "" : `: ${note}`}`;
  if (kind === "loosen") return `  ${holdingGuard(subject) !== undefined ? "guard " : ""}${subject} only warns ${since}`;
  const until = paths.length === 0 ? "its values are usual again" : `the feed fills ${paths.join(", ")} again`;
  return `  ${subject} keeps its last values until ${until}; held ${since}`;
}
