import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { runFixture } from "../../ingest/run-fixture.ts";
import { type LoadedConnector, readConnectors } from "../load-connectors.ts";
import { describeProblem } from "../registry-error.ts";
import type { ConnectorFile } from "../survey/connector-files.ts";
import { loadTermFiles } from "../terms/load-term-files.ts";
import { checkFixtures } from "./check-fixtures.ts";

/** Files that were made of a connector and would not pass `connectors check`: our fault. */
export class UnsoundFiles extends Error {
  constructor(id: string, problems: readonly string[]) {
    super(`what was made for ${id} is not sound, which is our fault: ${problems.join("; ")}`);
    this.name = "UnsoundFiles";
  }
}

/**
 * The files of a connector with what comes out of its fixtures. They are made, loaded and checked in a folder of their own first, as `connectors check` would:
 * what is given back is sound.
 * @param fixtures places of the feeds among the files
 * @param folders where shared term files lie, which hold for it too
 * @throws UnsoundFiles
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
    if (loaded === undefined || problems.length > 0) throw new UnsoundFiles(id, problems.map(describeProblem));
    const made: LoadedConnector = { ...loaded, terms: (await loadTermFiles([...folders, folder], id)).lookup };
    const expected: ConnectorFile[] = [];
    for (const fixture of fixtures) {
      const result = await runFixture(made, path.join(folder, fixture));
      expected.push({ path: fixture.replace(/\.[^.]+$/, ".expected.json"), content: `${JSON.stringify(result, null, 2)}\n` });
    }
    for (const file of expected) await write(file);
    // A person is told where there is nothing to make a fixture of.
    const wrong = fixtures.length === 0 ? [] : await checkFixtures(made);
    if (wrong.length > 0) throw new UnsoundFiles(id, wrong);
    return [...files, ...expected];
  });
}

/** Does something with these files in a folder that is gone afterwards. */
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
