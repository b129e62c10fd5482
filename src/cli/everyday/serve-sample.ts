import { rmSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { exchangePath } from "../../publish/api/access/exchange-route.ts";
import { readApiSettings } from "../../publish/api/api-settings.ts";
import { makeOpenData } from "../../publish/open-data/make-open-data.ts";
import type { OpenContext } from "../context.ts";
import { requireLoopback, serveApi } from "../operation/serve-api.ts";
import { publishInDemo, publishing } from "./publish-in-demo.ts";
import { runFixtures } from "./run-fixtures.ts";

/** Serves the API with the published aids of the demo until SIGTERM or SIGINT. Its catalogue is in a folder that is deleted at the end. */
export async function serveSample(open: OpenContext): Promise<void> {
  const home = await mkdtemp(join(tmpdir(), "moisson-sample-"));
  // Also deletes it after a signal while the feeds are read. Nothing in it has to be closed.
  process.once("exit", () => rmSync(home, { recursive: true, force: true }));
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.once(signal, () => process.exit(0));
  const { config, terminal, connectorsNamed, withCatalogue } = await open({ home });
  const settings = { ...readApiSettings(config.environment), url: null, hasSearchPage: true };
  requireLoopback(settings.host, "API", "MOISSON_API_HOST");
  await withCatalogue(async (catalogue, services) => {
    const now = () => services.clock.now();
    const connectors = await connectorsNamed(publishing);
    await runFixtures(connectors, services, terminal);
    const published = await publishInDemo(catalogue, connectors, now());
    await makeOpenData({ catalogue, connectors }, now);
    const key = await catalogue.apiTokens.create({ name: "sample", scope: "reuse", perMinute: 600, by: "moisson api --sample" }, now());
    const { url } = await serveApi({ catalogue, services, connectors: async () => connectors, settings });
    for (const line of sampleLines(url, published, key?.key ?? "")) terminal.out(line);
    await new Promise(() => undefined);
  });
}

/** Returns the addresses and three requests to try. */
function sampleLines(url: string, published: number, key: string): readonly string[] {
  return [
    `API: ${url}/api/ with ${published} invented aids; Ctrl-C ends it and deletes them`,
    `document: ${url}/api/openapi.json`,
    `search page: ${url}/recherche/`,
    `open data: ${url}/open-data/`,
    `key (scope reuse): ${key}`,
    "",
    `curl '${url}/api/aids/?perimeter_codes=DEP-26&itemsPerPage=2'`,
    `curl '${url}/api/aids/?changed_since=2026-01-01'`,
    `curl --request POST --header 'X-AUTH-TOKEN: ${key}' ${url}${exchangePath}`,
  ];
}
