import { backerSlug } from "../../../model/publisher/backer-slug.ts";
import { fingerprintOf } from "../../../model/text/canonical.ts";
import type { ContactPolicy } from "../../../privacy/contact-for-export.ts";
import type { LoadedConnector } from "../../../registry/load-connectors.ts";

/** Source and contact policy of an aid's record. */
export interface RecordSource {
  readonly importIdPrefix: string;
  readonly publisher: string | null;
  readonly siren: string | null;
  readonly contacts: ContactPolicy;
}

/** Input of records beside aids. */
export interface RecordSources {
  of(connector: string): RecordSource;
  /** Returns a publisher's connectors, by connector id, SIREN or `backerSlug` of its name; empty if unknown. */
  connectorsOf(publisher: string): readonly string[];
  /** Changes whenever the sources do. */
  readonly stamp: string;
}

const unknown: RecordSource = { importIdPrefix: "", publisher: null, siren: null, contacts: "mailbox" };
const known = new WeakMap<readonly LoadedConnector[], RecordSources>();

/** Returns the sources of connectors, cached per list. */
export function sourcesOf(connectors: readonly LoadedConnector[]): RecordSources {
  const before = known.get(connectors);
  if (before !== undefined) return before;
  const byId = new Map(connectors.map(({ definition }) => [definition.id, sourceOf(definition)]));
  const byName = new Map<string, string[]>();
  for (const [connector, { publisher, siren }] of byId) {
    for (const name of new Set([connector, siren ?? "", backerSlug(publisher ?? "")])) {
      if (name !== "") byName.set(name, [...(byName.get(name) ?? []), connector]);
    }
  }
  const made: RecordSources = {
    of: (connector) => byId.get(connector) ?? unknown,
    connectorsOf: (publisher) => byName.get(publisher) ?? byName.get(backerSlug(publisher)) ?? [],
    stamp: fingerprintOf(JSON.stringify([...byId])),
  };
  known.set(connectors, made);
  return made;
}

function sourceOf({ importIdPrefix, publisher, contacts }: LoadedConnector["definition"]): RecordSource {
  return { importIdPrefix: importIdPrefix ?? "", publisher: publisher.name, siren: publisher.siren ?? null, contacts };
}
