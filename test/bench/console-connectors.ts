import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { readConnectors } from "../../src/registry/load-connectors.ts";
import { smallDefinition } from "../support/harvest.ts";
import { madeUp } from "./console-sizes.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Writes our own connectors, and generated ones of one publisher each, up to the requested number. `ids`: the generated ones. */
export async function writeConnectors(folder: string, connectors: number): Promise<{ folders: readonly string[]; ids: readonly string[] }> {
  const own = (await readConnectors([root])).connectors.map(({ definition }) => definition.id);
  const made = connectors - own.length;
  const ids = Array.from({ length: made }, (_, number) => madeUp(number, made));
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
