import type { Aid } from "../../model/aid/aid.ts";

/** Returns true for an aid that exports include: published, or in review and in scope unless `publishedOnly`; never withdrawn. */
export function isExported(aid: Pick<Aid, "status" | "withdrawnAt" | "outOfScope">, publishedOnly: boolean): boolean {
  if (aid.withdrawnAt !== null) return false;
  return aid.status === "published" || (aid.status === "reviewable" && aid.outOfScope === null && !publishedOnly);
}

/** Aids one by one, or in batches as the catalogue reads them. */
export type AidSource<One extends Aid = Aid> = AsyncIterable<One | readonly One[]> | Iterable<One | readonly One[]>;

/** Yields the aids of a source in order. */
export async function* eachAid<One extends Aid>(source: AidSource<One>): AsyncGenerator<One> {
  for await (const batch of source) {
    if (isBatch(batch)) yield* batch;
    else yield batch;
  }
}

function isBatch<One extends Aid>(batch: One | readonly One[]): batch is readonly One[] {
  return Array.isArray(batch);
}
