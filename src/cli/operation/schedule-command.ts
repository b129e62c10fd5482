import { everything, type Pause } from "../../catalogue/runs/schedule-repository.ts";
import { nextDue } from "../../jobs/schedule/due.ts";
import { missingAddress, missingVariables } from "../../jobs/schedule/missing-variables.ts";
import { patternOf } from "../../jobs/schedule/pattern.ts";
import { requestDueRuns } from "../../jobs/worker/check-runs.ts";
import type { Connector } from "../../kit/definition.ts";
import type { LoadedConnector } from "../../kit/loaded-connector.ts";
import type { CommandContext } from "../context.ts";
import { inert } from "../printable.ts";
import { withQueue } from "../queue.ts";
import { parisTime } from "../render/paris-time.ts";
import { pausedWords } from "../render/paused.ts";

/** Options of `moisson schedule`. */
export interface ScheduleFlags {
  list?: true;
  json?: true;
}

/** A connector's schedule. `next`: ISO instant, or null if it is not scheduled; then `why` is the reason. */
interface Scheduled {
  readonly connector: string;
  readonly pattern: string | null;
  readonly next: string | null;
  readonly why: string | null;
  /** Required variables that are not set. */
  readonly missing: readonly string[];
}

/** Queues the runs that are due; with `--list`, only lists the next times. */
export async function schedule(context: CommandContext, flags: ScheduleFlags): Promise<void> {
  await context.withConnectors(() => (flags.list ? list(context, flags) : queueDueRuns(context, flags)));
}

async function queueDueRuns(context: CommandContext, { json }: ScheduleFlags): Promise<void> {
  const { terminal, withCatalogue, connectors } = context;
  const all = (await connectors()).connectors;
  const asked = await withQueue(context, (queue, settings) =>
    withCatalogue((_, services) => requestDueRuns({ services, queue, settings, connectors: async () => all, registry: connectors })),
  );
  if (json) return terminal.out(JSON.stringify({ asked }, null, 2));
  for (const id of asked) terminal.out(`asked for ${id}`);
  if (asked.length === 0) terminal.out("nothing is due; `moisson schedule --list` shows the next times");
}

async function list(context: CommandContext, { json }: ScheduleFlags): Promise<void> {
  const { terminal, withCatalogue, connectors, environment } = context;
  const all = (await connectors()).connectors;
  const { pauses, stored, now } = await withCatalogue(async (catalogue, { clock }) => ({
    pauses: await catalogue.schedule.pauses(),
    stored: new Set((await catalogue.secrets.list()).map(({ name }) => name)),
    now: clock.now(),
  }));
  const scheduled = all.map((connector) => {
    const found = scheduledOf(connector, pauses, environment, now);
    return { ...found, missing: found.missing.filter((name) => !stored.has(name)) };
  });
  scheduled.sort((a, b) => (a.next ?? "9").localeCompare(b.next ?? "9"));
  if (json) {
    const told = pauses.map(({ at, ...pause }) => ({ ...pause, at: at.toISOString() }));
    return terminal.out(JSON.stringify({ pauses: told, connectors: scheduled }, null, 2));
  }
  const wholePause = pauses.find(({ connector }) => connector === everything);
  if (wholePause !== undefined)
    terminal.out(terminal.colors.yellow(`${pausedWords("everything is paused", wholePause)}; \`moisson resume --all\` ends it`));
  for (const { connector, pattern, next, why, missing } of scheduled) {
    const when = next === null ? "—".padEnd(16) : parisTime(new Date(next));
    const remark = why ?? (missing.length > 0 ? `its run will be refused: it needs ${missing.join(", ")}` : "");
    terminal.out(inert(`${when}  ${connector.padEnd(36)} ${(pattern ?? "").padEnd(12)} ${remark}`).trimEnd());
  }
  if (scheduled.length === 0) terminal.out("no connectors");
}

function scheduledOf(
  connector: LoadedConnector,
  pauses: readonly Pause[],
  environment: CommandContext["environment"],
  now: Date,
): Scheduled {
  const { definition } = connector;
  const pause = pauses.find((candidate) => candidate.connector === definition.id);
  const why = whyNotScheduled(definition, pause, environment);
  const next = why === null ? nextDue(definition, now) : null;
  const missing = why === null ? missingVariables(definition, environment) : [];
  return { connector: definition.id, pattern: patternOf(definition), next: next?.toISOString() ?? null, why, missing };
}

function whyNotScheduled(definition: Connector, pause: Pause | undefined, environment: CommandContext["environment"]): string | null {
  const { state, because, rhythm } = definition;
  if (state !== "active") return `${state}${because === undefined ? "" : `: ${because}`}`;
  if (pause !== undefined) return pausedWords("paused", pause);
  if (rhythm !== undefined) return `fed by hand, every ${rhythm.everyDays} days`;
  const variable = missingAddress(definition, environment);
  return variable === null ? null : `its address is unknown: it needs ${variable}`;
}
