import type { StoredPublisher } from "../../../src/catalogue/publishers/publisher-repository.ts";
import type { ConnectorInput } from "../../../src/kit/definition.ts";
import type { TestCatalogue } from "../../support/catalogues.ts";

/** Finds the publisher with a seed. */
export async function seededFrom(catalogue: TestCatalogue, seed: string): Promise<StoredPublisher> {
  const found = (await catalogue.publishers.list()).find((one) => one.seed === seed);
  if (found === undefined) throw new Error(`nobody was listed from ${seed}`);
  return found;
}

/** Finds the publisher of a connector of Bretagne. */
export const bretagne: ConnectorInput["publisher"] = {
  name: "Conseil régional de Bretagne",
  siren: "233500016",
  kind: "region",
  territory: { scale: "region", code: "53" },
  website: "https://www.bretagne.bzh",
  licence: "unknown",
};

/** Returns the visible text, without markup. */
export function words(html: string): string {
  return html
    .replace(/<[^>]*>/g, " ")
    .replace(/&nbsp;|[\u00a0\u202f]/g, " ")
    .replace(/&#39;/g, "'")
    .replace(/\s+/g, " ");
}
