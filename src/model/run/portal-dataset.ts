import type { Slug } from "../vocabularies.ts";

/** Description of a file's dataset by an open-data portal. A missing value is null. */
export interface PortalDataset {
  readonly title: string | null;
  readonly organisation: string | null;
  readonly licence: string | null;
  /** Announced frequency of updates. */
  readonly frequency: string | null;
  readonly file: string | null;
  readonly fileChangedAt: string | null;
}

/** Licence ids of data.gouv.fr and CKAN. `fr-lo` and `cc-by` have no version. Keys are folded. */
export const licenceByPortalId: Readonly<Record<string, Slug<"importShareLicence">>> = {
  lov2: "openlicence20",
  "fr-lo": "openlicence20",
  "etalab-2.0": "openlicence20",
  "odc-odbl": "odbl",
  "odbl-1.0": "odbl",
  "cc-by": "cc-by-4.0",
  "cc-by-4.0": "cc-by-4.0",
  notspecified: "unknown",
};
