import { type AidField, aidFields } from "../aid/aid.ts";
import { type GuardFinding, shiftKinds } from "./guard.ts";

/** A field of the feed that the publisher renamed. */
export interface FieldRename {
  readonly from: string;
  readonly to: string;
}

/** Returns the renames that guards found. */
export function renamesIn(guards: readonly GuardFinding[]): FieldRename[] {
  const found = guards.flatMap(({ code, params }) =>
    code === "path-missing" && params?.to !== undefined ? [{ from: String(params.from ?? params.path), to: String(params.to) }] : [],
  );
  return found.filter(({ from }, place) => found.findIndex((other) => other.from === from) === place);
}

/** Returns the fields of the aid that a finding concerns, and `externalId`. */
export function fieldsOfFinding({ field, params }: GuardFinding): string[] {
  const fields = String(params?.fields ?? "")
    .split(",")
    .filter(Boolean);
  return fields.length > 0 || field === undefined ? fields : [field];
}

/** Returns the fields of the aid that can keep their last values while the rest of the plan is applied: none if no record is valid. */
export function brokenFields(guards: readonly GuardFinding[]): AidField[] {
  if (guards.some(({ code }) => code === "none-valid" || code === "nothing-received")) return [];
  const breaks = guards.filter(({ code }) => code === "path-missing" || shiftKinds.some((kind) => kind === code));
  const names = new Set(breaks.flatMap(fieldsOfFinding));
  return aidFields.filter((field) => names.has(field));
}
