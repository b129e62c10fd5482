import type { ListedPublisher } from "./publishers-of-territories.ts";

const france = "country:FRA";
const basin = (code: string, seed: string, name: string): ListedPublisher => ({
  seed: `organisation:agence-eau-${seed}`,
  name: `Agence de l'eau ${name}`,
  kind: "water-agency",
  territory: `basin:${code}`,
});

/**
 * Ministries, agencies and services of the State that publish aids, or have: those that the importers of Aides-territoires read, and the other water agencies. A SIREN stands
 * here only where a connector of ours has it.
 */
export const publishersNamed: readonly ListedPublisher[] = [
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
