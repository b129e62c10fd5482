import type { Connector } from "../../kit/definition.ts";
import { foldTerm } from "../../kit/values/text/fold-term.ts";
import { type Issue, issue } from "../../model/issue.ts";
import type { PortalDataset } from "../../model/run/portal-dataset.ts";

type Licence = Connector["publisher"]["licence"];

/** Licence ids of data.gouv.fr and CKAN. `fr-lo` and `cc-by` have no version. */
const licenceByPortalId: Readonly<Record<string, Licence>> = {
  lov2: "openlicence20",
  "fr-lo": "openlicence20",
  "etalab-2.0": "openlicence20",
  "odc-odbl": "odbl",
  "odbl-1.0": "odbl",
  "cc-by": "cc-by-4.0",
  "cc-by-4.0": "cc-by-4.0",
  notspecified: "unknown",
};

/**
 * Returns an issue if the portal's licence differs from the connector's licence. Returns none for a publisher with whom we have an
 * agreement, which takes precedence.
 */
export function licenceIssues({ publisher }: Pick<Connector, "publisher">, { licence }: PortalDataset): Issue[] {
  const onPortal = licence === null ? "unknown" : licenceByPortalId[foldTerm(licence)];
  if (publisher.licence === "agreement" || publisher.licence === onPortal) return [];
  return [issue("fetch", "licence-differs", { params: { licence: publisher.licence, ...(licence !== null && { portal: licence }) } })];
}
