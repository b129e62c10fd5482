import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import { everything, type Pause } from "../../catalogue/runs/pause-repository.ts";

/** What every page says, whatever it is about. */
export interface Standing {
  /** Everything is paused. */
  readonly pause: Pause | null;
}

/** Reads it. */
export async function readStanding(catalogue: Catalogue): Promise<Standing> {
  const pauses = await catalogue.pauses.list();
  return { pause: pauses.find(({ connector }) => connector === everything) ?? null };
}
