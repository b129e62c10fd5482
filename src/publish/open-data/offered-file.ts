import { createHash } from "node:crypto";
import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import type { MadeOffer } from "../../catalogue/publishers/open-data-offer-repository.ts";
import { publisherReadme, publishingGuide } from "../../french/offered-file.ts";
import type { LoadedConnector } from "../../kit/loaded-connector.ts";
import { compareCodePoints } from "../../model/text/canonical.ts";
import { zipOf } from "../../model/zip-of.ts";
import type { KnownServices } from "../../privacy/doubts.ts";
import { withoutPeopleInAid } from "../../privacy/without-people-in-aid.ts";
import { dispositifAideColumns } from "../exports/dispositif-aide-schema.ts";
import { csvLine, keyOf, validRow } from "../exports/export-dispositif-aide.ts";
import { isExported } from "../exports/is-exported.ts";

/** Services for making publishers' files. */
export interface OfferedFileMaking {
  readonly catalogue: Pick<Catalogue, "aids" | "publishers" | "openDataOffers" | "personAnswers">;
  readonly connectors: readonly LoadedConnector[];
}

/** Names of the files in the archive, in its order. */
const publisherFileNames = ["LISEZMOI.txt", "aides.csv", "PUBLIER-SUR-DATA-GOUV.txt"] as const;

/**
 * Writes the aids of a publisher, in review or published, as a file in the national schema, without people, and packs it with a README and
 * a how-to. The schema requires a day of update: without the publisher's own, it is the day on which we saw the aid change last.
 */
export async function makeOfferedFile(
  { catalogue, connectors }: OfferedFileMaking,
  { publisherId, name }: { readonly publisherId: string; readonly name: string },
): Promise<MadeOffer> {
  const owners = await catalogue.publishers.connectorOwners();
  const own = connectors.filter(({ definition: { id } }) => owners.get(id) === publisherId);
  const services = await catalogue.personAnswers.services();
  const days = await catalogue.openDataOffers.changeDays(own.map(({ definition: { id } }) => id));
  const lines = new Map<string, string>();
  const leftOut: Record<string, number> = {};
  const leave = (reason: string) => {
    leftOut[reason] = (leftOut[reason] ?? 0) + 1;
  };
  for (const connector of own) {
    for await (const row of rowsOf(catalogue, connector, services, days)) {
      if (typeof row === "string") leave(row);
      else if (lines.has(keyOf(row))) leave("duplicate-id");
      else lines.set(keyOf(row), csvLine(dispositifAideColumns.map((column) => row[column.name])));
    }
  }
  const sorted = [...lines].sort(([one], [other]) => compareCodePoints(one, other)).map(([, line]) => line);
  const csv = Buffer.from(csvLine(dispositifAideColumns.map((column) => column.name)) + sorted.join(""));
  const facts = { publisher: name, aids: sorted.length, leftOut };
  const [readme, data, guide] = publisherFileNames;
  const zip = zipOf([
    [readme, publisherReadme(facts)],
    [data, csv],
    [guide, publishingGuide(facts)],
  ]);
  return { csv, zip, sha256: createHash("sha256").update(csv).digest("hex"), aids: sorted.length, leftOut };
}

/** Makes every publisher's file again, so that its daily address serves the aids of today. Returns the number of files. */
export async function remakeOfferedFiles(making: OfferedFileMaking, now: () => Date, signal?: AbortSignal): Promise<number> {
  const files = await making.catalogue.openDataOffers.list();
  for (const { publisherId, publisher } of files) {
    signal?.throwIfAborted();
    await making.catalogue.openDataOffers.update(publisherId, await makeOfferedFile(making, { publisherId, name: publisher }), now());
  }
  return files.length;
}

async function* rowsOf(
  { aids }: Pick<Catalogue, "aids">,
  { definition: { id, contacts } }: LoadedConnector,
  services: KnownServices,
  days: ReadonlyMap<string, string>,
): AsyncGenerator<ReturnType<typeof validRow>> {
  for await (const page of aids.list({ connector: id })) {
    for (const aid of page) {
      if (!isExported(aid, false)) continue;
      yield validRow(withoutPeopleInAid(aid, contacts ?? "mailbox", services), days.get(aid.aidId) ?? null);
    }
  }
}
