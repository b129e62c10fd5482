import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type FixtureResult, runFixture } from "../../src/ingest/run-fixture.ts";
import type { ConnectorInput } from "../../src/kit/definition.ts";
import { checkConnector } from "../../src/registry/check-connector.ts";
import { RegistryError } from "../../src/registry/registry-error.ts";
import { lookupOf, type WrittenTerms } from "./read-value.ts";
import { soundConnector } from "./sound-connector.ts";

/** Result of a run without a catalogue, and parts of it. */
export interface InMemoryRun extends FixtureResult {
  /** The first kept aid. */
  readonly first: FixtureResult["aids"][number];
  /** Codes of the issues of kept aids. */
  readonly codes: readonly string[];
}

/** Runs a feed (records, or bytes) through decode, map and validate of a small valid connector with these changes. */
export async function runInMemory(
  feed: readonly unknown[] | string | Uint8Array,
  changes: Partial<ConnectorInput> = {},
  terms: WrittenTerms = {},
): Promise<InMemoryRun> {
  const checked = checkConnector(soundConnector(changes));
  if ("problems" in checked) throw new RegistryError(checked.problems.map((problem) => ({ file: "in the test", ...problem })));
  const folder = await mkdtemp(join(tmpdir(), "moisson-in-memory-"));
  try {
    const path = join(folder, "feed");
    await writeFile(path, typeof feed === "string" || feed instanceof Uint8Array ? feed : JSON.stringify(feed));
    const result = await runFixture({ definition: checked.connector, terms: lookupOf(terms) }, path);
    return {
      ...result,
      get first() {
        const [aid] = result.aids;
        if (aid === undefined) throw new Error("no aid was kept");
        return aid;
      },
      codes: result.issues.map(({ code }) => code),
    };
  } finally {
    await rm(folder, { recursive: true });
  }
}
