import { createReadStream, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, extname, join, relative } from "node:path";
import { decodeByEnding } from "../real-files/expectation.ts";
import { decodeParts, valuesOf } from "./decode-bytes.ts";
import { hasSharedData, sharedData } from "./shared-data.ts";

/** A distinct text of a real file. */
export interface RealText {
  /** Path in the shared data. */
  readonly file: string;
  readonly text: string;
}

const tables: ReadonlySet<string> = new Set([".csv", ".tsv", ".psv", ".ssv", ".xlsx", ".xlsm", ".xls", ".ods"]);
const packed: ReadonlySet<string> = new Set([".zip", ".zst"]);

/**
 * Yields the distinct texts of all real files: the strings of their records, or the whole file if it has none. Skips archives, and files
 * outside `folders`.
 */
export async function* realTexts(folders: readonly string[] = ["."]): AsyncGenerator<RealText> {
  if (!hasSharedData) return;
  const seen = new Set<string>();
  for (const folder of folders) {
    const names = readdirSync(join(sharedData, folder), { recursive: true, encoding: "utf8" }).toSorted();
    for (const path of names.map((name) => join(sharedData, folder, name))) {
      if (packed.has(extname(path)) || !statSync(path).isFile()) continue;
      for (const text of await textsOf(path)) {
        if (seen.has(text)) continue;
        seen.add(text);
        yield { file: relative(sharedData, path), text };
      }
    }
  }
}

async function textsOf(path: string): Promise<string[]> {
  const whole = () => readFileSync(path, "utf8");
  try {
    if (extname(path) === ".json") return stringsIn(JSON.parse(whole()));
  } catch {
    return [whole()];
  }
  if (!tables.has(extname(path))) return [whole()];
  const part = { name: basename(path), contentType: null, bytes: statSync(path).size, path, open: () => createReadStream(path) };
  const texts = stringsIn(valuesOf(await decodeParts([part], decodeByEnding(path))));
  return texts.length > 0 ? texts : [whole()];
}

function stringsIn(value: unknown): string[] {
  const found: string[] = [];
  const open: unknown[] = [value];
  while (open.length > 0) {
    const one = open.pop();
    if (typeof one === "string") found.push(one);
    else if (typeof one === "object" && one !== null) for (const inner of Object.values(one)) open.push(inner);
  }
  return found.reverse();
}
