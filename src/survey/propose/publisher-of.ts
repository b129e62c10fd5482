import type { ConnectorInput } from "../../kit/definition.ts";
import { refOf } from "../../kit/rules/perimeters.ts";
import { foldTerm } from "../../kit/values/text/fold-term.ts";
import { publisherKinds } from "../../model/publisher/publisher-kinds.ts";
import { type PerimeterRef, type PerimeterScale, perimeterScales } from "../../model/territories/perimeter.ts";
import { findPerimeter, findPerimeterByName } from "../../model/territories/perimeters.ts";
import { slugsOf } from "../../model/vocabularies.ts";

type Publisher = ConnectorInput["publisher"];

export interface PublisherGiven {
  readonly name?: string;
  readonly kind?: string;
  /** `scale:code`, as in term files. */
  readonly territory?: string;
  readonly licence?: string;
}

/** The publisher and the territory of its aids, or the option that is invalid with its allowed values. */
export type PublisherFound =
  | { readonly publisher: Publisher; readonly territory: PerimeterRef | null }
  | { readonly wrong: "kind" | "territory" | "licence"; readonly allowed: string };

const kindWords: readonly (readonly [RegExp, Publisher["kind"], readonly PerimeterScale[]])[] = [
  [/^(?:conseil )?region(?:al)?\b/, "region", ["region", "collectivity"]],
  [/^(?:conseil )?departement(?:al)?\b/, "department", ["department", "collectivity"]],
  [/^collectivite\b/, "collectivity", ["collectivity", "region", "department"]],
  [/^ministere\b/, "ministry", []],
  [/^agence (?:de l'|de l )?eau\b/, "water-agency", ["basin"]],
  [/^(?:dreal|draaf|drac|prefecture|ddt|deal)\b/, "state-service", ["region", "department"]],
  [/^(?:bpi|bpifrance|banque|caisse des depots)\b/, "public-bank", []],
  [/^(?:commission europeenne|union europeenne|eu|ue|europe)\b/, "european", []],
  [/^(?:ademe|agence)\b/, "agency", []],
];
const france: PerimeterRef = { scale: "country", code: "FRA" };
const europe: PerimeterRef = { scale: "continent", code: "EU" };

/** Returns the publisher of a new connector. Guesses a missing kind or territory from the name ("Région Bretagne"), never the licence. */
export function publisherOf(id: string, given: PublisherGiven): PublisherFound {
  const name = given.name ?? id.replaceAll("-", " ");
  const folded = foldTerm(name);
  const [, guessed = "any" as const, scales = []] = kindWords.find(([word]) => word.test(folded)) ?? [];
  const kind = given.kind === undefined ? guessed : publisherKinds.find((known) => known === given.kind);
  if (kind === undefined) return { wrong: "kind", allowed: publisherKinds.join(", ") };
  const licences: readonly Publisher["licence"][] = slugsOf("importShareLicence");
  const licence = given.licence === undefined ? "unknown" : licences.find((known) => known === given.licence);
  if (licence === undefined || licence === "agreement")
    return { wrong: "licence", allowed: licences.filter((known) => known !== "agreement").join(", ") };
  const ref = given.territory === undefined ? undefined : refOf(given.territory);
  const territory = given.territory === undefined ? placeIn(folded, scales, kind) : ref && findPerimeter(ref)?.perimeter;
  if (given.territory !== undefined && territory === undefined)
    return { wrong: "territory", allowed: `scale:code (${perimeterScales.join(", ")})` };
  const where = territory === undefined ? null : { scale: territory.scale, code: territory.code };
  return { publisher: { name, kind, territory: where ?? (kind === "european" ? europe : france), licence }, territory: where };
}

/** Guesses the territory: Bretagne for "Région Bretagne", France for ministries and public banks. */
function placeIn(folded: string, scales: readonly PerimeterScale[], kind: Publisher["kind"]): PerimeterRef | undefined {
  if (kind === "european") return europe;
  const words = folded.replace(
    /^(?:conseil )?(?:region(?:ale?)?|departement(?:ale?)?|collectivite|agence(?: de l'?)? ?eau|dreal|draaf|drac|prefecture|ddt|deal)\s+/,
    "",
  );
  const names = [words, words.replace(/^(?:de la|de l'|des|du|de|d'|la|le|les)\s*/, "")];
  for (const candidate of names) {
    const found = scales.length === 0 ? undefined : findPerimeterByName(candidate, scales);
    if (found !== undefined) return found;
  }
  return kind === "ministry" || kind === "public-bank" ? france : undefined;
}
