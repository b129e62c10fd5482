import { readFile, rename, writeFile } from "node:fs/promises";

/** One try of a cell. */
export interface Tried {
  readonly problems: readonly string[];
  readonly lost: readonly string[];
  readonly seconds: number;
}

/** All tries so far, in a file. */
export interface State {
  readonly tries: ReadonlyMap<string, readonly Tried[]>;
  tried(cell: string): number;
  /** Saves a try at once. */
  add(cell: string, tried: Tried): Promise<void>;
}

/** Opens the file, which may be missing. */
export async function openState(file: string): Promise<State> {
  const written = await readFile(file, "utf8").catch(() => "{}");
  const tries = new Map(Object.entries(JSON.parse(written) as Record<string, Tried[]>));
  let writing: Promise<void> = Promise.resolve();
  const write = async () => {
    await writeFile(`${file}.new`, JSON.stringify(Object.fromEntries(tries), null, 1));
    await rename(`${file}.new`, file);
  };
  return {
    tries,
    tried: (cell) => tries.get(cell)?.length ?? 0,
    add: (cell, tried) => {
      tries.set(cell, [...(tries.get(cell) ?? []), tried]);
      writing = writing.then(write);
      return writing;
    },
  };
}
