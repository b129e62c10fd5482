import type { AidContent, AidField } from "../aid/aid.ts";

/** Two sources of an aid give different values for a field. `isSwapped`: days that are equal once day and month are swapped. */
export interface Contradiction {
  readonly field: AidField;
  readonly one: unknown;
  readonly other: unknown;
  readonly isSwapped: boolean;
}

const days = ["startDate", "predepositDate", "submissionDeadline"] as const;
const numbers = ["subventionRateLowerBound", "subventionRateUpperBound", "loanAmount", "recoverableAdvanceAmount"] as const;

/** Fields in which two contents may contradict each other. */
export const contradictable: readonly AidField[] = [...days, ...numbers, "targetedAudiences", "perimeters"];

/**
 * Returns the fields in which two contents of one aid contradict each other: days, rates, amounts, audiences and territories. Audiences
 * and territories do so only if they have nothing in common; territories of different scales may contain each other.
 */
export function contradictionsOf(one: Partial<AidContent>, other: Partial<AidContent>): Contradiction[] {
  const different = [...days, ...numbers].flatMap((field): Contradiction[] => {
    const [a, b] = [one[field] ?? null, other[field] ?? null];
    if (a === null || b === null || a === b) return [];
    return [{ field, one: a, other: b, isSwapped: typeof a === "string" && typeof b === "string" && isSwapped(a, b) }];
  });
  return [
    ...different,
    ...apart("targetedAudiences", one.targetedAudiences ?? [], other.targetedAudiences ?? []),
    ...(areOfOneScale(one, other) ? apart("perimeters", territoriesOf(one), territoriesOf(other)) : []),
  ];
}

function apart(field: AidField, one: readonly string[], other: readonly string[]): Contradiction[] {
  if (one.length === 0 || other.length === 0 || one.some((value) => other.includes(value))) return [];
  return [{ field, one, other, isSwapped: false }];
}

function territoriesOf({ perimeters = [] }: Partial<AidContent>): string[] {
  return perimeters.map(({ scale, code }) => `${scale}:${code}`);
}

function areOfOneScale({ perimeters: one = [] }: Partial<AidContent>, { perimeters: other = [] }: Partial<AidContent>): boolean {
  const scales = new Set(one.map(({ scale }) => scale));
  return scales.size === 1 && other.every(({ scale }) => scales.has(scale));
}

/** Returns true if two days (`YYYY-MM-DD`) differ, and are equal once day and month are swapped: 2026-02-06 and 2026-06-02. */
export function isSwapped(a: string, b: string): boolean {
  return a !== b && a.slice(0, 4) === b.slice(0, 4) && a.slice(5, 7) === b.slice(8) && a.slice(8) === b.slice(5, 7);
}
