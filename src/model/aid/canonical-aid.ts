import { compareCodePoints } from "../text/canonical.ts";
import { type Aid, aidFields } from "./aid.ts";
import { canonicalValue } from "./canonical-value.ts";

/**
 * Returns the aid as `aids --json` writes it; the catalogue's checksum uses it too. Keys: `aidId`, `connector`, `externalId`, the content
 * in schema order, `status`, `withdrawnAt`, `missingForPublication`. Vocabulary lists are in vocabulary order, financers and instructors
 * in the publisher's, other lists in code-point order (territories by `scale:code`); no duplicates, no run ids, no clock times.
 */
export function canonicalAid(aid: Aid): Record<string, unknown> {
  const canonical: Record<string, unknown> = { aidId: aid.aidId, connector: aid.connector, externalId: aid.externalId };
  for (const field of aidFields) canonical[field] = canonicalValue(field, aid[field]);
  canonical.status = aid.status;
  canonical.withdrawnAt = aid.withdrawnAt;
  canonical.missingForPublication = [...new Set(aid.missingForPublication)].sort(compareCodePoints);
  return canonical;
}
