import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import type { LastRun, Period, WaitingPlan } from "../../catalogue/runs/digest-facts.ts";
import { everything } from "../../catalogue/runs/schedule-repository.ts";
import {
  type BadOutcome,
  type BadRun,
  badOutcomes,
  type Digest,
  type FileToBring,
  type HeldPlan,
  type OfConnector,
} from "../../model/run/digest.ts";
import type { ReadConnectors } from "../../registry/load-connectors.ts";
import { missingAddress } from "../schedule/missing-address.ts";
import { filesToBring } from "./files-to-bring.ts";
import { lateRun } from "./late-runs.ts";
import { silentConnectors } from "./silent-connectors.ts";
import { unreadConnectors } from "./unread-connectors.ts";

/** Queries about trouble. */
export interface TroubleCatalogue extends Pick<Catalogue, "schedule" | "setAsides"> {
  readonly activity: Pick<Catalogue["activity"], "list" | "lastBrought">;
  readonly digests: Pick<Catalogue["digests"], "lastRuns" | "waitingPlans" | "begun">;
}

/** The schedule: connectors, problems of refused files, and the variables with feed addresses. */
export interface Scheduled extends ReadConnectors {
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Trouble with the runs of a period, and due work. */
export interface Trouble
  extends Pick<Digest, "paused">,
    Pick<
      Digest["ops"],
      | "refusedFiles"
      | "gone"
      | "held"
      | "failed"
      | "abandoned"
      | "late"
      | "refused"
      | "unreadable"
      | "stoppedEarly"
      | "unreachable"
      | "silent"
      | "withoutAddress"
    > {
  readonly toBring: readonly FileToBring[];
}

/** Returns a connector's line head. */
export type Named = (connector: string) => OfConnector;

/** Names existing connectors by their publishers, others by their ids. */
export function namesOf({ connectors }: Pick<ReadConnectors, "connectors">): Named {
  const publishers = new Map(connectors.map(({ definition }) => [definition.id, definition.publisher.name]));
  return (connector) => ({ connector, publisher: publishers.get(connector) ?? connector });
}

/** Returns the trouble of a period, from the catalogue at `now`. A connector is in each list once at most. */
export async function gatherTrouble(
  catalogue: TroubleCatalogue,
  { connectors, problems, environment }: Scheduled,
  period: Period,
  now: Date,
): Promise<Trouble> {
  const { digests } = catalogue;
  const named = namesOf({ connectors });
  const pauses = await catalogue.schedule.pauses();
  const isPaused = (id: string) => pauses.some(({ connector }) => connector === id || connector === everything);
  const setAsides = await catalogue.setAsides.list();
  const lastRuns = await digests.lastRuns(period);
  const waitingPlans = await digests.waitingPlans();

  const held = heldPlans(lastRuns, waitingPlans, named);
  const bad = badRuns(lastRuns, waitingPlans, named);
  const inTrouble = new Set([...held, ...bad].map(({ connector }) => connector));
  const runTimes = {
    begun: new Map((await digests.begun(period.since)).map((runs) => [runs.connector, runs])),
    seenTo: await catalogue.schedule.lastDueTimes(),
  };
  const awaited = connectors.filter(({ definition }) => !isPaused(definition.id));
  const late = awaited.flatMap((loaded) => {
    const isSaid = inTrouble.has(loaded.definition.id) || missingAddress(loaded.definition, environment) !== null;
    return isSaid ? [] : (lateRun(loaded, period, runTimes) ?? []);
  });
  for (const { connector } of late) inTrouble.add(connector);
  const activities = await catalogue.activity.list();
  const byHand = awaited.filter(({ definition: { id, rhythm } }) => rhythm !== undefined && !inTrouble.has(id));
  const brought = await catalogue.activity.lastBrought(byHand.map(({ definition }) => definition.id));

  const of = (outcome: BadOutcome) => bad.filter((run) => run.outcome === outcome);
  return {
    paused: pauses.map(({ connector, by, at, reason }) => ({ ...named(connector), by, at: at.toISOString(), reason })),
    ...unreadConnectors({ connectors, problems }, activities),
    held,
    failed: of("failed"),
    abandoned: of("abandoned"),
    late,
    refused: of("refused"),
    unreadable: of("unreadable"),
    stoppedEarly: of("stopped-early"),
    unreachable: of("unreachable"),
    ...silentConnectors(awaited, { activities, setAsides, inTrouble }, environment, now),
    toBring: filesToBring(byHand, brought, now),
  };
}

/**
 * Returns waiting plans of connectors whose last run of the period was held, or that had no run. A good run since then makes the plan
 * obsolete.
 */
function heldPlans(lastRuns: readonly LastRun[], plans: readonly WaitingPlan[], named: Named): HeldPlan[] {
  const runs = new Map(lastRuns.map((run) => [run.connector, run]));
  return plans.flatMap(({ connector, planId, runId, heldAt, guards }) => {
    const run = runs.get(connector);
    return run === undefined || run.outcome === "held"
      ? [{ ...named(connector), runId, planId, heldAt, nights: run?.nights ?? 1, guards }]
      : [];
  });
}

function badRuns(lastRuns: readonly LastRun[], plans: readonly WaitingPlan[], named: Named): BadRun[] {
  const waiting = new Map(plans.map(({ connector, planId, heldAt }) => [connector, { planId, heldAt }]));
  return lastRuns.flatMap(({ connector, outcome, ...run }) =>
    isBad(outcome) ? [{ ...named(connector), outcome, ...run, waitingPlan: waiting.get(connector) ?? null }] : [],
  );
}

function isBad(outcome: LastRun["outcome"]): outcome is BadOutcome {
  return badOutcomes.some((bad) => bad === outcome);
}
