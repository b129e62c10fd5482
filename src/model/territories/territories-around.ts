import { communes } from "./communes.ts";
import { epcis } from "./epcis.ts";
import { findPerimeter } from "./find-perimeter.ts";
import { collectivities, europe, france, mainland, overseas } from "./fixed-territories.ts";
import { membersOfEpci, unreplacedEpcis } from "./former-territories.ts";
import { isWithin } from "./is-within.ts";
import { perEdition } from "./per-edition.ts";
import type { Perimeter, PerimeterRef } from "./perimeter.ts";
import { departments, regions } from "./regions.ts";

/** A cache without a limit, because there are only about 36,000 territories. */
const cache = perEdition(() => new Map<string, readonly Perimeter[]>());

/** Returns the larger territories that contain a territory. Returns none if the territory is unknown. */
export function territoriesAround({ scale, code }: PerimeterRef): readonly Perimeter[] {
  const inner = findPerimeter({ scale, code })?.perimeter;
  if (inner === undefined) return [];
  const known = cache();
  const key = `${inner.scale}:${inner.code}`;
  const found = known.get(key) ?? candidates(inner).filter((outer) => `${outer.scale}:${outer.code}` !== key && isWithin(inner, outer));
  known.set(key, found);
  return found;
}

function candidates({ scale, code }: Perimeter): readonly Perimeter[] {
  if (scale === "continent") return [];
  const member = scale === "commune" ? code : scale === "epci" ? membersOfEpci(code)[0] : undefined;
  return [...(member === undefined ? [] : (epcisOfCommune().get(member) ?? [])), ...largeTerritories()];
}

const largeTerritories = perEdition((): readonly Perimeter[] => [
  ...[...departments().values()].map(({ perimeter }) => perimeter),
  ...regions().values(),
  ...collectivities,
  mainland,
  overseas,
  france,
  europe,
]);

const epcisOfCommune = perEdition((): ReadonlyMap<string, readonly Perimeter[]> => {
  const found = new Map<string, Perimeter[]>([...communes().current.keys()].map((code) => [code, []]));
  for (const [code, { name, members }] of epcis()) {
    for (const member of members) found.get(member)?.push({ scale: "epci", code, name });
  }
  for (const { scale, code, name } of unreplacedEpcis()) {
    for (const member of membersOfEpci(code)) found.get(member)?.push({ scale, code, name });
  }
  return found;
});
