import type { Slug } from "../vocabularies.ts";

/** Licences under which an aid may be in open data; with any other one it is on the site only. */
export const openLicences: ReadonlySet<Slug<"importShareLicence">> = new Set(["openlicence20", "odbl", "cc-by-4.0"]);
