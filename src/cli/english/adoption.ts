/** Returns the default note of the edits that an adoption makes. */
export function adoptionNote(file: string): string {
  return `taken over from the export ${file}`;
}

/** Explains that a connector cannot adopt live aids before its own aids are in the catalogue. */
export function nothingHeldMessage(connector: string): string {
  return `the catalogue has no aid of ${connector} yet: run it first (\`moisson run ${connector}\`), then adopt the live aids`;
}

/** Explains why a run is not compared with the live aids. */
export function notComparedMessage(file: string): string {
  return `not compared with ${file}: the feed was not read completely`;
}
