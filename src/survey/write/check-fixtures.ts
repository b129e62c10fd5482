import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { expectedText, measureFixture } from "../../ingest/run-fixture.ts";
import type { LoadedConnector } from "../../kit/loaded-connector.ts";
import type { AidField } from "../../model/aid/aid.ts";
import { missingAt, missingForDescription } from "../../model/aid/publishable.ts";
import type { IssueParams } from "../../model/issue.ts";
import type { LossGroup } from "../../model/run/losses.ts";
import { RunError, type RunErrorCode } from "../../model/run/run-error.ts";

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

/** A problem of a connector's fixtures. `file`: path of the feed, or of its expected result. */
export type FixtureProblem =
  | { readonly code: "no-fixture" }
  | { readonly code: "no-feed" | "no-expected-result"; readonly file: string }
  | { readonly code: "unread-fields"; readonly file: string; readonly fields: readonly string[] }
  | { readonly code: "other-result"; readonly file: string; readonly expected: string }
  | { readonly code: "unreadable"; readonly file: string; readonly error: RunErrorCode; readonly params: IssueParams };

/** The problems of a connector's fixtures, and what their aids lack. */
interface CheckedFixtures {
  readonly problems: readonly FixtureProblem[];
  /** Links, dates… of the records that are missing from the aids, by name of the feed. Words are left out. */
  readonly losses: readonly { readonly file: string; readonly group: LossGroup }[];
  readonly aids: number;
  readonly publishable: number;
  readonly fullyDescribed: number;
  /** Number of aids by the field that they lack to be fully described. */
  readonly missing: ReadonlyMap<AidField, number>;
}

/** Checks the fixtures of a connector, and measures what their aids lack. */
export async function checkFixtures(connector: LoadedConnector): Promise<CheckedFixtures> {
  const { fixtures, orphans } = await fixturesOf(connector);
  const problems: FixtureProblem[] = orphans.map((file) => ({ code: "no-feed", file }));
  const lost: CheckedFixtures["losses"][number][] = [];
  const missing = new Map<AidField, number>();
  let [aids, publishable, fullyDescribed] = [0, 0, 0];
  if (fixtures.length === 0) problems.push({ code: "no-fixture" });
  for (const { feed: file, expected } of fixtures) {
    try {
      const { result, losses } = await measureFixture(connector, file);
      lost.push(...losses.groups.filter(({ kind }) => kind !== "word").map((group) => ({ file: basename(file), group })));
      for (const { externalId: _, ...content } of result.aids) {
        const lacks = missingForDescription(content);
        aids++;
        if (missingAt("publishable", lacks).length === 0) publishable++;
        if (lacks.length === 0) fullyDescribed++;
        for (const field of lacks) missing.set(field, (missing.get(field) ?? 0) + 1);
      }
      if (result.unreadFields.length > 0) problems.push({ code: "unread-fields", file, fields: result.unreadFields });
      if (!existsSync(expected)) problems.push({ code: "no-expected-result", file: expected });
      else if (JSON.stringify(JSON.parse(expectedText(result))) !== JSON.stringify(JSON.parse(await readFile(expected, "utf8"))))
        problems.push({ code: "other-result", file, expected });
    } catch (error) {
      if (!(error instanceof RunError)) throw error;
      problems.push({ code: "unreadable", file, error: error.code, params: error.params });
    }
  }
  return { problems, losses: lost, aids, publishable, fullyDescribed, missing };
}
