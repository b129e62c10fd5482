import type { SilentConnector, WithoutAddress } from "../../model/run/digest.ts";
import { asideOfSilence, type SetAside } from "../../model/run/set-aside.ts";
import { type ConnectorActivity, silencesOf } from "../../model/run/silence.ts";
import { parisDay } from "../../model/text/paris-day.ts";
import type { LoadedConnector } from "../../registry/load-connectors.ts";
import { missingAddress } from "../schedule/missing-address.ts";

/** Active connectors of which nothing is heard. `withoutAddress`: those that have yet to be given an address, apart, because they never were heard. */
export interface SilentConnectors {
  readonly silent: readonly SilentConnector[];
  readonly withoutAddress: readonly WithoutAddress[];
}

/**
 * Active connectors of which nothing is heard, without those that are set aside. `inTrouble`: connectors whose last run is in the digest anyway; that none was
 * applied is not said of them a second time.
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
