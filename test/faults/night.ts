import { setTimeout as delay } from "node:timers/promises";
import type { Outcome } from "../../src/model/run/run-error.ts";
import { askNight } from "./ask-night.ts";
import type { Cell } from "./cells.ts";
import { checkLasting, untilWell } from "./check-lasting.ts";
import { checkNight } from "./check-night.ts";
import { type Crew, crewOf, endCrew } from "./crew.ts";
import type { FoundCatalogue } from "./found-catalogue.ts";
import type { Lane } from "./lane.ts";
import { type Place, withPlace } from "./place.ts";
import { sceneOf, type Watched } from "./scene.ts";
import { untilOver } from "./until-over.ts";

/** The result of a night. */
export interface PassedNight {
  /** Empty if all is well. */
  readonly problems: readonly string[];
  /** Outcomes of the runs that were retried. */
  readonly lost: readonly Outcome[];
  readonly seconds: number;
  readonly found: FoundCatalogue | null;
}

/**
 * Runs one night with the fault of a cell, and returns the faults found. `expected`: the catalogue after an undisturbed night; null if
 * this is that night.
 */
export async function passNight(lane: Lane, cell: Cell, turn: number, expected: FoundCatalogue | null): Promise<PassedNight> {
  const begun = performance.now();
  const { place, drop } = await lane.newPlace(cell.queue);
  const name = `${cell.id.replaceAll("/", "-")}-${turn}`;
  const crew = crewOf(lane, place, cell, name);
  const problems: string[] = [];
  const watched: Watched = { problems, answers: new Map() };
  try {
    const runIds = await askNight(lane, place, cell.queue);
    crew.start(expected !== null);
    if ("databaseUrl" in place) crew.start(expected !== null);
    const victim = expected === null ? null : await crew.victim();
    const scene = victim === null ? null : sceneOf(lane, place, cell, turn, crew, victim, watched);
    if (scene !== null) {
      await cell.fault.strike(scene);
      scene.goOn();
    }
    const isLost = cell.fault.losesVictim === true && victim !== null ? victim.worker : null;
    problems.push(...(await untilOver(lane, place, cell, crew, isLost)));
    if (scene !== null && cell.fault.lasting !== undefined) problems.push(...(await untilWell(crew)));
    problems.push(...(await endCrew(crew, isLost)));
    if (scene !== null) await cell.fault.undo?.(scene);
    const checked = await withPlace(place, async (opened) => {
      const found = await checkNight(opened, lane.connectors, runIds, expected, cell.fault.setsClock === true);
      if (victim !== null) problems.push(...(await checkLasting(opened, cell, crew, victim.worker, watched.answers)));
      return found;
    });
    const seconds = Math.round((performance.now() - begun) / 100) / 10;
    return { problems: [...problems, ...checked.problems], lost: checked.lost, seconds, found: checked.found };
  } catch (error) {
    const seconds = Math.round((performance.now() - begun) / 100) / 10;
    return { problems: [...problems, `the night broke off: ${String(error)}`], lost: [], seconds, found: null };
  } finally {
    await tidyUp(lane, place, crew, drop);
  }
}

/** Ends the workers and removes what a night has left. */
export async function tidyUp(lane: Lane, place: Place, crew: Crew, drop: () => Promise<void>): Promise<void> {
  for (const worker of crew.workers) worker.signal("SIGKILL");
  await Promise.all(crew.workers.map(({ ended }) => ended));
  lane.publisher.release();
  lane.publisher.break("cut", 0);
  await Promise.all([lane.disk, lane.logDisk, ...lane.spools].map((disk) => disk.free()));
  await lane.redis.ensureUp();
  if ("databaseUrl" in place) await lane.postgresql.ensureUp();
  // A server that has just started may refuse for a moment.
  await drop().catch(() => delay(1000).then(drop));
}
