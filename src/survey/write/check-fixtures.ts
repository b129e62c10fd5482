import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { lossMessage } from "../../cli/english/losses.ts";
import { runErrorMessage } from "../../cli/english/runs.ts";
import { expectedText, measureFixture } from "../../ingest/run-fixture.ts";
import type { LoadedConnector } from "../../kit/loaded-connector.ts";
import type { AidField } from "../../model/aid/aid.ts";
import { missingForPublication } from "../../model/aid/publishable.ts";
import { RunError } from "../../model/run/run-error.ts";

const expectedEnding = ".expected.json";

/** Paths of a sample feed and of its expected result. */
export interface Fixture {
  readonly feed: string;
  readonly expected: string;
}

/** Lists a connector's fixtures. Expected results may be missing. `orphans` are expected results without a feed. */
export async function fixturesOf({ folder, definition }: LoadedConnector): Promise<{ fixtures: Fixture[]; orphans: string[] }> {
  if (folder === null) return { fixtures: [], orphans: [] };
  const directory = join(folder, "fixtures", definition.id);
  const files = existsSync(directory) ? (await readdir(directory)).sort() : [];
  const fixtures = files
    .filter((file) => !file.endsWith(expectedEnding))
    .map((file) => ({ feed: join(directory, file), expected: join(directory, `${scenarioOf(file)}${expectedEnding}`) }));
  const known = new Set(fixtures.map(({ expected }) => expected));
  const orphans = files
    .filter((file) => file.endsWith(expectedEnding))
    .map((file) => join(directory, file))
    .filter((file) => !known.has(file));
  return { fixtures, orphans };
}

function scenarioOf(file: string): string {
  return file.replace(/\.[^.]+$/, "");
}

/** Returns the problems of a connector's fixtures as sentences. */
export async function checkFixtures(connector: LoadedConnector): Promise<string[]> {
  return (await checkAndMeasureFixtures(connector)).problems;
}

/** The problems of a connector's fixtures, and what their aids lack. */
interface CheckedFixtures {
  readonly problems: string[];
  /** Links, dates… of the records that are missing from the aids, as sentences. Words are left out. */
  readonly losses: string[];
  readonly aids: number;
  readonly publishable: number;
  /** Number of the other aids, by missing field. */
  readonly missing: ReadonlyMap<AidField, number>;
}

/** Checks the fixtures of a connector, and measures what their aids lack. */
export async function checkAndMeasureFixtures(connector: LoadedConnector): Promise<CheckedFixtures> {
  const { fixtures, orphans } = await fixturesOf(connector);
  const problems = orphans.map((file) => `${file} has no feed of the same name`);
  const lost: string[] = [];
  const missing = new Map<AidField, number>();
  let [aids, publishable] = [0, 0];
  if (fixtures.length === 0) problems.push(`no fixture: put a small feed into fixtures/${connector.definition.id}/`);
  for (const { feed, expected } of fixtures) {
    try {
      const { result, losses } = await measureFixture(connector, feed);
      lost.push(...losses.groups.filter(({ kind }) => kind !== "word").map((group) => `${basename(feed)}: ${lossMessage(group)}`));
      for (const { externalId: _, ...content } of result.aids) {
        const lacks = missingForPublication(content);
        aids++;
        if (lacks.length === 0) publishable++;
        for (const field of lacks) missing.set(field, (missing.get(field) ?? 0) + 1);
      }
      if (result.unreadFields.length > 0)
        problems.push(`${feed}: fields that are neither read nor ignored: ${result.unreadFields.join(", ")}`);
      if (!existsSync(expected)) problems.push(`${expected} is missing; npm run golden:update writes it`);
      else if (JSON.stringify(JSON.parse(expectedText(result))) !== JSON.stringify(JSON.parse(await readFile(expected, "utf8")))) {
        problems.push(
          `${feed} does not give the result in ${expected}; if you intended this change, run npm run golden:update ${connector.definition.id} and read the difference`,
        );
      }
    } catch (error) {
      if (!(error instanceof RunError)) throw error;
      problems.push(`${feed}: ${runErrorMessage(error.code, error.params)}`);
    }
  }
  return { problems, losses: lost, aids, publishable, missing };
}
