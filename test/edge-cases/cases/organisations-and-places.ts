import type { EdgeCase } from "../edge-case.ts";
import { fieldCase } from "../field-cases.ts";
import { financers, separator, territories } from "../kinds.ts";
import type { Probe } from "../place.ts";

const named = (out: unknown) => {
  const names = [out].flat().map((one) => (one as { name?: string } | null)?.name ?? "?");
  return names.length === 0 ? "kept, none" : `kept ${names.join(", ")}`;
};

const scaled = (out: unknown) => {
  const places = [out].flat().map((one) => `${(one as { scale: string }).scale} ${(one as { name: string }).name}`);
  return places.length === 0 ? "kept, none" : `kept ${places.join(", ")}`;
};

/** Returns a region in the notation of the probe, Bretagne. */
function written(probe: Probe, code: string, name: string): string {
  return String(probe.value).replace("53", code).replace("Bretagne", name);
}

const nouvelleAquitaine = (probe: Probe) => written(probe, "75", "Nouvelle-Aquitaine");
const provence = (probe: Probe) => written(probe, "93", "Provence-Alpes-Côte d’Azur");

/** Values of financers and territories. */
export const organisationAndPlaceCases: readonly EdgeCase[] = [
  fieldCase("financer: not the publisher", financers, () => ({ value: "Banque des Territoires" }), named),
  fieldCase(
    "territory: a region whose code a department has too",
    territories,
    (_, __, probe) => ({ value: nouvelleAquitaine(probe) }),
    scaled,
  ),
  fieldCase(
    "territory: several regions",
    territories,
    (harness, place, probe) => {
      const both = [nouvelleAquitaine(probe), provence(probe)];
      const sign = separator(harness, "perimeters");
      return { value: sign === null && place.takesLists ? both : both.join(sign ?? ", ") };
    },
    scaled,
  ),
];
