import type { AidField } from "../aid/aid.ts";
import { canonicalJson, fingerprintOf } from "../text/canonical.ts";
import { changeShape } from "./change-shape.ts";

/** Returns a key that is equal for equal effects on a field: `<field>-<fingerprint>`. It contains nothing of the values. */
export function changeKey(field: AidField, before: unknown, after: unknown): string {
  return `${field}-${fingerprintOf(canonicalJson(changeShape(field, before, after)))}`;
}
