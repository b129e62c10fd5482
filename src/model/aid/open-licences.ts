import type { Slug } from "../vocabularies.ts";

/** Licences that allow an aid in the open data. Any other aid is on the site only. */
export const openLicences: ReadonlySet<Slug<"importShareLicence">> = new Set(["openlicence20", "odbl", "cc-by-4.0"]);
