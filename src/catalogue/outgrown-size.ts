import type { OutgrownCatalogue } from "../model/run/digest.ts";
import type { Catalogue } from "./open-catalogue.ts";

/** Above either, runs and pages of the embedded catalogue take several times as long as on a server. */
export const embeddedLimits: OutgrownCatalogue = { aids: 20_000, bytes: 2_000_000_000 };

/** Returns the size of an embedded catalogue that has become too large, or null. */
export async function outgrownSize({
  kind,
  aids,
  overview,
}: Pick<Catalogue, "kind" | "aids" | "overview">): Promise<OutgrownCatalogue | null> {
  if (kind !== "embedded") return null;
  const size = { aids: await aids.count(), bytes: await overview.databaseBytes() };
  return size.aids > embeddedLimits.aids || size.bytes > embeddedLimits.bytes ? size : null;
}
