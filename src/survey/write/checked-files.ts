import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expectedText, runFixture } from "../../ingest/run-fixture.ts";
import type { LoadedConnector } from "../../kit/loaded-connector.ts";
import { readConnectors } from "../../registry/load-connectors.ts";
import { describeProblem } from "../../registry/registry-error.ts";
import { loadTermFiles } from "../../registry/terms/load-term-files.ts";
import { checkFixtures } from "./check-fixtures.ts";
import type { ConnectorFile } from "./connector-files.ts";

/** A bug of ours: generated files that fail `connectors check`. */
export class InvalidFiles extends Error {
  constructor(id: string, problems: readonly string[]) {
    super(`the generated files of ${id} are invalid, which is a bug of Moisson: ${problems.join("; ")}`);
    this.name = "InvalidFiles";
  }
}

/**
 * Adds the expected results of its fixtures to a connector's files. Checks all files as `connectors check` does, in a temporary folder.
 * `fixtures`: paths of the feeds among the files. `folders`: folders with shared term files. Throws `InvalidFiles`.
 */
export async function checkedFiles(
  id: string,
  files: readonly ConnectorFile[],
  fixtures: readonly string[],
  folders: readonly string[],
): Promise<ConnectorFile[]> {
  return inFolderOf(files, async (folder, write) => {
    const { connectors, problems } = await readConnectors([folder]);
    const [loaded] = connectors;
    if (loaded === undefined || problems.length > 0) throw new InvalidFiles(id, problems.map(describeProblem));
    const connector: LoadedConnector = { ...loaded, terms: (await loadTermFiles([...folders, folder], id)).lookup };
    const expected: ConnectorFile[] = [];
    for (const fixture of fixtures) {
      const content = expectedText(await runFixture(connector, path.join(folder, fixture)));
      expected.push({ path: fixture.replace(/\.[^.]+$/, ".expected.json"), content });
    }
    for (const file of expected) await write(file);
    // Without a fixture this check is skipped; the caller warns the user.
    const wrong = fixtures.length === 0 ? [] : (await checkFixtures(connector)).problems;
    if (wrong.length > 0)
      throw new InvalidFiles(
        id,
        wrong.map((problem) => JSON.stringify(problem)),
      );
    return [...files, ...expected];
  });
}

/** Writes the files to a temporary folder, calls `work`, and deletes the folder. */
export async function inFolderOf<T>(
  files: readonly ConnectorFile[],
  work: (folder: string, write: (file: ConnectorFile) => Promise<void>) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(path.join(tmpdir(), "moisson-new-connector-"));
  try {
    const write = async ({ path: place, content }: ConnectorFile) => {
      await mkdir(path.dirname(path.join(folder, place)), { recursive: true });
      await writeFile(path.join(folder, place), content);
    };
    for (const file of files) await write(file);
    return await work(folder, write);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
