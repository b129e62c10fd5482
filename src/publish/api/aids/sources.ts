import { backerSlug } from "../../../model/publisher/backer-slug.ts";
import { fingerprintOf } from "../../../model/text/canonical.ts";
import type { ContactPolicy } from "../../../privacy/contact-for-export.ts";
import type { LoadedConnector } from "../../../registry/load-connectors.ts";

/** What records say of where an aid comes from, and of its contact. */
export interface RecordSource {
  readonly importIdPrefix: string;
  readonly publisher: string | null;
  readonly siren: string | null;
  readonly contacts: ContactPolicy;
}

/** What records are made with, beside aids. */
export interface RecordSources {
  of(connector: string): RecordSource;
  /** Connectors of a publisher, by the connector's id, SIREN or `backerSlug` of the name; none where nobody is called so. */
  connectorsOf(publisher: string): readonly string[];
  /** Changes whenever what they say does. */
  readonly stamp: string;
}

const unknown: RecordSource = { importIdPrefix: "", publisher: null, siren: null, contacts: "mailbox" };
const known = new WeakMap<readonly LoadedConnector[], RecordSources>();

/** What connectors say of their aids; made once for a list of them. */
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
