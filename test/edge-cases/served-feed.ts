import { isDeepStrictEqual } from "node:util";
import { sql } from "drizzle-orm";
import { runIngestion } from "../../src/ingest/run.ts";
import type { Connector } from "../../src/kit/definition.ts";
import type { RunReport } from "../../src/model/run/run-report.ts";
import type { LoadedConnector } from "../../src/registry/load-connectors.ts";
import type { TestCatalogue } from "../support/catalogues.ts";
import { testServices } from "../support/test-services.ts";
import type { Bench } from "./bench.ts";
import type { Answer, Loopback } from "./loopback.ts";
import type { Values } from "./own-feed.ts";

/** A connector's feed on a test server, and the catalogue after one import of the unchanged feed. */
export interface Served {
  readonly bench: Bench;
  readonly connector: LoadedConnector;
  /** Returns a page of these records, with an announced total and other keys at the root. */
  page(records: readonly Values[], total?: number, more?: Record<string, unknown>): Answer;
  /** Imports the server's answers. A run that is not applied must not change the catalogue. */
  run(name: string, answer: Loopback["answer"]): Promise<RunReport>;
}

/** Content type of each format. */
export const contentTypes: Readonly<Record<Connector["decode"]["format"], string>> = {
  json: "application/json",
  xml: "application/xml",
  csv: "text/csv",
  html: "text/html",
  excel: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
};

/** Imports a connector's first scenario, and redirects the connector to the test server. */
export async function servedFeed(bench: Bench, catalogue: TestCatalogue, server: Loopback): Promise<Served> {
  const connector = onServer(bench.connector, server);
  const { definition } = connector;
  const services = testServices(catalogue, { allowHosts: [server.host] });
  const page: Served["page"] = (records, total = records.length, more) => {
    const { writeJson, write } = bench.feed;
    const announces = definition.decode.format === "json" && definition.decode.total !== undefined;
    const around = more !== undefined || announces ? { total, ...(more !== undefined && { more }) } : {};
    return {
      contentType: contentTypes[definition.decode.format],
      body: writeJson === undefined ? write(records) : writeJson(records, around),
    };
  };
  server.answer = () => page(bench.feed.records);
  await runIngestion(connector, services, { url: `http://${server.host}/first` });
  return {
    bench,
    connector,
    page,
    run: async (name, answer) => {
      server.answer = answer;
      const before = await aidsIn(catalogue, definition.id);
      const report = await runIngestion(connector, services, { force: true });
      const after = await aidsIn(catalogue, definition.id);
      const { counts } = report;
      if (report.outcome === "failed") bench.broken.push(`${name}: failed ${report.error?.code}`);
      if (!report.outcome.startsWith("applied") && !isDeepStrictEqual(before, after)) bench.broken.push(`${name}: changes the catalogue`);
      if (after.length < before.length) bench.broken.push(`${name}: loses aids`);
      if (report.error === null && counts.received !== counts.skipped + counts.rejected + counts.valid)
        bench.broken.push(
          `${name}: received ${counts.received}, skipped ${counts.skipped}, rejected ${counts.rejected}, kept ${counts.valid}`,
        );
      return report;
    },
  };
}

/** Keeps the way of asking of the publisher's server and drops the guards, because fixtures are small. */
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
  return store.rows(sql`select to_jsonb(aids) as aid from aids where connector = ${connector} order by external_id`);
}
