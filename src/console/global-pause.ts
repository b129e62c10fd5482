import type { Catalogue } from "../catalogue/open-catalogue.ts";
import { everything, type Pause } from "../catalogue/runs/schedule-repository.ts";

/** Returns the pause of all runs; null if runs are not paused. */
export async function globalPause({ schedule }: Catalogue): Promise<Pause | null> {
  return (await schedule.pauses()).find(({ connector }) => connector === everything) ?? null;
}
