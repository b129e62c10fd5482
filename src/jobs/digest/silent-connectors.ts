import type { SilentConnector, WithoutAddress } from "../../model/run/digest.ts";
import { asideOfSilence, type SetAside } from "../../model/run/set-aside.ts";
import { type ConnectorActivity, silencesOf } from "../../model/run/silence.ts";
import { parisDay } from "../../model/text/paris-day.ts";
import type { LoadedConnector } from "../../registry/load-connectors.ts";
import { missingAddress } from "../schedule/missing-address.ts";

/** Silent active connectors. `withoutAddress`: connectors that never had an address, listed separately. */
export interface SilentConnectors {
  readonly silent: readonly SilentConnector[];
  readonly withoutAddress: readonly WithoutAddress[];
}

/**
 * Returns the silent active connectors, without those set aside. `inTrouble`: connectors whose last run is in the digest anyway, so a
 * missing applied run is not repeated.
 */
export function silentConnectors(
  connectors: readonly LoadedConnector[],
  facts: {
    readonly activities: readonly ConnectorActivity[];
    readonly setAsides: readonly SetAside[];
    readonly inTrouble: ReadonlySet<string>;
  },
  environment: Readonly<Record<string, string | undefined>>,
  now: Date,
): SilentConnectors {
  const today = parisDay(now);
  const activities = new Map(facts.activities.map((activity) => [activity.connector, activity]));
  const silent: SilentConnector[] = [];
  const withoutAddress: WithoutAddress[] = [];
  for (const { definition } of connectors) {
    const { id, state, publisher, rhythm } = definition;
    if (state !== "active") continue;
    const all = silencesOf(activities.get(id) ?? neverRun(id), now, today, rhythm !== undefined);
    if (asideOfSilence(id, all.length, facts.setAsides, today) !== null) continue;
    const silences = all.filter(({ code }) => !facts.inTrouble.has(id) || code === "quiet" || code === "deadlines-past");
    if (silences.length === 0) continue;
    const [of, missing] = [
      { connector: id, publisher: publisher.name },
      rhythm === undefined ? missingAddress(definition, environment) : null,
    ];
    if (missing !== null && silences.some(({ code }) => code === "never-applied")) withoutAddress.push({ ...of, variable: missing });
    else silent.push({ ...of, missing, silences });
  }
  return { silent, withoutAddress };
}

function neverRun(connector: string): ConnectorActivity {
  return { connector, changedAt: [], appliedAt: null, liveAids: 0, withDeadline: 0, lastDeadline: null };
}
