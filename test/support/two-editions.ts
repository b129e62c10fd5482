import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { cacheFolder } from "./cache-folder.ts";

/** Two whole editions of the registry, as files that `npm pack` writes. */
export interface TwoEditions {
  readonly old: string;
  readonly next: string;
}

/** Returns two whole editions, from the cache or the registry, or null without a network. Only long tests need them. */
export function twoEditions(): TwoEditions | null {
  const [old, next] = [packed("3.1.1"), packed("6.0.0")];
  return old === null || next === null ? null : { old, next };
}

function packed(version: string): string | null {
  const file = join(cacheFolder, `etalab-decoupage-administratif-${version}.tgz`);
  if (existsSync(file)) return file;
  mkdirSync(cacheFolder, { recursive: true });
  try {
    const options = { timeout: 60_000, stdio: "ignore" } as const;
    execFileSync("npm", ["pack", `@etalab/decoupage-administratif@${version}`, "--pack-destination", cacheFolder], options);
  } catch {
    return null;
  }
  return existsSync(file) ? file : null;
}
