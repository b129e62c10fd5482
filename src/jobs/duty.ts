import type { JobServices } from "./job-services.ts";

/** Work of the house beside runs: every worker begins it at every tick, it sees for itself whether there is something to do, and returns soon. */
export interface Duty {
  readonly name: string;
  perform(jobs: JobServices, signal: AbortSignal): Promise<void>;
}
