import { collectivities } from "../model/territories/fixed-territories.ts";
import { departments, regions } from "../model/territories/regions.ts";

/** A publisher that is listed from the start. `kind`: as in a connector's `publisher.kind`. `territory`: `scale:code`. */
export interface ListedPublisher {
  /** Permanent identifier: where the entry comes from. */
  readonly seed: string;
  readonly name: string;
  readonly kind:
    | "region"
    | "department"
    | "collectivity"
    | "water-agency"
    | "ministry"
    | "agency"
    | "public-bank"
    | "state-service"
    | "aggregator";
  readonly territory: string;
  readonly siren?: string;
}

/** Articles before names of departments, by department code. The others take `du `. */
const articles: Readonly<Record<string, readonly string[]>> = {
  "de la ": "16 17 19 21 23 24 26 31 33 42 43 48 50 51 52 53 55 57 58 70 72 73 74 76 80 85 86 87 93 971".split(" "),
  "de l'": "01 02 03 07 09 10 11 12 27 34 36 38 60 61 89 91".split(" "),
  "d'": "28 35 37".split(" "),
  "des ": "04 05 06 08 13 22 40 64 65 66 78 79 88 92".split(" "),
  "de ": "41 44 47 49 54 71 77 82 84 974".split(" "),
};

/** Authorities whose name is not « Région … » or « Département … »: Corsica, Paris, Alsace… */
const ownNames: Readonly<Record<string, Pick<ListedPublisher, "name" | "kind">>> = {
  "department:67": { name: "Collectivité européenne d'Alsace", kind: "department" },
  "department:75": { name: "Ville de Paris", kind: "collectivity" },
  "region:02": { name: "Collectivité territoriale de Martinique", kind: "collectivity" },
  "region:03": { name: "Collectivité territoriale de Guyane", kind: "collectivity" },
  "region:04": { name: "Région Réunion", kind: "region" },
  "region:06": { name: "Département-Région de Mayotte", kind: "collectivity" },
  "region:94": { name: "Collectivité de Corse", kind: "collectivity" },
  "collectivity:975": { name: "Collectivité territoriale de Saint-Pierre-et-Miquelon", kind: "collectivity" },
  "collectivity:977": { name: "Collectivité de Saint-Barthélemy", kind: "collectivity" },
  "collectivity:978": { name: "Collectivité de Saint-Martin", kind: "collectivity" },
};

/** Departments without an authority of their own -> the territory whose authority is competent there: Alsace has one for two departments. */
const authorityElsewhere: Readonly<Record<string, string>> = {
  "department:68": "department:67",
  "department:2A": "region:94",
  "department:2B": "region:94",
  "department:972": "region:02",
  "department:973": "region:03",
  "department:976": "region:06",
};

/** Acts as a department on its territory. The code of an intercommunality is its SIREN. */
const lyon: ListedPublisher = {
  seed: "epci:200046977",
  name: "Métropole de Lyon",
  kind: "collectivity",
  territory: "epci:200046977",
  siren: "200046977",
};

/** Uninhabited (Clipperton), without an authority of its own. */
const withoutAuthority: ReadonlySet<string> = new Set(["989"]);

/** Returns the seed of the authority of a region, department or overseas collectivity. For `department:68` it is the seed of Alsace. */
export function seedOfTerritory(territory: string): string {
  return authorityElsewhere[territory] ?? territory;
}

/** Returns the authorities of the regions, departments and overseas collectivities, each once, under their official names. */
export function publishersOfTerritories(): readonly ListedPublisher[] {
  const listed = (scale: "region" | "department" | "collectivity", code: string, name: string): ListedPublisher => {
    const territory = `${scale}:${code}`;
    return { seed: territory, territory, ...(ownNames[territory] ?? { name, kind: scale }) };
  };
  const ofRegions = [...regions().values()].map(({ code, name }) => listed("region", code, `Région ${name}`));
  const ofDepartments = [...departments().values()]
    .filter(({ perimeter }) => authorityElsewhere[`department:${perimeter.code}`] === undefined)
    .map(({ perimeter: { code, name } }) => listed("department", code, `Département ${articleOf(code)}${name}`));
  const ofOthers = collectivities
    .filter(({ code }) => !withoutAuthority.has(code))
    .map(({ code, name }) => listed("collectivity", code, name));
  return [...ofRegions, ...ofDepartments, lyon, ...ofOthers];
}

function articleOf(code: string): string {
  return Object.entries(articles).find(([, codes]) => codes.includes(code))?.[0] ?? "du ";
}

const france = "country:FRA";
const basin = (code: string, seed: string, name: string): ListedPublisher => ({
  seed: `organisation:agence-eau-${seed}`,
  name: `Agence de l'eau ${name}`,
  kind: "water-agency",
  territory: `basin:${code}`,
});

/**
 * Ministries, agencies and services of the State that publish or published aids: those that Aides-territoires imported, and the other water agencies. An entry has
 * a SIREN only if one of our connectors gives it.
 */
export const statePublishers: readonly ListedPublisher[] = [
  { seed: "organisation:ademe", name: "ADEME", kind: "agency", territory: france, siren: "385290309" },
  { seed: "organisation:ministere-culture", name: "Ministère de la Culture", kind: "ministry", territory: france, siren: "110046018" },
  {
    seed: "organisation:ministere-economie",
    name: "Ministère de l'Économie, des Finances et de la Relance",
    kind: "ministry",
    territory: france,
  },
  { seed: "organisation:bpifrance", name: "Bpifrance", kind: "public-bank", territory: france },
  { seed: "organisation:dreal-nouvelle-aquitaine", name: "DREAL Nouvelle-Aquitaine", kind: "state-service", territory: "region:75" },
  {
    seed: "organisation:addna",
    name: "Aides pour le développement durable en Nouvelle-Aquitaine",
    kind: "state-service",
    territory: "region:75",
  },
  { seed: "organisation:welcomeurope", name: "WelcomEurope", kind: "aggregator", territory: france },
  basin("01", "artois-picardie", "Artois-Picardie"),
  basin("02", "rhin-meuse", "Rhin-Meuse"),
  basin("03", "seine-normandie", "Seine-Normandie"),
  basin("04", "loire-bretagne", "Loire-Bretagne"),
  basin("05", "adour-garonne", "Adour-Garonne"),
  basin("06", "rhone-mediterranee-corse", "Rhône-Méditerranée-Corse"),
];
