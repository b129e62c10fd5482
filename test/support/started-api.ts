import { expect, onTestFinished } from "vitest";
import type { Catalogue } from "../../src/catalogue/open-catalogue.ts";
import { accessOfKeys } from "../../src/publish/api/access/access-of-keys.ts";
import { createLimits } from "../../src/publish/api/access/limit.ts";
import { readApiSettings } from "../../src/publish/api/api-settings.ts";
import { type StartedApi, startApi } from "../../src/publish/api/start-api.ts";
import { testNow } from "./made-aids.ts";

/** Starts the API of a catalogue, with keys and limits, on its own port. Closed after the test. */
export async function startedApi(catalogue: Catalogue, settings: Partial<ReturnType<typeof readApiSettings>> = {}): Promise<StartedApi> {
  const clock = { now: () => new Date(testNow), fixed: null, elapsed: () => performance.now() };
  const api = await startApi({
    catalogue,
    clock,
    logger: { error: (what) => expect.fail(JSON.stringify(what)) },
    connectors: async () => [],
    settings: { ...readApiSettings({}), ...settings, port: 0 },
    accessOf: accessOfKeys({ apiTokens: catalogue.apiTokens, clock, limits: createLimits() }),
  });
  onTestFinished(() => api.close());
  return api;
}
