import { isRecord } from "../../kit/expressions/field-path.ts";
import type { Values } from "../../model/run/decoded-record.ts";

/** Maximum nesting of objects. */
const deepest = 4;
/** Maximum number of paths. Some feeds use values such as dates as keys, which gives a path for each value. */
const maxPaths = 2_000;

/** Paths to the values of records. */
export interface PathsFound {
  /** Paths as in rules, in feed order: `titre`, `geo.libelle`, `tags[].title`. */
  readonly paths: readonly string[];
  /** A record has the key "", which no rule can read. */
  readonly hasNamelessKey: boolean;
}

/** Returns the paths to all values: texts, numbers, booleans, lists of them, and texts of XML elements. */
export function listPaths(records: readonly Values[]): PathsFound {
  const found = new Paths();
  for (const record of records) {
    for (const [key, value] of Object.entries(record)) if (key !== "") found.walk(value, key, 1);
  }
  return { paths: found.all(), hasNamelessKey: records.some((record) => Object.hasOwn(record, "")) };
}

class Paths {
  readonly #paths = new Set<string>();
  /** Paths of objects and lists of objects. In some records they may be null. */
  readonly #containers = new Set<string>();
  readonly #elementTexts = new Set<string>();

  walk(value: unknown, path: string, depth: number): void {
    const members = Array.isArray(value) ? value : [value];
    const objects = members.filter((member) => isRecord(member) && Object.keys(member).length > 0);
    if (objects.length === 0 || depth > deepest) {
      this.#add(path);
      return;
    }
    const prefix = Array.isArray(value) ? `${path}[].` : `${path}.`;
    for (const object of objects as Values[]) this.#walkKeys(object, path, prefix, depth);
  }

  /** Returns the paths in order of occurrence. `a[].b` also reads a single XML member `a`, so it replaces `a.b`. */
  all(): string[] {
    const byBarePath = new Map<string, string>();
    for (const path of this.#paths) {
      if (this.#containers.has(path) && !this.#elementTexts.has(path)) continue;
      const bare = path.replaceAll("[].", ".");
      const before = byBarePath.get(bare);
      if (before === undefined || path.length > before.length) byBarePath.set(bare, path);
    }
    return [...byBarePath.values()];
  }

  #walkKeys(object: Values, path: string, prefix: string, depth: number): void {
    this.#containers.add(path);
    for (const [key, value] of Object.entries(object)) {
      if (key === "#text") {
        this.#elementTexts.add(path);
        this.#add(path);
      } else if (key !== "" && !/[.[\]]/.test(key)) this.walk(value, prefix + key, depth + 1);
    }
  }

  #add(path: string): void {
    if (this.#paths.size < maxPaths) this.#paths.add(path);
  }
}
