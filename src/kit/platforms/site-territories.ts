import type { PerimeterScale } from "../../model/territories/perimeter.ts";
import { type Condition, section, when } from "../expressions/expression.ts";
import { type ChooseRule, choose } from "../field-rules.ts";
import { type PerimetersRule, perimeters } from "../rules/perimeters.ts";
import { type TextRule, text } from "../rules/text.ts";

type Scales = Readonly<Record<string, readonly PerimeterScale[]>>;

/** Scales as the site names them in brackets after a name. */
const inBrackets: Scales = {
  Commune: ["commune"],
  EPCI: ["epci"],
  EPT: ["epci"],
  "Bassin hydrographique": ["basin"],
  Département: ["department", "collectivity"],
  Région: ["region", "collectivity"],
};
/** Territories written without a scale. */
const bare: Scales = { "Outre-mer": ["overseas"], Métropole: ["mainland"], Pays: ["country"], Continent: ["continent"] };
const bareNames = ["France", "Europe", "France métropolitaine", "Outre-mer"];

/**
 * Reads the one territory of an aid as Aides-territoires names it: with its scale in brackets ("Aude (Département)", until 2023) or in the
 * field `scale`. Parks, "pays", projects and other groups need a row in `perimeters.csv`, else `unknown-perimeter`.
 */
export function siteTerritories(name: string, scale?: string): ChooseRule<PerimetersRule> {
  const apart = scale === undefined ? [] : Object.entries({ ...inBrackets, ...bare });
  return choose(
    [
      ...apart.map(([label, scales]) => ({
        when: { field: scale ?? "", isOneOf: [label] },
        use: perimeters(name, { written: "name", scales: [...scales] }),
      })),
      ...Object.entries(inBrackets).map(([label, scales]) => ({
        when: { field: name, hasWords: [label] },
        use: perimeters(section(name, { to: `(${label}` }), { written: "name", scales: [...scales] }),
      })),
    ],
    perimeters(name, { written: "name", scales: Object.values(bare).flat() }),
  );
}

/** Keeps the site's words for a place without a known scale, so that a curator can tell which one was meant. */
export function siteTerritorySuggestion(name: string, scale?: string): TextRule {
  const ofScale: Condition[] = [
    ...Object.keys(inBrackets).map((label) => ({ field: name, hasWords: [label] })),
    { field: name, isOneOf: bareNames },
    ...(scale === undefined ? [] : [{ field: scale, isOneOf: Object.keys({ ...inBrackets, ...bare }) }]),
  ];
  return text(when({ not: { any: ofScale } }, name));
}
