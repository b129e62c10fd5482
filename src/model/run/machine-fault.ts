import { type MachineCause, machineCauses } from "./machine-cause.ts";

/** A time when a machine could not do runs. `place`: `database`, or a host. `waited`: number of connectors whose run waited meanwhile. */
export interface MachineFault {
  readonly cause: MachineCause;
  readonly place: string;
  readonly beganAt: string;
  /** Null while it goes on. */
  readonly endedAt: string | null;
  readonly waited: number;
}

/** The place of faults that concern all workers. */
export const databasePlace = "database";

/** Causes that concern one machine only, and not all workers. */
const ofHost: readonly MachineCause[] = ["temporary-disk-full", "memory-short", "system-error", "worker-lost"];

/** Returns true if the fault concerns one machine only, and not all workers. */
export function isOfHost(cause: MachineCause): boolean {
  return ofHost.includes(cause);
}

/** Returns a stored code as cause; a code of another version as `system-error`. */
export function causeNamed(code: string): MachineCause {
  return machineCauses.find((known) => known === code) ?? "system-error";
}

/** Returns the machine of a worker, from its name `<host>:<pid>:<birth>`. */
export function hostOf(worker: string): string {
  return worker.replace(/:\d+:[0-9a-f]{8}$/, "");
}
