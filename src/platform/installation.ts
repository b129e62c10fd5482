import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** Where this copy of Moisson lies. */
export interface Installation {
  /** Folder of package.json, mappings/ and fixtures/. */
  readonly root: string;
  /** Folder of connectors/: the root in a checkout, dist/ where it was built. */
  readonly connectorsRoot: string;
  readonly version: string;
}

/** Looks upwards from this file for our package.json. */
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
