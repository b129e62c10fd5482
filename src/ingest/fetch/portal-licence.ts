import type { Connector } from "../../kit/definition.ts";
import { foldTerm } from "../../kit/values/text/fold-term.ts";
import { type Issue, issue } from "../../model/issue.ts";
import { licenceByPortalId, type PortalDataset } from "../../model/run/portal-dataset.ts";

/**
 * Returns an issue if the portal's licence differs from the connector's licence. Returns none for a publisher with whom we have an
 * agreement, which takes precedence.
 */
export function licenceIssues({ publisher }: Pick<Connector, "publisher">, { licence }: PortalDataset): Issue[] {
  const onPortal = licence === null ? "unknown" : licenceByPortalId[foldTerm(licence)];
  if (publisher.licence === "agreement" || publisher.licence === onPortal) return [];
  return [issue("fetch", "licence-differs", { params: { licence: publisher.licence, ...(licence !== null && { portal: licence }) } })];
}
