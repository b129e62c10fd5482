import type { JobServices } from "../job-services.ts";

/** Periodic work beside runs. Every worker starts it at every tick; it checks itself whether there is something to do, and returns soon. */
export interface PeriodicTask {
  readonly name: string;
  perform(jobs: JobServices, signal: AbortSignal): Promise<void>;
}
