import { expect, it } from "vitest";
import { licenceIssues } from "../../src/ingest/obtain-feed.ts";
import type { PortalDataset } from "../../src/model/run/portal-dataset.ts";
import { connectorOf } from "../support/fetch-test-feed.ts";

const dataset: PortalDataset = { title: null, organisation: null, licence: null, frequency: null, file: null, fileChangedAt: null };
const { publisher } = connectorOf({ url: "https://example.org" });

it.each([
  ["lov2", "openlicence20", []],
  ["fr-lo", "openlicence20", []],
  ["ODbL-1.0", "odbl", []],
  ["CC-BY-4.0", "cc-by-4.0", []],
  ["notspecified", "unknown", []],
  [null, "unknown", []],
  ["other-closed", "agreement", []],
  [null, "openlicence20", [{ licence: "openlicence20" }]],
  ["odc-odbl", "openlicence20", [{ licence: "openlicence20", portal: "odc-odbl" }]],
  ["lov2", "unknown", [{ licence: "unknown", portal: "lov2" }]],
  ["constructor", "odbl", [{ licence: "odbl", portal: "constructor" }]],
] as const)("%s on the portal, %s in the connector", (licence, ours, params) => {
  const issues = licenceIssues({ publisher: { ...publisher, licence: ours } }, { ...dataset, licence });
  expect(issues.map((found) => found.params)).toEqual(params);
  for (const found of issues) expect(found).toMatchObject({ stage: "fetch", code: "licence-differs", severity: "warning", locator: null });
});
