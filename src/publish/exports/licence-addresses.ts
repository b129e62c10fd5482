import type { Slug } from "../../model/vocabularies.ts";

/** Addresses of open licences in catalogues of open data. */
export const licenceAddresses: Readonly<Partial<Record<Slug<"importShareLicence">, string>>> = {
  openlicence20: "https://www.etalab.gouv.fr/licence-ouverte-open-licence",
  odbl: "https://opendatacommons.org/licenses/odbl/1-0/",
  "cc-by-4.0": "https://creativecommons.org/licenses/by/4.0/",
};
