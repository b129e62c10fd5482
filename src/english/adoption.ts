/** Returns the default note of edits made by taking over. */
export function adoptionNote(file: string): string {
  return `taken over from the export ${file}`;
}

/** Explains that a connector without aids cannot take over. */
export function nothingHeldMessage(connector: string): string {
  return `the catalogue has no aid of ${connector} yet: run it first (\`moisson run ${connector}\`), then take over`;
}

/** Explains why a run is not compared with the live aids. */
export function notComparedMessage(file: string): string {
  return `not compared with ${file}: the feed was not read completely`;
}
