import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { readConnectors } from "../../src/registry/load-connectors.ts";
import { smallDefinition } from "../support/harvest.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const connectors = 500;

/** Our own connectors, and so many of one publisher each that there are 500; `ids`: of those that are made up. */
export async function writeConnectors(folder: string): Promise<{ folders: readonly string[]; ids: readonly string[] }> {
  const own = (await readConnectors([root])).connectors.map(({ definition }) => definition.id);
  const ids = Array.from({ length: connectors - own.length }, (_, number) => `producteur-${String(number).padStart(3, "0")}`);
  await mkdir(path.join(folder, "connectors"), { recursive: true });
  for (const [number, id] of ids.entries()) {
    const publisher = {
      name: `Producteur ${number}`,
      kind: "region",
      territory: { scale: "region", code: "84" },
      licence: "openlicence20",
    } as const;
    const definition = smallDefinition(id, { publisher, state: "active", schedule: `${number % 60} 3 * * *` });
    await writeFile(path.join(folder, "connectors", `${id}.json`), JSON.stringify(definition));
  }
  return { folders: [root, folder], ids };
}
