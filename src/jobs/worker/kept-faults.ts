import type { MachineFaultRepository } from "../../catalogue/machines/machine-fault-repository.ts";
import type { MachineCause } from "../../model/run/machine-cause.ts";
import { databasePlace, hostOf, isOfHost } from "../../model/run/machine-fault.ts";

/** The faults of machines that a worker has met and not yet stored, because the database may be the one that is ill. */
export class KeptFaults {
  /** When each began, by a monotonic clock. */
  readonly #began = new Map<MachineCause, number>();
  #stored: MachineCause | null = null;

  constructor(
    private readonly repository: Pick<MachineFaultRepository, "note" | "endOver">,
    private readonly worker: string,
  ) {}

  /** Notes that a fault goes on. */
  keep(cause: MachineCause): void {
    if (cause !== this.#stored && !this.#began.has(cause)) this.#began.set(cause, performance.now());
  }

  /** Stores what is kept, and ends the faults that are over. `goingOn`: the fault that this worker suffers from. Never throws. */
  async store(goingOn: MachineCause | null): Promise<void> {
    if (goingOn !== null) this.keep(goingOn);
    if (goingOn !== this.#stored) this.#stored = null;
    try {
      for (const [cause, began] of this.#began) {
        const place = isOfHost(cause) ? hostOf(this.worker) : databasePlace;
        await this.repository.note(cause, place, (performance.now() - began) / 1000);
        this.#began.delete(cause);
        if (cause === goingOn) this.#stored = cause;
      }
      if (goingOn === null) await this.repository.endOver();
    } catch {
      // The next test tries again.
    }
  }
}
