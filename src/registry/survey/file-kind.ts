/** Contents of a file. `activities`: aid projects of donors, as in IATI. */
export type FileKind =
  | "aids"
  | "calls"
  | "grants-paid"
  | "projects"
  | "organisations"
  | "nomenclature"
  | "activities"
  | "statistics"
  | "unknown";

/** Returns false if importing the file as aids is a mistake. An unknown file may contain aids. */
export function mayBeAids(kind: FileKind): boolean {
  return kind === "aids" || kind === "calls" || kind === "unknown";
}
