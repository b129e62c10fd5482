import { posix } from "node:path";
import { FeedUnreadable } from "../../../model/run/run-error.ts";
import type { DateSystem } from "./cell-value.ts";
import { type OfficePackage, refuseOtherPackage, smallPartLimit } from "./open-package.ts";
import { isTrue, readXml } from "./read-xml.ts";

/** A visible worksheet. */
interface Sheet {
  readonly name: string;
  /** Name of the sheet's part in the package. */
  readonly part: string;
}

/** Contents of a workbook part. */
export interface Workbook {
  /** Visible worksheets in order, without charts. */
  readonly sheets: readonly Sheet[];
  readonly dateSystem: DateSystem;
  readonly sharedStringsPart: string | null;
  readonly stylesPart: string | null;
}

/** Reads the workbook part. Throws `FeedUnreadable` (`unsupported-file`) if the package has none. */
export async function readWorkbook(file: OfficePackage): Promise<Workbook> {
  const part = targetOfKind(await readRelationships(file, ""), "officeDocument") ?? "xl/workbook.xml";
  if (!file.has(part) || !part.endsWith(".xml")) return refuseOtherPackage(file);
  const listed: { name: string; relationshipId: string; isVisible: boolean }[] = [];
  let dateSystem: DateSystem = 1900;
  let root: string | null = null;
  await readXml(file.read(part, smallPartLimit), part, {
    open(element, attributes) {
      root ??= element;
      if (element === "workbookPr" && isTrue(attributes.date1904)) dateSystem = 1904;
      if (element !== "sheet") return;
      listed.push({
        name: attributes.name ?? "",
        relationshipId: relationshipIdOf(attributes),
        isVisible: (attributes.state ?? "visible") === "visible",
      });
    },
  });
  if (root !== "workbook") return refuseOtherPackage(file);
  const relationships = await readRelationships(file, part);
  const sheets: Sheet[] = [];
  for (const { name, relationshipId, isVisible } of listed) {
    const relationship = relationships.get(relationshipId);
    if (isVisible && relationship?.kind === "worksheet") sheets.push({ name, part: relationship.target });
  }
  const sharedStringsPart = targetOfKind(relationships, "sharedStrings");
  return { sheets, dateSystem, sharedStringsPart, stylesPart: targetOfKind(relationships, "styles") };
}

/** Returns the `r:id` of an element. The prefix may differ. */
export function relationshipIdOf(attributes: Readonly<Record<string, string>>): string {
  for (const [name, value] of Object.entries(attributes)) if (name.endsWith(":id")) return value;
  return "";
}

/** A reference from one part to another. */
interface Relationship {
  /** Last segment of the type, which is equal in transitional and strict files: `worksheet`, `sharedStrings`, `styles`, `hyperlink`… */
  readonly kind: string;
  /** Name of the part, or the address as written if it is external. */
  readonly target: string;
}

/** Returns the relationships of a part by id. The part `""` is the package itself. */
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
function targetOfKind(relationships: ReadonlyMap<string, Relationship>, kind: string): string | null {
  for (const relationship of relationships.values()) if (relationship.kind === kind) return relationship.target;
  return null;
}

/** Returns the sheets of a definition, each once. Throws like `chooseSheet`. */
export function chooseSheets<S extends { readonly name: string }>(sheets: readonly S[], wanted: DeclaredSheets): S[] {
  return [...new Set([wanted].flat().map((sheet) => chooseSheet(sheets, sheet)))];
}

/** A sheet, or several, by name or position. */
type DeclaredSheets = string | number | readonly (string | number)[];

/**
 * Returns the sheet with this name, or at this position from 1. Ignores case and blanks if no name is equal. Throws `FeedUnreadable`
 * (`no-such-sheet`) with the names of the sheets.
 */
function chooseSheet<S extends { readonly name: string }>(sheets: readonly S[], wanted: string | number): S {
  const chosen =
    typeof wanted === "number"
      ? sheets[wanted - 1]
      : (sheets.find(({ name }) => name === wanted) ?? sheets.find(({ name }) => folded(name) === folded(wanted)));
  if (chosen !== undefined) return chosen;
  throw new FeedUnreadable("no-such-sheet", { sheet: wanted, found: sheets.map(({ name }) => name).join(", ") });
}

function folded(name: string): string {
  return name.normalize("NFC").replace(/\s+/g, " ").trim().toLowerCase();
}
