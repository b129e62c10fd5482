import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** Location and version of this copy of Moisson. */
export interface Installation {
  /** Folder that contains `package.json`, `mappings/` and `fixtures/`. */
  readonly root: string;
  /** Folder that contains `connectors/`: the root in a checkout, `dist/` in a build. */
  readonly connectorsRoot: string;
  readonly version: string;
}

/** Finds our `package.json` in this folder or the nearest folder above it. */
export function findInstallation(): Installation {
  const here = dirname(fileURLToPath(import.meta.url));
  let root = here;
  while (!existsSync(join(root, "package.json"))) {
    const parent = dirname(root);
    if (parent === root) throw new Error(`no package.json above ${here}`);
    root = parent;
  }
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };
  return { root, connectorsRoot: dirname(dirname(here)), version };
}
