import type { ConnectorInput } from "../kit/definition.ts";
import { foldTerm } from "../kit/values/text/fold-term.ts";

type Kind = ConnectorInput["publisher"]["kind"];

/** A publisher that is listed, as far as connectors are matched with it. `key`: by which it is named in the answer. */
export interface MatchedPublisher {
  readonly key: string;
  readonly name: string;
  readonly kind: string;
  /** `scale:code` */
  readonly territory: string | null;
  readonly siren: string | null;
}

/** One that a connector names and nobody has listed. */
interface UnlistedPublisher extends MatchedPublisher {
  readonly seed: string;
  readonly territory: string;
  readonly website: string | null;
}

/** Whose connectors are: by key of a publisher that is listed, or by seed of one that is to be. */
export interface PublishersOfConnectors {
  readonly unlisted: readonly UnlistedPublisher[];
  readonly owners: ReadonlyMap<string, string>;
}

/** Scales of a connector's publisher at which its kind has one publisher, and the kinds of that one: Corsica's is a collectivity, whoever calls it a region. */
const onlyOnes: Readonly<Partial<Record<Kind, { readonly scales: readonly string[]; readonly kinds: readonly string[] }>>> = {
  region: { scales: ["region", "collectivity"], kinds: ["region", "collectivity"] },
  department: { scales: ["department", "collectivity"], kinds: ["department", "collectivity"] },
  collectivity: { scales: ["collectivity"], kinds: ["collectivity"] },
  "water-agency": { scales: ["basin"], kinds: ["water-agency"] },
};

/**
 * Whose connectors are: of a listed publisher that is the same. One that names somebody else is listed from the connector, unless it says not what it is (`any`: templates
 * that anybody fills in): that one is nobody's.
 */
export function publishersOfConnectors(
  definitions: readonly Pick<ConnectorInput, "id" | "publisher">[],
  listed: readonly MatchedPublisher[],
): PublishersOfConnectors {
  const unlisted: UnlistedPublisher[] = [];
  const owners = new Map<string, string>();
  for (const { id, publisher } of definitions) {
    const named = unlistedOf(id, publisher);
    const known = samePublisher(named, [...listed, ...unlisted]);
    if (known !== undefined) owners.set(id, known.key);
    else if (publisher.kind !== "any") {
      unlisted.push(named);
      owners.set(id, named.key);
    }
  }
  return { unlisted, owners };
}

/** Whoever of those that are listed is the same: of the same SIREN, else of the same kind and territory where that has one of the kind, else of the same name. */
export function samePublisher<Listed extends Omit<MatchedPublisher, "key">>(
  { siren, kind, territory, name }: Omit<MatchedPublisher, "key">,
  listed: readonly Listed[],
): Listed | undefined {
  const only = onlyOnes[kind as Kind];
  const isOnly = territory !== null && only?.scales.includes(territory.split(":")[0] ?? "");
  const folded = foldTerm(name);
  // Two SIREN that differ are two publishers, whatever else is the same.
  const others = listed.filter((one) => siren === null || one.siren === null || one.siren === siren);
  return (
    (siren === null ? undefined : others.find((one) => one.siren === siren)) ??
    (isOnly ? others.find((one) => one.territory === territory && only?.kinds.includes(one.kind)) : undefined) ??
    others.find((one) => foldTerm(one.name) === folded)
  );
}

function unlistedOf(id: string, { name, kind, territory, siren, website }: ConnectorInput["publisher"]): UnlistedPublisher {
  const seed = `connector:${id}`;
  return {
    key: seed,
    seed,
    name,
    kind,
    territory: `${territory.scale}:${territory.code}`,
    siren: siren ?? null,
    website: website ?? null,
  };
}
