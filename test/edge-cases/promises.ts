import { isDeepStrictEqual } from "node:util";
import type { BytesRun, Fate } from "./run-bytes.ts";

/** The day of all runs. No fixture or case contains it: if a result contains it, the code has read the clock. */
export const testDay = "2031-07-09";

/** Returns the broken promises of a run: rules that hold for every feed, whatever its errors. */
export function brokenPromises(plain: BytesRun, after: BytesRun, untouched: readonly number[]): string[] {
  const broken: string[] = [];
  const { received, skipped, rejected, valid } = after;
  if (received !== skipped + rejected + valid) broken.push(`received ${received}, skipped ${skipped}, rejected ${rejected}, kept ${valid}`);
  if (after.fates.length !== received) broken.push(`received ${received}, but the outcome of ${after.fates.length} is known`);
  if (after.error === null) {
    for (const index of untouched) {
      const [before, now] = [plain.fates[index], after.fates[index]];
      if (before?.kind === "kept" && !isSame(before, now))
        broken.push(`record ${index + 1}, which the case does not touch, has another result`);
    }
  }
  for (const fate of after.fates) broken.push(...saidWrongly(fate));
  return broken;
}

function isSame(before: Fate, now: Fate | undefined): boolean {
  if (before.kind !== "kept" || now?.kind !== "kept") return false;
  return before.externalId === now.externalId && isDeepStrictEqual(before.content, now.content);
}

function saidWrongly(fate: Fate): string[] {
  if (fate.kind !== "kept") return [];
  const { content } = fate;
  const broken: string[] = [];
  for (const [field, value] of Object.entries(content)) {
    const text = JSON.stringify(value);
    if (/date$|deadline$/i.test(field) && value === testDay) broken.push(`${field} is today`);
    if (/<script/i.test(text)) broken.push(`${field} contains a script`);
    if (text.includes("[object Object]")) broken.push(`${field} contains [object Object]`);
    const members: unknown[] = Array.isArray(value) ? value : [];
    if (members.some((member) => typeof member === "string" && member.length < 2)) broken.push(`${field} contains single letters`);
  }
  return broken;
}
