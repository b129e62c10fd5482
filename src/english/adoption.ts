/** Note of every edit that taking over makes, where its person gives none. */
export function adoptionNote(file: string): string {
  return `taken over from the export ${file}`;
}

/** Why nothing can be taken over by a connector that has brought no aid yet. */
export function nothingHeldMessage(connector: string): string {
  return `the catalogue holds no aid of ${connector} yet: run it first (\`moisson run ${connector}\`), then take over`;
}

/** Why a run is not compared with what is live. */
export function notComparedMessage(file: string): string {
  return `not compared with ${file}: the feed was not read to its end`;
}
