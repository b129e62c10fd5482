import { isRecord } from "../../kit/expressions/field-path.ts";
import type { RuleContext } from "../../kit/rules/rule-context.ts";
import { cleanLine, foldTerm } from "../../kit/values/text/clean-text.ts";
import { isBlank } from "../../kit/values/text/is-blank.ts";
import type { Perimeter, PerimeterScale } from "../../model/territories/perimeter.ts";
import { findPerimeter, findPerimeterByName } from "../../model/territories/perimeters.ts";

/** Folded names of scales in all versions of the site. The site has mainland, overseas and its collectivities as ad-hoc groups. */
const scalesOfLabel: Readonly<Record<string, readonly PerimeterScale[]>> = {
  commune: ["commune"],
  epci: ["epci"],
  ept: ["epci"],
  "bassin hydrographique": ["basin"],
  departement: ["department", "collectivity"],
  region: ["region", "collectivity"],
  "collectivite d'outre-mer": ["collectivity"],
  "outre-mer": ["overseas"],
  metropole: ["mainland"],
  "ad-hoc": ["mainland", "overseas", "collectivity"],
  pays: ["country"],
  continent: ["continent"],
};
/** Scales that the site does not write after a territory's name. */
const bareScales: readonly PerimeterScale[] = ["continent", "country", "mainland", "overseas"];
/** Possible scales of a group's members. All members have the same: Guadeloupe is a region in a group of regions. */
const groupScales: readonly (readonly PerimeterScale[])[] = [
  ["region", "collectivity"],
  ["department", "collectivity"],
];
/** A water agency's territory. It is one basin on the site and two basins in our list. */
const bothBasins = { name: "rhone-mediterranee-corse", codes: ["06", "12"] } as const;

/**
 * Reads territories by scale and code, as our export writes them. If one is unknown, reports `unknown-perimeter` and returns an empty list.
 */
export function readFullTerritories(written: unknown, context: RuleContext): Perimeter[] {
  const found: Perimeter[] = [];
  for (const member of Array.isArray(written) ? written : []) {
    const perimeter = isRecord(member) ? byCode(member) : undefined;
    if (perimeter === undefined) return unknown(member, context);
    found.push(perimeter);
  }
  return found;
}

/**
 * Reads the territory of an aid as the site writes it: "Aude (Département)", "Lyon (Commune – 69001)", "France". Since 2023 the site writes
 * the scale under a key of its own. Also reads groups whose name lists their members: "Aveyron, Hérault, Lot", `regions_24_27`. For any
 * other group, such as a park, reports `unknown-perimeter` and returns an empty list.
 */
export function readNamedTerritory(written: unknown, scaleLabel: unknown, context: RuleContext): Perimeter[] {
  if (isBlank(written)) return [];
  const name = typeof written === "string" ? cleanLine(written) : "";
  return named(name, typeof scaleLabel === "string" ? scalesOf(scaleLabel) : undefined) ?? unknown(written, context);
}

function unknown(value: unknown, context: RuleContext): [] {
  context.report({ code: "unknown-perimeter", value });
  return [];
}

function scalesOf(label: string): readonly PerimeterScale[] | undefined {
  return scalesOfLabel[foldTerm(label)];
}

function byCode({ scale, code }: Readonly<Record<string, unknown>>): Perimeter | undefined {
  for (const known of scalesOf(String(scale)) ?? []) {
    const found = findPerimeter({ scale: known, code: String(code) });
    if (found !== undefined) return found.perimeter;
  }
  return undefined;
}

function named(name: string, scales: readonly PerimeterScale[] | undefined): Perimeter[] | undefined {
  const [, before = "", inBrackets = ""] = /^(.*) \(([^()]*)\)$/.exec(name) ?? [];
  const written = scalesOf(inBrackets.split(" – ")[0] ?? "");
  if (written !== undefined) return atScale(before, written);
  return (scales && atScale(name, scales)) ?? atScale(name, bareScales) ?? group(name);
}

function atScale(name: string, scales: readonly PerimeterScale[]): Perimeter[] | undefined {
  if (scales.includes("basin") && foldTerm(name) === bothBasins.name) return byCodes(bothBasins.codes, "basin");
  const found = findPerimeterByName(name, scales);
  return found && [found];
}

function group(name: string): Perimeter[] | undefined {
  // The site's importers name groups of regions by their codes.
  const codes = /^regions((?:_\d{2})+)$/.exec(name)?.[1]?.slice(1).split("_");
  if (codes !== undefined) return byCodes(codes, "region");
  const names = name.split(", ");
  if (names.length < 2) return undefined;
  for (const scales of groupScales) {
    const found = names.flatMap((member) => findPerimeterByName(member, scales) ?? []);
    if (found.length === names.length) return found;
  }
  return undefined;
}

function byCodes(codes: readonly string[], scale: PerimeterScale): Perimeter[] | undefined {
  const found = codes.flatMap((code) => findPerimeter({ scale, code })?.perimeter ?? []);
  return found.length === codes.length ? found : undefined;
}
