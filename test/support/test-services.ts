import type { Catalogue } from "../../src/catalogue/open-catalogue.ts";
import type { Services } from "../../src/ingest/run-inputs.ts";
import { proposeRenames } from "../../src/survey/propose/propose-renames.ts";
import { testNow } from "./made-aids.ts";

/** Returns the services of a run: a clock that does not move, a silent logger. */
export function testServices(catalogue: Catalogue, changes: Partial<Services> = {}): Services {
  return {
    catalogue,
    clock: { now: () => new Date(testNow), fixed: null, elapsed: () => performance.now() },
    logger: { error: () => undefined } as unknown as Services["logger"],
    environment: {},
    allowHosts: [],
    normaliser: "the normaliser of this test",
    proposeRenames: async (feed) => proposeRenames(feed),
    ...changes,
  };
}
