import type { Catalogue } from "../../../catalogue/open-catalogue.ts";
import type { LoadedConnector } from "../../../kit/loaded-connector.ts";
import type { ConfirmedBasis } from "../../../model/aid/reuse-basis.ts";
import { backerSlug } from "../../../model/publisher/backer-slug.ts";
import type { PeoplePolicy } from "../../../model/publisher/people-policy.ts";
import { fingerprintOf } from "../../../model/text/canonical.ts";
import { type KnownServices, noServices } from "../../../privacy/doubts.ts";
import type { ContactPolicy } from "../../../privacy/html-without-people.ts";
import { type SourceOfRecord, sourceOfRecord, sourceOfRemoved } from "../../exports/source-of-record.ts";

/** Source, legal basis and contact policy of an aid's record. */
export interface RecordSource extends SourceOfRecord {
  readonly contacts: ContactPolicy;
  /** Policy of its publisher for people's data on our own site. */
  readonly people: PeoplePolicy;
  /** Doubtful people who are services. */
  readonly services: KnownServices;
}

/** Input of records beside aids. */
export interface RecordSources {
  of(connector: string): RecordSource;
  /** Returns a publisher's connectors, by connector id, SIREN or `backerSlug` of its name; empty if unknown. */
  connectorsOf(publisher: string): readonly string[];
  /** Changes whenever the sources do. */
  readonly stamp: string;
}

const unknown: RecordSource = { ...sourceOfRemoved, contacts: "mailbox", people: "service", services: noServices };
const known = new WeakMap<
  readonly LoadedConnector[],
  { readonly bases: Bases; readonly policies: Policies; readonly services: KnownServices; readonly sources: RecordSources }
>();

type Bases = ReadonlyMap<string, ConfirmedBasis>;
type Policies = ReadonlyMap<string, PeoplePolicy>;

/** Services for sources. */
interface SourcesGiven {
  readonly catalogue: Pick<Catalogue, "reuseBases" | "personAnswers" | "peoplePolicies">;
  readonly connectors: () => Promise<readonly LoadedConnector[]>;
}

/** Returns the sources of the current connectors, with the bases and policies in force and the answers about doubtful people. */
export async function currentSources({ catalogue, connectors }: SourcesGiven): Promise<RecordSources> {
  return sourcesOf(await connectors(), {
    bases: await catalogue.reuseBases.inForce(),
    policies: await catalogue.peoplePolicies.inForce(),
    services: await catalogue.personAnswers.services(),
  });
}

/** Returns the sources of connectors, cached per list. `bases`, `policies`: in force, by connector. */
function sourcesOf(
  connectors: readonly LoadedConnector[],
  { bases, policies, services }: { readonly bases: Bases; readonly policies: Policies; readonly services: KnownServices },
): RecordSources {
  const before = known.get(connectors);
  if (before?.bases === bases && before.policies === policies && before.services === services) return before.sources;
  const byId = new Map(
    connectors.map(({ definition }) => {
      const { id, contacts } = definition;
      return [
        id,
        {
          ...sourceOfRecord(definition, bases.get(id) ?? null),
          contacts: contacts ?? "mailbox",
          people: policies.get(id) ?? "service",
          services,
        } satisfies RecordSource,
      ];
    }),
  );
  const byName = new Map<string, string[]>();
  for (const [connector, { publisher, siren }] of byId) {
    for (const name of new Set([connector, siren ?? "", backerSlug(publisher ?? "")])) {
      if (name !== "") byName.set(name, [...(byName.get(name) ?? []), connector]);
    }
  }
  const made: RecordSources = {
    of: (connector) => byId.get(connector) ?? { ...unknown, services },
    connectorsOf: (publisher) => byName.get(publisher) ?? byName.get(backerSlug(publisher)) ?? [],
    stamp: fingerprintOf(JSON.stringify([[...byId], [...services].sort()])),
  };
  known.set(connectors, { bases, policies, services, sources: made });
  return made;
}
