import type { ScheduleRepository } from "../../catalogue/runs/schedule-repository.ts";
import { lastTime } from "../schedule/due.ts";
import { lookForLeads, type RadarServices } from "./look-for-leads.ts";
import type { RadarPlaces } from "./places.ts";

/** The search is due at six in Paris, after the night's runs. */
const dueTime = "0 6 * * *";

/** Services of the nightly search. */
type NightlyRadar = RadarServices & { readonly catalogue: { readonly schedule: ScheduleRepository } };

/** Searches for leads once a night, in the first free worker. */
export async function lookNightly(services: NightlyRadar, places: RadarPlaces, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  const due = lastTime(dueTime, services.clock.now());
  if (due === null || !(await services.catalogue.schedule.claim("radar", due))) return;
  const result = await lookForLeads(services, places, signal);
  services.logger.info(result, "radar has searched");
}
