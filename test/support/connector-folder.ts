import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { onTestFinished } from "vitest";

/** Creates a temporary folder with these files (`connectors/a.ts`, `mappings/a/categories.csv`), removed after the test. */
export async function connectorFolder(files: Readonly<Record<string, string | Uint8Array>>): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), "moisson-registry-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(folder, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, content);
  }
  return folder;
}

/** Returns a small valid definition with these changes. */
export function soundDefinition(changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    id: "region-exemple",
    publisher: { name: "Région Exemple", kind: "region", territory: { scale: "region", code: "11" }, licence: "openlicence20" },
    feed: { url: "https://example.org/aides.csv" },
    decode: { format: "csv" },
    fields: {
      externalId: { kind: "identifier", of: { kind: "field", path: "id" } },
      name: { kind: "text", of: { kind: "field", path: "titre" } },
      targetedAudiences: { kind: "terms", of: { kind: "field", path: "public" }, vocabulary: "targetedAudiences" },
    },
    ...changes,
  };
}
