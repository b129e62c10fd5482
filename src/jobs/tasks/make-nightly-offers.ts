import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Logger } from "../../platform/logger.ts";
import { remakeOfferedFiles } from "../../publish/open-data/offered-file.ts";
import type { ReadConnectors } from "../../registry/load-connectors.ts";
import { lastTime } from "../schedule/due.ts";

/** Publishers' files are due at half past five in Paris, after the night's runs and the dump. */
const dueTime = "30 5 * * *";

/** Services for the nightly files of publishers. */
export interface OpenDataOffersContext {
  readonly catalogue: Pick<Catalogue, "aids" | "publishers" | "openDataOffers" | "personAnswers" | "schedule">;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly registry: () => Promise<ReadConnectors>;
}

/** Makes the files of publishers again once a night, in the first free worker. Stops on `signal`. */
export async function makeNightlyOffers(context: OpenDataOffersContext, signal: AbortSignal): Promise<void> {
  const { catalogue, clock, logger, registry } = context;
  const due = lastTime(dueTime, clock.now());
  if (due === null || signal.aborted || !(await catalogue.schedule.claim("open-data-offers", due))) return;
  const { connectors } = await registry();
  const files = await remakeOfferedFiles({ catalogue, connectors }, () => clock.now(), signal);
  logger.info({ files }, "publishers' files made");
}
