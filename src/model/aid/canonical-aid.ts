import { compareCodePoints } from "../text/canonical.ts";
import { type Aid, aidFields } from "./aid.ts";
import { canonicalValue } from "./canonical-value.ts";

/**
 * Returns the aid as in `aids --json` and in the catalogue's checksum. Keys are in the order `aidId`, `connector`, `externalId`, the
 * content in schema order, `status`, `withdrawnAt`, `missingForPublication`, `missingForDescription`, and `filledByMoisson` if we filled
 * fields. Values are in the form of `canonicalValue`. Contains no run ids and no times.
 */
export function canonicalAid(aid: Aid): Record<string, unknown> {
  const canonical: Record<string, unknown> = { aidId: aid.aidId, connector: aid.connector, externalId: aid.externalId };
  for (const field of aidFields) canonical[field] = canonicalValue(field, aid[field]);
  canonical.status = aid.status;
  canonical.withdrawnAt = aid.withdrawnAt;
  for (const key of ["missingForPublication", "missingForDescription"] as const)
    canonical[key] = [...new Set(aid[key])].sort(compareCodePoints);
  if (aid.filledByMoisson !== undefined) canonical.filledByMoisson = aid.filledByMoisson;
  return canonical;
}
