import type { StoredPublisher } from "../../../catalogue/publishers/publisher-repository.ts";
import type { Visit } from "../../visit.ts";
import { isColleague } from "./admit-check.tsx";

/** The publisher for which a colleague checks a file. */
export type Partner = Pick<StoredPublisher, "publisherId" | "name" | "kind" | "territory">;

/** Returns the publisher of `?producteur=`; null for anonymous visitors, or if unknown. */
export async function partnerOf(visit: Visit): Promise<Partner | null> {
  const asked = visit.query.get("producteur");
  return asked === null || !isColleague(visit) ? null : visit.catalogue.publishers.find(asked);
}

/** Returns the path of the check page. */
export function checkPath(partner: Partner | null): string {
  return partner === null ? "/verifier" : `/verifier?producteur=${partner.publisherId}`;
}
