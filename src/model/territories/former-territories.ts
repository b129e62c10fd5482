import { communes } from "./communes.ts";
import { type FormerTerritory, formerInUse } from "./edition.ts";
import { epcis } from "./epcis.ts";
import { perEdition } from "./per-edition.ts";
import type { Perimeter, PerimeterRef } from "./perimeter.ts";

/** By `scale:code`, the former territories whose code no current territory has. */
const byCode = perEdition((): ReadonlyMap<string, FormerTerritory> => {
  const found = new Map<string, FormerTerritory>();
  for (const former of formerInUse()) {
    const isCurrent = former.scale === "commune" ? communes().current.has(former.code) : epcis().has(former.code);
    if (!isCurrent) found.set(`${former.scale}:${former.code}`, former);
  }
  return found;
});

/** Returns the former territory with this code, or undefined for a code that is current or unknown. */
export function findFormer({ scale, code }: PerimeterRef): FormerTerritory | undefined {
  return byCode().get(`${scale}:${code}`);
}

/** Returns the current territories that replace a former one. Returns none for a current or unknown territory. */
export function successorsOf(ref: PerimeterRef): readonly Perimeter[] {
  return (findFormer(ref)?.by ?? []).flatMap(({ scale, code }) => {
    const name = scale === "commune" ? communes().current.get(code)?.name : epcis().get(code)?.name;
    return name === undefined ? [] : [{ scale, code, name }];
  });
}

/** Returns the territory, or the current territories that replace it if there are several. */
export function inToday(perimeter: Perimeter): readonly Perimeter[] {
  const successors = successorsOf(perimeter);
  return successors.length === 0 ? [perimeter] : successors;
}

/** Returns the former EPCI that several territories, or none that we know, replace. They still contain their communes. */
export const unreplacedEpcis = perEdition((): readonly FormerTerritory[] =>
  [...byCode().values()].filter(({ scale, by }) => scale === "epci" && by.length !== 1),
);

/** Returns the current communes of an EPCI, which may be a former one. */
export function membersOfEpci(code: string): readonly string[] {
  const current = epcis().get(code);
  if (current !== undefined) return current.members;
  const { current: known, successors } = communes();
  const members = findFormer({ scale: "epci", code })?.members ?? [];
  return [...new Set(members.flatMap((member) => (known.has(member) ? member : (successors.get(member) ?? []))))];
}
