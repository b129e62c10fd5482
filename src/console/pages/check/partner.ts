import type { StoredPublisher } from "../../../catalogue/publishers/publisher-repository.ts";
import type { Visit } from "../../visit.ts";
import { isOurs } from "./admit-check.tsx";

/** The publisher whose file is checked, where somebody of ours does it for it. */
export type Partner = Pick<StoredPublisher, "publisherId" | "name" | "kind" | "territory">;

/** The publisher that the address names (`?producteur=`); null for whoever is not of ours, and where there is none. */
export async function partnerOf(visit: Visit): Promise<Partner | null> {
  const asked = visit.query.get("producteur");
  return asked === null || !isOurs(visit) ? null : visit.catalogue.publishers.find(asked);
}

/** Where a file is checked, for a publisher perhaps. */
export function checkPath(partner: Partner | null): string {
  return partner === null ? "/verifier" : `/verifier?producteur=${partner.publisherId}`;
}
