import type { PerimeterScale } from "../model/territories/perimeter.ts";

const words: Readonly<Record<PerimeterScale, string>> = {
  commune: "commune",
  epci: "intercommunalité",
  basin: "bassin hydrographique",
  department: "département",
  region: "région",
  collectivity: "collectivité",
  mainland: "métropole",
  overseas: "outre-mer",
  country: "pays",
  continent: "continent",
};

/** French name of a scale of territories, without article or capital. */
export function scaleName(scale: PerimeterScale): string {
  return words[scale];
}
