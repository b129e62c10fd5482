import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { sql } from "drizzle-orm";
import type { Cell } from "./cells.ts";
import { checkNight } from "./check-night.ts";
import { crewOf, endCrew } from "./crew.ts";
import { connectorIds, definitionOf } from "./feeds.ts";
import type { FoundCatalogue } from "./found-catalogue.ts";
import type { Lane } from "./lane.ts";
import { type PassedNight, tidyUp } from "./night.ts";
import { type OpenedPlace, withPlace } from "./place.ts";
import { sceneOf } from "./scene.ts";
import { untilOver } from "./until-over.ts";

const minuteMs = 60_000;
const lookEveryMs = 500;
const startWithinMs = 180_000;
/** Time for the first looks and for the fault, before the first night. */
const leadMs = 30_000;

/** Two due times of every connector, a minute apart. They are the nights. */
type Nights = readonly [first: Date, second: Date];

/**
 * Lets a fault strike before two nights whose runs the schedule starts, a minute apart, and returns the faults found: a connector without a
 * run in one of them, or another catalogue than after an undisturbed night.
 */
export async function passTwoNights(lane: Lane, cell: Cell, turn: number, expected: FoundCatalogue): Promise<PassedNight> {
  const begun = performance.now();
  const { place, drop } = await lane.newPlace(cell.queue);
  const name = `${cell.id.replaceAll("/", "-")}-${turn}`;
  const scheduled = { ...lane, connectors: join(lane.logs, name) };
  await mkdir(join(scheduled.connectors, "connectors"), { recursive: true });
  const crew = crewOf(scheduled, place, cell, name);
  const seconds = () => Math.round((performance.now() - begun) / 100) / 10;
  try {
    const [worker, other] = [crew.start(false), crew.start(false)];
    await within(startWithinMs, "both workers are ready", async () => (await worker.isReady()) && (await other.isReady()));
    const first = new Date(Math.ceil((Date.now() + leadMs) / minuteMs) * minuteMs);
    const nights: Nights = [first, new Date(first.getTime() + minuteMs)];
    await writeConnectors(scheduled, nights);
    await withPlace(place, (opened) => within(leadMs, "the workers know the connectors", () => knowAll(opened)));
    const scene = sceneOf(scheduled, place, cell, turn, crew, { worker, pid: worker.child.pid ?? 0 }, { problems: [], answers: new Map() });
    await cell.fault.strike(scene);
    const isLost = cell.fault.losesVictim === true ? worker : null;
    await delay(Math.max(0, nights[1].getTime() - Date.now()));
    const asked = await withPlace(place, (opened) => scheduledRuns(opened, nights));
    const problems = await untilOver(scheduled, place, cell, crew, isLost);
    problems.push(...(await endCrew(crew, isLost)), ...asked.missing);
    const checked = await withPlace(place, (opened) => checkNight(opened, scheduled.connectors, asked.runIds, expected, true));
    return { problems: [...problems, ...checked.problems], lost: checked.lost, seconds: seconds(), found: checked.found };
  } catch (error) {
    return { problems: [`the nights broke off: ${String(error)}`], lost: [], seconds: seconds(), found: null };
  } finally {
    await tidyUp(lane, place, crew, drop);
  }
}

/** Writes the connectors, due at the nights. Workers read the folder again and again. */
async function writeConnectors({ connectors, publisher }: Lane, nights: Nights): Promise<void> {
  const paris = new Intl.DateTimeFormat("fr-FR", { hour: "numeric", minute: "numeric", hourCycle: "h23", timeZone: "Europe/Paris" });
  const times = nights.map((night) => paris.formatToParts(night));
  const all = (type: string) =>
    [...new Set(times.map((parts) => Number(parts.find((part) => part.type === type)?.value)))].sort((a, b) => a - b).join(",");
  const schedule = `${all("minute")} ${all("hour")} * * *`;
  for (const id of connectorIds) {
    const definition = { ...definitionOf(id, publisher.port), state: "active", schedule };
    await writeFile(join(connectors, "connectors", `${id}.json`), JSON.stringify(definition));
  }
}

async function knowAll({ store }: OpenedPlace): Promise<boolean> {
  return (await store.rows(sql`select 1 from due_times where name like 'faults-%'`)).length === connectorIds.length;
}

async function within(ms: number, what: string, isSo: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + ms;
  while (!(await isSo())) {
    if (performance.now() > deadline) throw new Error(`waited in vain: ${what}`);
    await delay(lookEveryMs);
  }
}

/** Waits for the scheduled runs of both nights, half a minute after the second at most. Returns them, and the missing ones as problems. */
async function scheduledRuns({ store }: OpenedPlace, nights: Nights): Promise<{ runIds: string[]; missing: string[] }> {
  const deadline = performance.now() + minuteMs / 2;
  for (;;) {
    const runs = await store.rows<{ id: string; connector: string; night: number }>(sql`
      select id, connector, case when asked_at < ${nights[1].toISOString()}::timestamptz then 0 else 1 end as night from runs
      where asked_by = 'schedule' and try = 1 and asked_at >= ${nights[0].toISOString()}::timestamptz
        and asked_at < ${nights[1].toISOString()}::timestamptz + interval '1 minute'`);
    const missing = connectorIds.flatMap((id) =>
      [0, 1].flatMap((night) =>
        runs.some((run) => run.connector === id && run.night === night) ? [] : [`${id} did not run in night ${night + 1}`],
      ),
    );
    if (missing.length === 0 || performance.now() > deadline) return { runIds: runs.map(({ id }) => id), missing };
    await delay(lookEveryMs);
  }
}
