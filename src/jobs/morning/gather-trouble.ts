import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import type { LastRun, Period, WaitingPlan } from "../../catalogue/runs/digest-facts.ts";
import { everything } from "../../catalogue/runs/schedule-repository.ts";
import type { LoadedConnector } from "../../kit/loaded-connector.ts";
import {
  type BadOutcome,
  type BadRun,
  badOutcomes,
  type Digest,
  type FileToBring,
  type HeldPlan,
  type OfConnector,
  type SilentConnector,
  type WithoutAddress,
} from "../../model/run/digest.ts";
import { machineCauseOfError } from "../../model/run/run-error.ts";
import { asideOfSilence, type SetAside } from "../../model/run/set-aside.ts";
import { type ConnectorActivity, neverRun, silencesOf } from "../../model/run/silence.ts";
import { parisDay } from "../../model/text/paris-day.ts";
import { connectorNames } from "../../registry/connector-names.ts";
import type { ReadConnectors } from "../../registry/load-connectors.ts";
import { missingAddress } from "../schedule/missing-variables.ts";
import { fileDueAt } from "../schedule/pattern.ts";
import { compareRuns } from "./expected-runs.ts";
import { unreadConnectors } from "./unread-connectors.ts";

/** Repositories that `gatherTrouble` reads. */
export interface TroubleCatalogue extends Pick<Catalogue, "machineFaults" | "schedule" | "setAsides"> {
  readonly activity: Pick<Catalogue["activity"], "lastProvided">;
  readonly digests: Pick<Catalogue["digests"], "lastRuns" | "waitingPlans" | "requestedPlans" | "runSpans">;
}

/** The schedule: connectors, problems of refused files, and the variables with feed addresses. */
export interface Scheduled extends ReadConnectors {
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Trouble with the runs of a period, and due work. */
export interface Trouble
  extends Required<Pick<Digest, "expected" | "paused">>,
    Required<Omit<Digest["ops"], "deadLinks" | "toLookAt" | "outgrown" | "unsent">> {
  readonly toBring: readonly FileToBring[];
}

/** Returns a connector with its display name. */
export type Named = (connector: string) => OfConnector;

/** Names existing connectors by their display names, others by their ids. */
export function namesOf({ connectors }: Pick<ReadConnectors, "connectors">): Named {
  const names = connectorNames(connectors);
  return (connector) => ({ connector, publisher: names.get(connector) ?? connector });
}

/** Returns the trouble of a period, from the catalogue at `now`. A connector is in each list once at most. `activities`: of all connectors. */
export async function gatherTrouble(
  catalogue: TroubleCatalogue,
  { connectors, problems, environment }: Scheduled,
  period: Period,
  now: Date,
  activities: readonly ConnectorActivity[],
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
  const awaited = connectors.filter(({ definition }) => !isPaused(definition.id));
  const { expected, missing, ...compared } = await compareRuns(catalogue, connectors, environment, period);
  const late = compared.late.filter(({ connector }) => !inTrouble.has(connector));
  for (const { connector } of late) inTrouble.add(connector);
  const futureDueTimes = await catalogue.schedule.futureDueTimes(period.since);
  const byHand = awaited.filter(({ definition: { id, rhythm } }) => rhythm !== undefined && !inTrouble.has(id));
  const brought = await catalogue.activity.lastProvided(byHand.map(({ definition }) => definition.id));

  const of = (outcome: BadOutcome) => bad.filter((run) => run.outcome === outcome);
  return {
    expected: { expected, missing },
    paused: pauses.map(({ connector, by, at, reason }) => ({ ...named(connector), by, at: at.toISOString(), reason })),
    ...unreadConnectors({ connectors, problems }, activities),
    held,
    requested: (await digests.requestedPlans()).map(({ connector, ...plan }) => ({ ...named(connector), ...plan })),
    failed: of("failed"),
    abandoned: of("abandoned"),
    late,
    machineFaults: await catalogue.machineFaults.since(period.since),
    futureDueTimes: futureDueTimes.map(({ name, ...times }) => ({ ...named(name), ...times })),
    refused: of("refused"),
    unreadable: of("unreadable"),
    stoppedEarly: of("stopped-early"),
    unreachable: of("unreachable"),
    ...silentConnectors(awaited, { activities, setAsides, inTrouble, named }, environment, now),
    toBring: filesToBring(byHand, brought, named, now),
  };
}

/** Returns the plans that guards hold now, as `Trouble.held`. */
export async function plansHeldNow(
  { digests }: { readonly digests: Pick<Catalogue["digests"], "lastRuns" | "waitingPlans"> },
  named: Named,
  period: Period,
): Promise<HeldPlan[]> {
  return heldPlans(await digests.lastRuns(period), await digests.waitingPlans(), named);
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
    isBad(outcome) && !waitsForMachine(run) ? [{ ...named(connector), outcome, ...run, waitingPlan: waiting.get(connector) ?? null }] : [],
  );
}

/** Returns true if a fault of the machine ended the run and it is tried again: the fault is reported once, not for each connector. */
function waitsForMachine({ error, nextTryAt }: Pick<LastRun, "error" | "nextTryAt">): boolean {
  return nextTryAt !== null && error !== null && machineCauseOfError(error.code, error.params) !== null;
}

function isBad(outcome: LastRun["outcome"]): outcome is BadOutcome {
  return badOutcomes.some((bad) => bad === outcome);
}

/** Returns the due files of connectors fed by hand. `brought`: time of each connector's last file. */
function filesToBring(connectors: readonly LoadedConnector[], brought: ReadonlyMap<string, Date>, named: Named, now: Date): FileToBring[] {
  return connectors.flatMap(({ definition }) => {
    const { id, rhythm } = definition;
    const last = brought.get(id) ?? null;
    const due = fileDueAt(definition, last);
    if (rhythm === undefined || due === null || due > now) return [];
    return [{ ...named(id), everyDays: rhythm.everyDays, lastAt: last?.toISOString() ?? null }];
  });
}

/**
 * Returns the silent active connectors, without those set aside, and separately those that never had an address. `inTrouble`: connectors
 * whose last run the digest already reports, so that the lack of an applied run is not a reason for them.
 */
function silentConnectors(
  connectors: readonly LoadedConnector[],
  facts: {
    readonly activities: readonly ConnectorActivity[];
    readonly setAsides: readonly SetAside[];
    readonly inTrouble: ReadonlySet<string>;
    readonly named: Named;
  },
  environment: Readonly<Record<string, string | undefined>>,
  now: Date,
): { readonly silent: readonly SilentConnector[]; readonly withoutAddress: readonly WithoutAddress[] } {
  const today = parisDay(now);
  const activities = new Map(facts.activities.map((activity) => [activity.connector, activity]));
  const silent: SilentConnector[] = [];
  const withoutAddress: WithoutAddress[] = [];
  for (const { definition } of connectors) {
    const { id, state, rhythm } = definition;
    if (state !== "active") continue;
    const all = silencesOf(activities.get(id) ?? neverRun(id), now, today, rhythm !== undefined);
    if (asideOfSilence(id, all.length, facts.setAsides, today) !== null) continue;
    const silences = all.filter(({ code }) => !facts.inTrouble.has(id) || code === "quiet" || code === "deadlines-past");
    if (silences.length === 0) continue;
    const [of, missing] = [facts.named(id), rhythm === undefined ? missingAddress(definition, environment) : null];
    if (missing !== null && silences.some(({ code }) => code === "never-applied")) withoutAddress.push({ ...of, variable: missing });
    else silent.push({ ...of, missing, silences });
  }
  return { silent, withoutAddress };
}
