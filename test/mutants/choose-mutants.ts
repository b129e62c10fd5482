import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { seeded } from "../support/seeded.ts";
import { type Mutation, mutationsOf } from "./mutations.ts";

/** A change of a file of the project. */
export interface Mutant extends Mutation {
  /** From the project's root. */
  readonly file: string;
}

/** What to change: a file or a folder, and in a file perhaps one line. */
export interface Place {
  readonly path: string;
  readonly line: number | null;
}

/** Reads `src/kit/feed.ts:12` or `src/kit`. */
export function placeOf(given: string): Place {
  const [, path = given, line] = /^(.*?)(?::(\d+))?$/.exec(given) ?? [];
  return { path, line: line === undefined ? null : Number(line) };
}

/**
 * Yields different mutants of the sources at a place, in an order that depends only on the seed and the sources. A long file has as many
 * chances as it has lines, and the kinds of changes in a file have equal chances.
 */
export function* chooseMutants(root: string, { path, line }: Place, seed: number): Generator<Mutant> {
  const random = seeded(seed);
  const pick = <T>(from: readonly T[]): T | undefined => from[Math.floor(random() * from.length)];
  const lines = filesAt(root, path).flatMap((file) =>
    readFileSync(join(root, file), "utf8")
      .split("\n")
      .map(() => file),
  );
  const chosen = new Set<string>();
  for (let misses = 0; misses < 1000; ) {
    const file = pick(lines);
    if (file === undefined) return;
    const kinds = [...mutationsOf(file, readFileSync(join(root, file), "utf8")).values()]
      .map((some) => some.filter((one) => line === null || one.line === line))
      .filter((some) => some.length > 0);
    const mutation = pick(pick(kinds) ?? []);
    const key = mutation && `${file} ${mutation.start} ${mutation.after}`;
    if (mutation === undefined || key === undefined || chosen.has(key)) {
      misses++;
      continue;
    }
    misses = 0;
    chosen.add(key);
    yield { file, ...mutation };
  }
}

function filesAt(root: string, path: string): string[] {
  if (/\.tsx?$/.test(path)) return [path];
  return readdirSync(join(root, path), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !entry.name.endsWith("-tables.ts"))
    .map((entry) => join(entry.parentPath, entry.name).slice(join(root, "/").length))
    .sort();
}
