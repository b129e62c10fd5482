import type { TakenLink } from "../../catalogue/aids/link-repository.ts";
import type { CheckedLink } from "./check-link.ts";

/** So many hosts that say nothing, and none that says anything, are no coincidence; after so many there is no need to go on. */
const fewestSilent = 3;
const enoughSilent = 20;

/**
 * Verdicts on their way to the catalogue. Until somebody at all has answered, those on hosts that cannot be reached wait: where nobody can be reached, it is
 * our own network, and says nothing of a link.
 */
export class NetworkDoubt {
  private isHeard = false;
  private waiting: [TakenLink, CheckedLink][] = [];

  constructor(private readonly record: (taken: TakenLink, checked: CheckedLink) => Promise<void>) {}

  /** True where it is not worth asking more hosts. */
  get isOffline(): boolean {
    return this.waiting.length >= enoughSilent;
  }

  /** Records a verdict, now or when the doubt is over. */
  async add(taken: TakenLink, checked: CheckedLink): Promise<void> {
    this.isHeard ||= !isSilence(checked);
    this.waiting.push([taken, checked]);
    if (this.isHeard) await this.flush();
  }

  /** Records what waits; gives the links that our own network kept us from looking at. */
  async end(): Promise<TakenLink[]> {
    const hosts = new Set(this.waiting.map(([{ host }]) => host));
    if (!this.isHeard && hosts.size >= fewestSilent) return this.waiting.splice(0).map(([taken]) => taken);
    await this.flush();
    return [];
  }

  private async flush(): Promise<void> {
    for (const [taken, checked] of this.waiting.splice(0)) await this.record(taken, checked);
  }
}

function isSilence({ reason }: CheckedLink): boolean {
  return reason === "unknown-host" || reason === "connection-refused" || reason === "connection-failed" || reason === "timed-out";
}
