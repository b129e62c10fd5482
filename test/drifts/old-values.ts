import type { Catalogue } from "../../src/catalogue/open-catalogue.ts";
import { runFixture } from "../../src/ingest/run-fixture.ts";
import type { LoadedConnector } from "../../src/kit/loaded-connector.ts";
import { aidFields } from "../../src/model/aid/aid.ts";
import { canonicalValue } from "../../src/model/aid/canonical-value.ts";
import { shownValue } from "../../src/model/aid/shown-value.ts";

/** Counts the shown values of the aids in a feed that differ from the feed's own values, by field. Leaves out values of people. */
export async function oldValues(catalogue: Catalogue, connector: LoadedConnector, path: string): Promise<Record<string, number>> {
  const { aids } = await runFixture(connector, path);
  const present = new Map(aids.map((aid) => [aid.externalId, aid]));
  const counts: Record<string, number> = {};
  for await (const page of catalogue.aids.curated({ connector: connector.definition.id })) {
    for (const aid of page) {
      const own = present.get(aid.externalId);
      if (own === undefined) continue;
      for (const field of aidFields) {
        const text = (value: unknown) => JSON.stringify(canonicalValue(field, value as never));
        if (aid.edits[field] === undefined && text(shownValue(aid, field)) !== text(own[field])) counts[field] = (counts[field] ?? 0) + 1;
      }
    }
  }
  return counts;
}
