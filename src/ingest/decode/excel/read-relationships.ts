import { posix } from "node:path";
import type { OfficePackage } from "./open-package.ts";
import { readXml } from "./read-xml.ts";

/** Where a part points to. */
export interface Relationship {
  /** Last word of its type, the same in transitional and strict files: `worksheet`, `sharedStrings`, `styles`, `hyperlink`… */
  readonly kind: string;
  /** Name of the part in the package, or the address as written where it is external. */
  readonly target: string;
}

/** Largest part that is kept in memory whole (relationships, workbook, styles), bytes. */
export const smallPartLimit = 64 * 1024 ** 2;

/** The relationships of a part by id; of the package itself for `""`. None where there is no such part. */
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

/** The part of a certain kind that another one points to. */
export function targetOfKind(relationships: ReadonlyMap<string, Relationship>, kind: string): string | null {
  for (const relationship of relationships.values()) if (relationship.kind === kind) return relationship.target;
  return null;
}
