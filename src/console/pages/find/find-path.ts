import type { TraceHit } from "../../../model/trace/trace.ts";

/** Address of the page that tells what became of one that was found; null of a record that nothing names. */
export function findPath({ connector, externalId, aidId }: Pick<TraceHit, "connector" | "externalId" | "aidId">): string | null {
  const name = aidId ?? (externalId === null ? null : `${connector}/${externalId}`);
  return name === null ? null : `/ou-est-mon-aide?q=${encodeURIComponent(name)}`;
}
