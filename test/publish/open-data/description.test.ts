import { createHash } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { WrongSettings } from "../../../src/platform/config.ts";
import { serveOpenData } from "../../../src/publish/api/serve-open-data.ts";
import { dcatCatalogue, licenceOf } from "../../../src/publish/exports/dcat-catalogue.ts";
import { makeOpenData } from "../../../src/publish/open-data/make-open-data.ts";
import { readOpenDataPublisher } from "../../../src/publish/open-data/read-publisher.ts";
import { connectorOf } from "../../support/api-client.ts";
import { newCatalogue, type TestCatalogue, testDatabase } from "../../support/catalogues.ts";
import { importLiveAids } from "../../support/live-aids.ts";

type Node = Record<string, unknown>;
const address = "https://api.exemple.fr/open-data/";
const sources = (...licences: ("openlicence20" | "odbl" | "cc-by-4.0")[]) =>
  licences.map((licence) => ({ publisher: licence, licence, aids: 1, inNationalSchema: 1, updated: null, mentions: [] }));

/** Expands short names like a JSON-LD reader, and throws on unknown ones. */
function expanded(node: unknown, context: Record<string, string>): unknown {
  if (Array.isArray(node)) return node.map((one) => expanded(one, context));
  if (node === null || typeof node !== "object") return node;
  const long = (name: string) => {
    if (name.startsWith("@") || /^https?:/.test(name)) return name;
    const [prefix = "", local] = name.split(":");
    const space = context[prefix];
    if (space === undefined || local === undefined) throw new Error(`${name} stands for nothing`);
    return `${space}${local}`;
  };
  return Object.fromEntries(
    Object.entries(node)
      .filter(([key]) => key !== "@context")
      .map(([key, value]) => [long(key), key === "@type" ? long(String(value)) : expanded(value, context)]),
  );
}

const dcat = "http://www.w3.org/ns/dcat#";
const dct = "http://purl.org/dc/terms/";
const spdx = "http://spdx.org/rdf/terms#";
const idOf = (value: unknown) => String((value as Node | undefined)?.["@id"] ?? "");
const textOf = (value: unknown) => String((value as Node | undefined)?.["@value"] ?? value ?? "");

