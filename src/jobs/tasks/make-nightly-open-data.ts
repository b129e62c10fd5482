import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Logger } from "../../platform/logger.ts";
import { makeOpenData } from "../../publish/open-data/make-open-data.ts";
import type { ReadConnectors } from "../../registry/load-connectors.ts";
import { lastTime } from "../schedule/due.ts";

/** The dump is due at five in Paris, after the night's runs. Until eight, workers retry every half hour, in case one died. */
const dueTime = "0 5 * * *";
const retryTimes = "0,30 5-7 * * *";

/** Services for the nightly dump. */
export interface OpenDataContext {
  readonly catalogue: Pick<Catalogue, "openData" | "schedule" | "search" | "reuseBases" | "personAnswers">;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly registry: () => Promise<ReadConnectors>;
}

/** Makes the night's dump of open data, in the first free worker; a failed one is repeated half an hour later. Stops on `signal`. */
export async function makeNightlyOpenData({ catalogue, clock, logger, registry }: OpenDataContext, signal: AbortSignal): Promise<void> {
  const now = clock.now();
  const [morning, due] = [lastTime(dueTime, now), lastTime(retryTimes, now)];
  if (morning === null || due === null || signal.aborted) return;
  const lastMade = new Date((await catalogue.openData.latest())?.startedAt ?? 0);
  // A dump of the future was made with a wrong clock.
  if (lastMade >= morning && lastMade <= now) return;
  if (!(await catalogue.schedule.claim("open-data", due))) return;
  const begun = clock.elapsed();
  const { connectors } = await registry();
  const { facts } = await makeOpenData({ catalogue, connectors, signal }, () => clock.now());
  const { aids, inNationalSchema, leftOut } = facts;
  logger.info({ aids, inNationalSchema, leftOut, ms: Math.round(clock.elapsed() - begun) }, "open data made");
}
