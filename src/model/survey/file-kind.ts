/** Contents of a file. `activities`: aid projects of donors, as in IATI. */
export const fileKinds = [
  "aids",
  "calls",
  "grants-paid",
  "projects",
  "organisations",
  "nomenclature",
  "activities",
  "statistics",
  "unknown",
] as const;

export type FileKind = (typeof fileKinds)[number];

/** Returns false if importing the file as aids is a mistake. An unknown file may contain aids. */
export function mayBeAids(kind: FileKind): boolean {
  return kind === "aids" || kind === "calls" || kind === "unknown";
}
