import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import { everything, type Pause } from "../../catalogue/runs/schedule-repository.ts";

/** State shown on every page. */
export interface Standing {
  /** The pause of all runs; null if there is none. */
  readonly pause: Pause | null;
}

/** Reads the state shown on every page. */
export async function readStanding(catalogue: Catalogue): Promise<Standing> {
  const pauses = await catalogue.schedule.pauses();
  return { pause: pauses.find(({ connector }) => connector === everything) ?? null };
}
