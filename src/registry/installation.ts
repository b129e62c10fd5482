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
  /** Commit of a build; null in a checkout. */
  readonly commit: string | null;
}

/** Returns the version with the commit of the build: `0.3.0 (3f2a91c0d4e5)`. */
export function versionText({ version, commit }: Pick<Installation, "version" | "commit">): string {
  return commit === null ? version : `${version} (${commit})`;
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
  const connectorsRoot = dirname(dirname(here));
  const build = join(connectorsRoot, "build.json"); // written by tools/copy-build-assets.mjs
  const { commit } = existsSync(build) ? (JSON.parse(readFileSync(build, "utf8")) as { commit: string | null }) : { commit: null };
  return { root, connectorsRoot, version, commit };
}
