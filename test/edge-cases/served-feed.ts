import { isDeepStrictEqual } from "node:util";
import { sql } from "drizzle-orm";
import { runIngestion } from "../../src/ingest/run.ts";
import type { Connector } from "../../src/kit/definition.ts";
import type { LoadedConnector } from "../../src/kit/loaded-connector.ts";
import type { RunReport } from "../../src/model/run/run-report.ts";
import type { TestCatalogue } from "../support/catalogues.ts";
import { testServices } from "../support/test-services.ts";
import type { Harness } from "./harness.ts";
import type { Answer, Loopback } from "./loopback.ts";
import type { Values } from "./own-feed.ts";

/** A connector's feed on a test server, and the catalogue after one import of the unchanged feed. */
export interface Served {
  readonly harness: Harness;
  readonly connector: LoadedConnector;
  /** Returns a page of these records, with an announced total and other keys at the root. */
  page(records: readonly Values[], total?: number, more?: Record<string, unknown>): Answer;
  /** Imports the server's answers. Reports a broken promise if a run that is not applied changes the catalogue. */
  run(name: string, answer: Loopback["answer"]): Promise<RunReport>;
}

/** Content type of each format. */
export const contentTypes: Readonly<Record<Connector["decode"]["format"], string>> = {
  json: "application/json",
  xml: "application/xml",
  yaml: "application/yaml",
  csv: "text/csv",
  html: "text/html",
  excel: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
};

/** Imports a connector's first scenario, and redirects the connector to the test server. */
export async function servedFeed(harness: Harness, catalogue: TestCatalogue, server: Loopback): Promise<Served> {
  const connector = onServer(harness.connector, server);
  const { definition } = connector;
  const services = testServices(catalogue, { allowHosts: [server.host] });
  const page: Served["page"] = (records, total = records.length, more) => {
    const { writeJson, write } = harness.feed;
    const announces = definition.decode.format === "json" && definition.decode.total !== undefined;
    const around = more !== undefined || announces ? { total, ...(more !== undefined && { more }) } : {};
    return {
      contentType: contentTypes[definition.decode.format],
      body: writeJson === undefined ? write(records) : writeJson(records, around),
    };
  };
  server.answer = () => page(harness.feed.records);
  await runIngestion(connector, services, { url: `http://${server.host}/first` });
  return {
    harness,
    connector,
    page,
    run: async (name, answer) => {
      server.answer = answer;
      const before = await aidsIn(catalogue, definition.id);
      const report = await runIngestion(connector, services, { force: true });
      const after = await aidsIn(catalogue, definition.id);
      const { counts } = report;
      if (report.outcome === "failed") harness.broken.push(`${name}: failed ${report.error?.code}`);
      if (!report.outcome.startsWith("applied") && !isDeepStrictEqual(before, after)) harness.broken.push(`${name}: changes the catalogue`);
      if (after.length < before.length) harness.broken.push(`${name}: loses aids`);
      if (report.error === null && counts.received !== counts.skipped + counts.rejected + counts.valid)
        harness.broken.push(
          `${name}: received ${counts.received}, skipped ${counts.skipped}, rejected ${counts.rejected}, kept ${counts.valid}`,
        );
      return report;
    },
  };
}

/** Returns the connector with the test server's address and without guards, because fixtures are small. Its paging stays. */
function onServer(connector: LoadedConnector, server: Loopback): LoadedConnector {
  const { definition } = connector;
  const { paging, split, body } = definition.feed;
  const feed = {
    url: `http://${server.host}/${definition.id}`,
    ...(paging !== undefined && { paging }),
    ...(split !== undefined && { split }),
    ...(body !== undefined && { body }),
  };
  const { atLeast: _, ...expect } = definition.expect;
  return { ...connector, definition: { ...definition, feed, expect } };
}

async function aidsIn({ store }: TestCatalogue, connector: string): Promise<unknown[]> {
  return store.rows(
    sql`select to_jsonb(aids) - 'content_id' as aid from aids_with_source aids where connector = ${connector} order by external_id`,
  );
}
