import type { PerimeterScale } from "../../model/territories/perimeter.ts";
import { type Condition, section, when } from "../expressions/expression.ts";
import { type ChooseRule, choose } from "../field-rules.ts";
import { type PerimetersRule, perimeters } from "../rules/perimeters.ts";
import { type TextRule, text } from "../rules/texts.ts";

type Scales = Readonly<Record<string, readonly PerimeterScale[]>>;

/** Name of a scale, as written in brackets after a territory -> our scales. */
const inBrackets: Scales = {
  Commune: ["commune"],
  EPCI: ["epci"],
  EPT: ["epci"],
  "Bassin hydrographique": ["basin"],
  Département: ["department", "collectivity"],
  Région: ["region", "collectivity"],
};
/** Scales that are never in brackets. */
const unbracketed: Scales = { "Outre-mer": ["overseas"], Métropole: ["mainland"], Pays: ["country"], Continent: ["continent"] };
const unbracketedNames = ["France", "Europe", "France métropolitaine", "Outre-mer"];

/**
 * Reads the territory of an aid as Aides-territoires writes it. Its scale is in brackets ("Aude (Département)", until 2023) or in the field
 * `scale`. Parks, "pays" and other areas without a scale need a row in `perimeters.csv`; without a row they are an `unknown-perimeter`.
 */
export function siteTerritories(name: string, scale?: string): ChooseRule<PerimetersRule> {
  const byScale = scale === undefined ? [] : Object.entries({ ...inBrackets, ...unbracketed });
  return choose(
    [
      ...byScale.map(([label, scales]) => ({
        when: { field: scale ?? "", isOneOf: [label] },
        use: perimeters(name, { written: "name", scales: [...scales] }),
      })),
      ...Object.entries(inBrackets).map(([label, scales]) => ({
        when: { field: name, hasWords: [label] },
        use: perimeters(section(name, { to: `(${label}` }), { written: "name", scales: [...scales] }),
      })),
    ],
    perimeters(name, { written: "name", scales: Object.values(unbracketed).flat() }),
  );
}

/** Returns the name of a territory without a known scale, so that a curator can choose the territory. */
export function siteTerritorySuggestion(name: string, scale?: string): TextRule {
  const hasScale: Condition[] = [
    ...Object.keys(inBrackets).map((label) => ({ field: name, hasWords: [label] })),
    { field: name, isOneOf: unbracketedNames },
    ...(scale === undefined ? [] : [{ field: scale, isOneOf: Object.keys({ ...inBrackets, ...unbracketed }) }]),
  ];
  return text(when({ not: { any: hasScale } }, name));
}