describe("the description for harvesters", () => {
  let catalogue: TestCatalogue;
  beforeEach(async () => {
    catalogue = await newCatalogue(testDatabase);
    await importLiveAids(catalogue, "region-exemple", [
      { externalId: "1", sourceUpdatedDate: "2025-01-02" },
      { externalId: "2", importShareLicence: "odbl" },
    ]);
    await makeOpenData({ catalogue, connectors: [] }, () => new Date("2026-11-25T04:00:00Z"));
  });
  afterEach(() => catalogue.drop());

  const ask = (name: string) =>
    serveOpenData(
      { openData: catalogue.openData, url: "https://api.exemple.fr", publisher: { name: "Service public", email: "contact@exemple.fr" } },
      new Request(`http://here/open-data/${name}`),
    );

  async function described(): Promise<Node> {
    const response = await ask("catalogue.jsonld");
    expect(response.headers.get("content-type")).toContain("application/ld+json");
    const written = (await response.json()) as Node;
    return expanded(written, written["@context"] as Record<string, string>) as Node;
  }

  it("describes aids on a legal basis as a dataset of its own, with rights and without a licence", async () => {
    await importLiveAids(catalogue, "region-exemple", [{ externalId: "3", importShareLicence: "unknown" }]);
    const given = { connector: "region-exemple", basis: "crpa" as const, page: null, seen: null, answers: {}, note: null };
    await catalogue.reuseBases.confirm(given, "Marie", new Date("2026-11-25T04:00:00Z"));
    const connectors = [connectorOf("region-exemple")];
    await makeOpenData({ catalogue, connectors }, () => new Date("2026-11-25T05:00:00Z"));
    const [licensed, onBasis] = (await described())[`${dcat}dataset`] as Node[];
    expect(idOf(licensed?.[`${dct}license`])).toMatch(/opendatacommons/);
    expect(onBasis?.[`${dct}license`]).toBeUndefined();
    expect(JSON.stringify(onBasis?.[`${dct}rights`])).toMatch(/L321-1.*legifrance/);
    const files = (dataset: Node | undefined) => dataset?.[`${dcat}distribution`] as Node[];
    expect(files(onBasis).map((file) => file[`${dct}identifier`])).toEqual(["aides-base-legale.csv", "aides-base-legale.jsonl"]);
    for (const file of files(onBasis)) expect([file[`${dct}license`], typeof file[`${dct}rights`]]).toEqual([undefined, "object"]);
    expect(JSON.stringify(files(licensed))).not.toMatch(/base-legale|terms\/rights/);
  });

  it("describes a catalogue with one dataset: title, description, licence, frequency, contact point, publisher, territory, period, page", async () => {
    const found = await described();
    expect(found["@type"]).toBe(`${dcat}Catalog`);
    const dataset = found[`${dcat}dataset`] as Node;
    expect(dataset["@type"]).toBe(`${dcat}Dataset`);
    // The dataset is the same every night, so it has no issue date.
    expect(dataset).not.toHaveProperty([`${dct}issued`]);
    for (const property of ["title", "description", "identifier"]) expect(textOf(dataset[`${dct}${property}`])).not.toBe("");
    expect(idOf(dataset[`${dct}license`])).toBe("https://opendatacommons.org/licenses/odbl/1-0/");
    expect(idOf(dataset[`${dct}accrualPeriodicity`])).toBe("http://publications.europa.eu/resource/authority/frequency/DAILY");
    expect(idOf(dataset[`${dct}spatial`])).toBe("http://publications.europa.eu/resource/authority/country/FRA");
    expect(idOf(dataset[`${dct}publisher`])).toBe(idOf(found[`${dct}publisher`]));
    expect(dataset[`${dcat}contactPoint`]).toMatchObject({
      "http://www.w3.org/2006/vcard/ns#fn": "Service public",
      "http://www.w3.org/2006/vcard/ns#hasEmail": { "@id": "mailto:contact@exemple.fr" },
    });
    const period = dataset[`${dct}temporal`] as Node;
    expect([textOf(period[`${dcat}startDate`]), textOf(period[`${dcat}endDate`])]).toEqual(["2025-01-02", "2025-10-06"]);
    expect(idOf(dataset["http://xmlns.com/foaf/0.1/page"])).toBe(address);
  });

  it("each distribution has an address, a format, a licence, and its file's size and checksum", async () => {
    const dataset = (await described())[`${dcat}dataset`] as Node;
    const distributions = dataset[`${dcat}distribution`] as Node[];
    expect(distributions).toHaveLength(6);
    for (const distribution of distributions) {
      expect(distribution["@type"]).toBe(`${dcat}Distribution`);
      const download = idOf(distribution[`${dcat}downloadURL`]);
      expect(idOf(distribution[`${dcat}accessURL`])).toBe(download);
      expect(download.startsWith(address)).toBe(true);
      for (const property of [`${dct}format`, `${dcat}mediaType`]) {
        const said = distribution[property];
        expect(typeof said === "string" ? said : idOf(said)).toMatch(/^(https?:\/\/\S+|jsonl)$/);
      }
      expect(idOf(distribution[`${dct}license`])).toMatch(/^https:/);
      const body = Buffer.from(await (await ask(download.slice(address.length))).arrayBuffer());
      expect(textOf(distribution[`${dcat}byteSize`])).toBe(String(body.length));
      const checksum = distribution[`${spdx}checksum`] as Node;
      expect(idOf(checksum[`${spdx}algorithm`])).toBe(`${spdx}checksumAlgorithm_sha256`);
      // The harvester of data.gouv.fr takes texts only, and reads a typed one as bytes.
      expect(checksum[`${spdx}checksumValue`]).toBe(createHash("sha256").update(body).digest("hex"));
    }
    const csv = distributions.find((one) => idOf(one[`${dcat}downloadURL`]).endsWith("aides.csv"));
    expect(idOf(csv?.[`${dct}conformsTo`])).toMatch(/schema-dispositif-aide\/raw\/v0\.2\.0/);
  });

  it("uses the strictest licence; an empty dump has one too", () => {
    const facts = { aids: 0, inNationalSchema: 0, leftOut: {}, updatedFrom: null, updatedTo: null };
    expect(licenceOf({ ...facts, sources: sources("cc-by-4.0", "odbl", "openlicence20") })).toBe("odbl");
    expect(licenceOf({ ...facts, sources: sources("openlicence20", "cc-by-4.0") })).toBe("cc-by-4.0");
    expect(licenceOf({ ...facts, sources: [] })).toBe("openlicence20");
    const found = dcatCatalogue({
      address,
      files: [],
      facts: { ...facts, sources: [] },
      finishedAt: "2026-11-25T04:00:00Z",
      publisher: { name: "Moisson", email: null },
    });
    expect(found["dcat:dataset"]).toMatchObject({ "dcat:contactPoint": { "vcard:hasURL": { "@id": address } } });
    expect(found["dcat:dataset"]).not.toHaveProperty("dct:temporal");
  });

  it("the distributor is a setting; an invalid address is refused", () => {
    expect(readOpenDataPublisher({})).toEqual({ name: "Moisson", email: null });
    const given = { MOISSON_OPEN_DATA_PUBLISHER: "Service public", MOISSON_OPEN_DATA_EMAIL: "contact@exemple.fr" };
    expect(readOpenDataPublisher(given)).toEqual({ name: "Service public", email: "contact@exemple.fr" });
    expect(() => readOpenDataPublisher({ MOISSON_OPEN_DATA_EMAIL: "contact" })).toThrow(WrongSettings);
  });
});
