import { communesIn } from "../communes.ts";
import type { Edition } from "../edition.ts";
import { epcisIn } from "../epcis.ts";
import type { Perimeter, PerimeterRef } from "../perimeter.ts";

/** An edition, indexed by code, whether or not it is in use. */
export type EditionView = ReturnType<typeof viewEdition>;

/** Returns the territories of an edition by code. */
export function viewEdition({ lists }: Pick<Edition, "lists">) {
  const communes = communesIn(lists.communes);
  const taxed = epcisIn(lists.epci);
  const parts = epcisIn(lists.ept);
  const named = (list: Edition["lists"]["regions"]) => new Map(list.map(({ code, nom }) => [code, nom]));
  const [regions, departments] = [named(lists.regions), named(lists.departements)];
  return {
    communes,
    /** EPCI with their own taxes. */
    taxed,
    /** The EPT of Grand Paris, which lie in one of these. */
    parts,
    /** Returns the current name of a territory, or undefined if the edition does not list it. */
    nameOf({ scale, code }: PerimeterRef): string | undefined {
      if (scale === "commune") return communes.current.get(code)?.name;
      if (scale === "epci") return (taxed.get(code) ?? parts.get(code))?.name;
      if (scale === "department") return departments.get(code);
      return scale === "region" ? regions.get(code) : undefined;
    },
    /** Returns the current commune with this code, or the commune into which it merged. */
    communeOf(code: string): string | undefined {
      return communes.current.has(code) ? code : communes.successors.get(code);
    },
  };
}

/** Returns a territory with its name in an edition, or undefined if the edition does not list it. */
export function namedIn(view: EditionView, { scale, code }: PerimeterRef): Perimeter | undefined {
  const name = view.nameOf({ scale, code });
  return name === undefined ? undefined : { scale, code, name };
}
