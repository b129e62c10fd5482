import type { StoredPublisher } from "../../../catalogue/publishers/publisher-repository.ts";
import type { Visit } from "../../visit.ts";
import { isColleague } from "./admit-check.tsx";

/** The publisher whose file a colleague checks. */
export type Partner = Pick<StoredPublisher, "publisherId" | "name" | "kind" | "territory">;

/** Returns the publisher that the query names (`?producteur=`); null if it is unknown, or if the visitor is no colleague. */
export async function partnerOf(visit: Visit): Promise<Partner | null> {
  const publisherId = visit.query.get("producteur");
  return publisherId === null || !isColleague(visit) ? null : visit.catalogue.publishers.find(publisherId);
}

/** Returns the path of the check page. */
export function checkPath(partner: Partner | null): string {
  return partner === null ? "/verifier" : `/verifier?producteur=${partner.publisherId}`;
}
