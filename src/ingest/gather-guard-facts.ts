import type { FeedDecision } from "../model/run/feed-decision.ts";
import { parisDay } from "../model/text/paris-day.ts";
import type { FeedPart } from "./decode/decoded.ts";
import { fieldsReading, findRenames } from "./find-renames.ts";
import type { IngestionRun } from "./ingestion-run.ts";
import { fieldsNeverSeen } from "./map/account-fields.ts";
import type { GuardFacts, PastRun } from "./plan/guard-facts.ts";
import { pastRunOf, runsLearnedFrom } from "./plan/guard-series.ts";
import { missingPaths } from "./plan/missing-paths.ts";
import type { BuiltPlan } from "./run-findings.ts";

/** Maximum number of examples per guard. */
const maxExamples = 3;

const none = { count: 0, examples: [] };

/** Collects the input of the guards from the records, the plan and the last applied runs. */
export async function gatherGuardFacts(
  run: IngestionRun,
  { planId, counts, pairs, renamed, elsewhere }: BuiltPlan,
  parts: readonly FeedPart[],
  decisions: readonly FeedDecision[],
): Promise<GuardFacts> {
  const { services, connector, options } = run;
  const { tally } = run.findings;
  const { plans, absences } = services.catalogue;
  const { definition } = connector;
  const { id } = definition;
  const isByHand = options.file !== undefined || options.url !== undefined || options.brought === true || options.limit !== undefined;
  const summary = tally.summary([]);
  const past = await pastRuns(run);
  const form = formOf(run);
  const missing = missingPaths({ ...form, received: tally.received, past, limits: definition.guards }).map(({ path }) => path);
  const newIds = counts.created + renamed;
  const changesNothing = newIds + counts.updated + counts.restored + counts.proposals === 0;
  const moved = pairs.movedLinks.length === 0 ? none : pairs.movedOutOf(await plans.linkHosts(id), maxExamples);
  return {
    received: tally.received,
    skipped: tally.skipped,
    rejected: tally.rejected,
    valid: tally.valid,
    rejectedExamples: summary.issues
      .filter(({ severity }) => severity === "error")
      .flatMap(({ code, examples }) => examples.map(({ locator }) => `${locator} (${code})`))
      .slice(0, maxExamples),
    atLeast: isByHand ? null : (definition.expect.atLeast ?? null),
    isFirstRunOfDraft: definition.state === "draft" && past.length === 0,
    inLastFeed: await absences.countPresent(id),
    gone: counts.missing === 0 ? none : await absences.newlyMissing(planId, maxExamples),
    newIds: { count: newIds, examples: newIds === 0 ? [] : await plans.newIds(planId, maxExamples), renamed },
    fillRates: summary.fillRates,
    lost: pairs.lost,
    deadlines: {
      closed: pairs.closed,
      // The query reads every aid of the connector, so it runs only if this plan closes some.
      ...(pairs.closed === 0 ? { withDeadline: 0, past: none } : await plans.deadlines(planId, run.claim, pairs.today, maxExamples)),
    },
    links: { compared: tally.valid - counts.created, moved },
    ...form,
    fieldsOf: Object.fromEntries(missing.map((path) => [path, fieldsReading(run, path)])),
    renames: await findRenames(run, parts, missing),
    shifts: pairs.shifts,
    decisions,
    unmapped: {
      count: sum(summary.unmappedTerms),
      examples: summary.unmappedTerms.slice(0, maxExamples).map(({ vocabulary, term }) => `${term} (${vocabulary})`),
    },
    elsewhere,
    // Only new and changed aids are staged.
    ...(tally.valid === tally.recalled || changesNothing
      ? { repeated: [], dates: [] }
      : {
          repeated: await plans.repeatedTexts(run.claim.runId, maxExamples),
          dates: await plans.dateFigures(run.claim.runId, pairs.today, maxExamples),
        }),
    past,
    undoneBefore: isByHand || options.snapshot !== undefined ? null : await undoneBefore(run),
    limits: definition.guards,
  };
}

/** Returns what the guards compare with the form of past feeds. */
function formOf({ connector: { definition }, findings }: IngestionRun): Pick<GuardFacts, "shape" | "neverSeen" | "isTable"> {
  const { tally } = findings;
  return {
    shape: findings.shape,
    // An empty feed shows nothing.
    neverSeen: tally.received === 0 ? [] : fieldsNeverSeen(definition, tally.seenFields),
    isTable: definition.decode.format === "csv" || definition.decode.format === "excel",
  };
}

async function pastRuns({ services, connector }: IngestionRun): Promise<PastRun[]> {
  const reports = await services.catalogue.appliedRuns.lastReports(connector.definition.id, runsLearnedFrom);
  return reports.map(({ report, appliedAt }) => pastRunOf(report, appliedAt));
}

async function undoneBefore({ services, connector, findings: { feed } }: IngestionRun): Promise<GuardFacts["undoneBefore"]> {
  const undone = feed.sha256 === null ? null : await services.catalogue.appliedRuns.undoneOn(connector.definition.id, feed.sha256);
  return undone && { by: undone.by, day: parisDay(undone.at) };
}

function sum(counted: readonly { readonly count: number }[]): number {
  let all = 0;
  for (const { count } of counted) all += count;
  return all;
}
