import { hash } from "node:crypto";
import type { Issue } from "../../model/issue.ts";

/** A decoded record. */
interface HashedRecord {
  readonly values: Readonly<Record<string, unknown>>;
  /** Issues of decoding. */
  readonly issues?: readonly Issue[];
}

/**
 * Returns the digest of a record and of the code and rules that read it. Records with equal digests give equal aids and issues, so an
 * unchanged record is not mapped again. A repaired record differs from a sound one with the same values. `mapping` is the fingerprint of
 * connector, term files and normaliser. `name` is the distinct title, or empty if the title does not depend on other records.
 */
export function recordDigest({ values, issues }: HashedRecord, mapping: string, name = ""): Uint8Array {
  const found = issues === undefined ? "" : `${JSON.stringify(issues.map(({ locator: _, ...rest }) => rest))}\u001e`;
  return hash("sha256", `${mapping}\u001e${name}\u001e${found}${textOf(values)}`, "buffer");
}

/**
 * Returns the digest of a record that is rejected for a reason outside of it: it repeats an external id, or cannot be decoded. `record`: its
 * digest or its text. `reason`: the issue.
 */
export function rejectionDigest(record: string, reason: Omit<Issue, "locator">, mapping: string): Uint8Array {
  return hash("sha256", `${mapping}\u001erejected\u001e${record}\u001e${JSON.stringify(reason)}`, "buffer");
}

/** Returns a record as one text. Joins texts where possible, because JSON is several times slower. */
function textOf(values: Readonly<Record<string, unknown>>): string {
  let text = "";
  for (const key in values) {
    const value = values[key];
    if (typeof value !== "string") return JSON.stringify(values);
    text += `${key}\u001f${value}\u001f`;
  }
  return text;
}
