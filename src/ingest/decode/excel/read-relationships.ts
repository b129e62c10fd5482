import { posix } from "node:path";
import type { OfficePackage } from "./open-package.ts";
import { readXml } from "./read-xml.ts";

/** A reference from one part to another. */
export interface Relationship {
  /** Last segment of its type, equal in transitional and strict files: `worksheet`, `sharedStrings`, `styles`, `hyperlink`… */
  readonly kind: string;
  /** Name of the part, or the address as written if it is external. */
  readonly target: string;
}

/** Maximum size of a part that is held in memory (relationships, workbook, styles), bytes. */
export const smallPartLimit = 64 * 1024 ** 2;

/** Returns the relationships of a part by id; `""` is the package itself. None if the part has none. */
export async function readRelationships(file: OfficePackage, part: string): Promise<ReadonlyMap<string, Relationship>> {
  const found = new Map<string, Relationship>();
  const name = posix.join(posix.dirname(part), "_rels", `${posix.basename(part)}.rels`);
  if (!file.has(name)) return found;
  await readXml(file.read(name, smallPartLimit), name, {
    open(element, { Id: id, Type: type = "", Target: target = "", TargetMode: mode }) {
      if (element !== "Relationship" || id === undefined) return;
      found.set(id, { kind: posix.basename(type), target: mode === "External" ? target : partName(part, target) });
    },
  });
  return found;
}

function partName(from: string, target: string): string {
  return posix.resolve("/", posix.dirname(from), target).slice(1);
}

/** Returns the target of the first relationship of this kind, or null. */
export function targetOfKind(relationships: ReadonlyMap<string, Relationship>, kind: string): string | null {
  for (const relationship of relationships.values()) if (relationship.kind === kind) return relationship.target;
  return null;
}
