import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** Location of this copy of Moisson. */
export interface Installation {
  /** Folder of package.json, mappings/ and fixtures/. */
  readonly root: string;
  /** Folder of connectors/: the root in a checkout, dist/ in a build. */
  readonly connectorsRoot: string;
  readonly version: string;
}

/** Searches upwards from this file for our package.json. */
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
