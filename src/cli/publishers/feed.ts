import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import type { Rule } from "../../kit/field-rules.ts";
import { pathsOfRule } from "../../kit/rules/rule-paths.ts";
import { holdingGuards } from "../../model/plan/guard.ts";
import type { FeedDecision } from "../../model/run/feed-decision.ts";
import type { RunReport } from "../../model/run/run-report.ts";
import { parisDay } from "../../model/text/paris-day.ts";
import type { LoadedConnector } from "../../registry/load-connectors.ts";
import type { CommandContext } from "../context.ts";
import { NotDone, WrongUse } from "../exit.ts";
import { type CuratorFlags, curatorOf } from "../options.ts";
import { inert } from "../printable.ts";

/** Options of `moisson feed`. */
export interface FeedFlags extends CuratorFlags {
  loosen?: string;
  tighten?: string;
  release?: string;
  json?: true;
}

/** Number of applied runs that the usual form is learned from. */
const runsShown = 3;

/** Shows the usual form of a connector's feed, and the decisions of people about it. Or changes such a decision. */
export async function showFeed(context: CommandContext, id: string, flags: FeedFlags): Promise<void> {
  await context.withConnectors(async () => {
    const connector = await context.connector(id);
    await context.withCatalogue(async (catalogue, { clock }) => {
      await decide(context, catalogue, connector, flags, clock.now());
      const runs = await catalogue.appliedRuns.lastReports(id, runsShown);
      const decisions = await catalogue.feedDecisions.list(id);
      const usual = usualForm(connector, runs);
      if (flags.json) context.terminal.out(JSON.stringify({ connector: id, ...usual, decisions }, null, 2));
      else context.terminal.out(render(connector, usual, decisions));
    });
  });
}

async function decide(
  { environment }: CommandContext,
  catalogue: Catalogue,
  { definition: { id } }: LoadedConnector,
  flags: FeedFlags,
  now: Date,
): Promise<void> {
  const { loosen, tighten, release } = flags;
  if ([loosen, tighten, release].filter((given) => given !== undefined).length > 1)
    throw new WrongUse("give one of --loosen, --tighten and --release");
  const { by, note } = curatorOf(flags, environment, now);
  if (loosen !== undefined) {
    if (note === undefined) throw new WrongUse("--loosen requires --note: say why the feed may lack this");
    await catalogue.feedDecisions.add({ connector: id, kind: "loosen", subject: loosen, paths: [], note, by, at: now.toISOString() });
  }
  const removed = tighten ?? release;
  const kind = tighten === undefined ? "hold" : "loosen";
  if (removed !== undefined && !(await catalogue.feedDecisions.remove({ connector: id, kind, subject: removed })))
    throw new NotDone(`${id}: ${removed} is not ${kind === "hold" ? "held" : "loosened"}`);
}

/** What the last applied runs have in common. */
interface UsualForm {
  readonly runs: readonly { readonly day: string; readonly records: number; readonly valid: number }[];
  /** In the order of the definition. `filled`: lowest and highest share of records, 0 to 1; null if no run measured the path. */
  readonly paths: readonly {
    readonly path: string;
    readonly fields: readonly string[];
    readonly filled: readonly [number, number] | null;
  }[];
}

function usualForm(
  { definition }: LoadedConnector,
  reports: readonly { readonly report: RunReport; readonly appliedAt: Date }[],
): UsualForm {
  const fieldsOf = new Map<string, string[]>();
  for (const [field, rule] of Object.entries(definition.fields) as [string, Rule][]) {
    for (const path of new Set(pathsOfRule(rule))) fieldsOf.set(path, [...(fieldsOf.get(path) ?? []), field]);
  }
  const shares = (path: string) =>
    reports.flatMap(({ report: { shape } }) => {
      const filled = shape?.filled[path];
      return shape === undefined || filled === undefined || shape.records === 0 ? [] : [filled / shape.records];
    });
  return {
    runs: reports.map(({ report, appliedAt }) => ({
      day: parisDay(appliedAt),
      records: report.counts.received,
      valid: report.counts.valid,
    })),
    paths: [...fieldsOf].map(([path, fields]) => {
      const found = shares(path);
      return { path, fields, filled: found.length === 0 ? null : [Math.min(...found), Math.max(...found)] };
    }),
  };
}

function render({ definition: { id } }: LoadedConnector, { runs, paths }: UsualForm, decisions: readonly FeedDecision[]): string {
  const width = Math.max(4, ...paths.map(({ path }) => path.length));
  const [last] = runs;
  return inert(
    [
      last === undefined
        ? `${id}: no run has been applied yet`
        : `${id}: ${runs.map(({ day, records }) => `${records} records on ${day}`).join(", ")}`,
      ...paths.map(({ path, fields, filled }) => `  ${path.padEnd(width)}  ${filledWords(filled).padEnd(12)}  ${fields.join(", ")}`),
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
  if (kind === "loosen") return `  ${holdingGuards.some((code) => code === subject) ? "guard " : ""}${subject} only warns ${since}`;
  const until = paths.length === 0 ? "its values are usual again" : `the feed fills ${paths.join(", ")} again`;
  return `  ${subject} keeps its last values until ${until}; held ${since}`;
}
