import type { StoredPublisher } from "../../catalogue/publishers/publisher-repository.ts";
import { french } from "../../french/typography.ts";
import { addressVariable } from "../../kit/address-variable.ts";
import type { Connector } from "../../kit/definition.ts";
import type { LoadedConnector } from "../../kit/loaded-connector.ts";
import { moissonTemplate } from "../../kit/platforms/moisson-template.ts";
import { refOf } from "../../kit/rules/perimeters.ts";
import { pathsOfRule } from "../../kit/rules/rule-paths.ts";
import { aidFields } from "../../model/aid/aid.ts";
import { publisherKinds } from "../../model/publisher/publisher-kinds.ts";
import { slugsOf } from "../../model/vocabularies.ts";
import { syncPublishers } from "../../partners/sync-publishers.ts";
import { connectorAs } from "../../registry/stored-versions.ts";
import { foldersOf } from "../../registry/term-folders.ts";
import { connectorIdFor, freeConnectorId } from "../connectors/connector-ids.ts";
import type { JobServices } from "../job-services.ts";
import { entryQuestions } from "./entry-questions.ts";
import { EntryRefused } from "./entry-refused.ts";

/** Days after which a publisher's aids are to be confirmed. */
const everyDays = 365;

/** A publisher whose aids are entered one by one. */
export type EnteringPublisher = Pick<
  StoredPublisher,
  "publisherId" | "name" | "siren" | "website" | "kind" | "territory" | "licence" | "agreementDocument" | "agreedOn"
>;

/** Returns the connector that reads our template for a publisher, or null. */
export async function manualConnectorOf(
  jobs: JobServices,
  { publisherId }: Pick<StoredPublisher, "publisherId">,
): Promise<LoadedConnector | null> {
  const owners = await jobs.services.catalogue.publishers.connectorOwners();
  const isOwn = ({ definition }: LoadedConnector) => owners.get(definition.id) === publisherId;
  return (await jobs.connectors()).find((one) => isOwn(one) && isManual(one.definition)) ?? null;
}

/**
 * Returns true for a connector that reads the identifier and the title where our template has them, and that is not retired. Not for a feed at a
 * fixed address: its next reading would not contain what a person entered.
 */
export function isManual({ feed, fields, decode, state }: Connector): boolean {
  const reads = (field: "externalId" | "name") => pathsOfRule(fields[field]).includes(entryQuestions[field].titles[0] ?? "");
  return (
    feed.urlFrom !== undefined &&
    state !== "retired" &&
    (decode.format === "csv" || decode.format === "excel") &&
    reads("externalId") &&
    reads("name")
  );
}

/**
 * Returns the connector that the first aid entered for a publisher would create.
 * @throws EntryRefused (`no-territory`) if the territory of the publisher is unknown
 */
export async function newManualConnector(jobs: JobServices, publisher: EnteringPublisher): Promise<LoadedConnector> {
  const territory = publisher.territory === null ? undefined : refOf(publisher.territory);
  if (territory === undefined) throw new EntryRefused("no-territory");
  const { name, siren, website, kind, licence, agreementDocument, agreedOn } = publisher;
  const id = await freeConnectorId(jobs, `${connectorIdFor(name) || "producteur"}-saisie`);
  const definition = {
    ...moissonTemplate({
      id,
      title: "aides saisies une à une",
      feed: { urlFrom: addressVariable(id) },
      decode: { format: "csv", delimiter: ";" },
    }),
    publisher: {
      name,
      kind: publisherKinds.find((known) => known === kind) ?? "any",
      territory,
      licence: slugsOf("importShareLicence").find((known) => known === licence) ?? "unknown",
      ...(siren !== null && { siren }),
      ...(website !== null && { website }),
      ...(licence === "agreement" && { agreement: agreementDocument ?? agreedOn ?? french`accord de ${name}` }),
    },
    // Our template has no proposed mapping that ops would have to check first, and a new aid is reviewed before it is published.
    state: "active",
    rhythm: { everyDays },
    // A person who empties an answer means it.
    emptyMeansEmpty: [...aidFields],
  };
  const version = { connector: id, version: 0, definition, changes: {}, terms: {}, why: "", by: "", at: jobs.services.clock.now() };
  const folders = foldersOf(await jobs.connectors());
  const made = await connectorAs({ connectors: [], problems: [], folders }, version);
  if (made === null || "problems" in made) throw new Error(`the connector of our template is invalid: ${JSON.stringify(made)}`);
  return made;
}

/**
 * Returns the connector that reads our template for a publisher. Creates it if it is missing.
 * @throws EntryRefused (`no-territory`, or `busy` if somebody else creates a connector with this id)
 */
export async function obtainManualConnector(
  jobs: JobServices,
  publisher: EnteringPublisher,
  { by, now }: { readonly by: string; readonly now: Date },
): Promise<LoadedConnector> {
  const known = await manualConnectorOf(jobs, publisher);
  if (known !== null) return known;
  const { catalogue } = jobs.services;
  const { definition } = await newManualConnector(jobs, publisher);
  const { id } = definition;
  const made = { connector: id, definition: definition as unknown as Readonly<Record<string, unknown>>, changes: {}, terms: {} };
  const version = await catalogue.connectorVersions.add({ ...made, why: "aides saisies une à une", by, at: now }, 0);
  if (version !== null) {
    await catalogue.publishers.giveConnector(id, publisher.publisherId);
    await syncPublishers(catalogue, await jobs.registry(), now);
    await catalogue.exchanges.addOfConnector(id, { at: now, kind: "connector-made", by });
  }
  const kept = await manualConnectorOf(jobs, publisher);
  if (kept === null) throw new EntryRefused("busy");
  return kept;
}
