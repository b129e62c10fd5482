import type { ConnectorInput } from "../kit/definition.ts";
import { foldTerm } from "../kit/values/text/fold-term.ts";

type Kind = ConnectorInput["publisher"]["kind"];

/** A listed publisher, with the fields that are compared with connectors. `key`: its identifier in the result. */
export interface MatchedPublisher {
  readonly key: string;
  readonly name: string;
  readonly kind: string;
  /** `scale:code` */
  readonly territory: string | null;
  readonly siren: string | null;
}

/** A publisher that a connector names and that is not listed yet. */
interface UnlistedPublisher extends MatchedPublisher {
  readonly seed: string;
  readonly territory: string;
  readonly website: string | null;
}

/** `owners`: connector id -> key of a listed publisher, or seed of one to add. */
export interface PublishersOfConnectors {
  readonly unlisted: readonly UnlistedPublisher[];
  readonly owners: ReadonlyMap<string, string>;
}

/**
 * Kinds that have a single publisher for each territory: the scales where this is so, and the kinds under which it may be listed. Corsica is a collectivity even if a
 * connector calls it a region.
 */
const onlyOnes: Readonly<Partial<Record<Kind, { readonly scales: readonly string[]; readonly kinds: readonly string[] }>>> = {
  region: { scales: ["region", "collectivity"], kinds: ["region", "collectivity"] },
  department: { scales: ["department", "collectivity"], kinds: ["department", "collectivity"] },
  collectivity: { scales: ["collectivity"], kinds: ["collectivity"] },
  "water-agency": { scales: ["basin"], kinds: ["water-agency"] },
};

/**
 * Finds the listed publisher of each connector. A publisher that is not listed is added from its connector, unless its kind is `any` (templates that anybody fills
 * in): such a connector has no owner.
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

/** Finds a publisher in the list: by SIREN, else by kind and territory if the territory has a single publisher of that kind, else by name. */
export function samePublisher<Listed extends Omit<MatchedPublisher, "key">>(
  { siren, kind, territory, name }: Omit<MatchedPublisher, "key">,
  listed: readonly Listed[],
): Listed | undefined {
  const only = onlyOnes[kind as Kind];
  const isOnly = territory !== null && only?.scales.includes(territory.split(":")[0] ?? "");
  const folded = foldTerm(name);
  // Publishers with different SIRENs are different, even if everything else is equal.
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
