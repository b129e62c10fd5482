import type { OfficePackage } from "./open-package.ts";
import { readRelationships, smallPartLimit, targetOfKind } from "./read-relationships.ts";
import { readXml } from "./read-xml.ts";
import { refuseOtherPackage } from "./refuse-other-files.ts";
import type { DateSystem } from "./serial-date.ts";

/** A visible worksheet. */
interface Sheet {
  readonly name: string;
  /** Its part in the package. */
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

/** Reads the workbook part, wherever the package has it. Throws `FeedUnreadable` (`unsupported-file`) for a package without one. */
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

/** Returns the `r:id` of an element, with any prefix for the namespace of relationships. */
export function relationshipIdOf(attributes: Readonly<Record<string, string>>): string {
  for (const [name, value] of Object.entries(attributes)) if (name.endsWith(":id")) return value;
  return "";
}

function isTrue(value: string | undefined): boolean {
  return value === "1" || value === "true";
}
