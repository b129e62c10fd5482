import type { Catalogue } from "../../../src/catalogue/open-catalogue.ts";
import type { PublisherFacts } from "../../../src/catalogue/publishers/publisher-repository.ts";
import type { JobServices } from "../../../src/jobs/job-services.ts";
import { applyPublisherActs } from "../../../src/jobs/tasks/apply-publisher-acts.ts";
import type { TestCatalogue } from "../../support/catalogues.ts";
import { publish } from "../../support/curate.ts";
import { guardsOff, type Harvest, newHarvest } from "../../support/harvest.ts";
import { testNow } from "../../support/made-aids.ts";
import { record } from "../letters/answered-letters.ts";

const facts: Omit<PublisherFacts, "name"> = {
  siren: null,
  kind: "region",
  territory: "region:11",
  website: null,
  licence: null,
  agreedOn: null,
  agreedBy: null,
  agreementDocument: null,
  personInCharge: null,
  nextAction: null,
  nextActionOn: null,
};

/** Adds a publisher without connectors. Returns its id. */
export function newPublisher(catalogue: Catalogue, name = "Région Exemple"): Promise<string> {
  return catalogue.publishers.add({ ...facts, name }, { by: "Marie", now: testNow });
}

/** A publisher with a feed of two published aids and one in review. `aids`: their ids, published ones first. */
export interface PublisherWithAids {
  readonly publisherId: string;
  readonly harvest: Harvest;
  readonly aids: readonly string[];
}

/** Adds a publisher, reads its feed and publishes two of its three aids. Their titles contain `word`. */
export async function publisherWithAids(catalogue: TestCatalogue, name: string, word: string): Promise<PublisherWithAids> {
  const harvest = await newHarvest(catalogue, {
    guards: guardsOff,
    publisher: { name, kind: "region", territory: { scale: "region", code: "11" }, licence: "openlicence20" },
  });
  const titled = (id: number) => record(id, { titre: `${word} numéro ${id}`, rythme: "Ponctuelle", publics: "Communes" });
  await harvest.day([titled(1), titled(2), titled(3)]);
  const publisherId = await newPublisher(catalogue, name);
  await catalogue.publishers.giveConnector(harvest.connector, publisherId);
  const { connector } = harvest;
  for (const externalId of ["a1", "a2"]) await publish(catalogue, { connector, externalId });
  while ((await catalogue.search.catchUp()) > 0);
  const aids = await Promise.all(["a1", "a2", "a3"].map(async (id) => (await harvest.aid(id)).aidId));
  return { publisherId, harvest, aids };
}

/** Lets a worker apply what publishers did, and indexes it. */
export async function applyWaitingActs(catalogue: TestCatalogue, { services }: JobServices): Promise<void> {
  await applyPublisherActs({ ...services, catalogue }, new AbortController().signal);
  while ((await catalogue.search.catchUp()) > 0);
}
