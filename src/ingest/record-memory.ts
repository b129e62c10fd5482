import { hash } from "node:crypto";
import type { HeldHead } from "../model/plan/plan.ts";
import type { RecordMemory } from "./decode/decoded.ts";

/**
 * Recalls aids by the exact text of their record. `mapping` is the fingerprint of connector, terms and normaliser, without which the same
 * text does not give the same aid.
 */
export function recordMemory(mapping: string, recall: (hashes: readonly string[]) => Promise<ReadonlyMap<string, HeldHead>>): RecordMemory {
  return {
    async recall(written) {
      const hashes = written.map((text) => hash("sha256", `${mapping}\u001e${text}`, "base64url").slice(0, 22));
      const heads = await recall(hashes);
      return hashes.map((of) => ({ hash: of, head: heads.get(of) }));
    },
  };
}
