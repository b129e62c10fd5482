import type { AidContent } from "../model/aid/aid.ts";
import { fingerprintOf } from "../model/text/canonical.ts";
import { canHoldPerson } from "./can-hold-person.ts";
import { readableView } from "./readable-view.ts";
import { type RecognisedPerson, recognisePeople } from "./recognise-people.ts";

/** Keys of doubtful texts that a colleague has recognised as services. */
export type KnownServices = ReadonlySet<string>;

export const noServices: KnownServices = new Set();

/** A doubtful person in an aid. `around`: the text before and after it. */
export interface Doubt {
  readonly key: string;
  readonly kind: RecognisedPerson["kind"];
  readonly text: string;
  readonly around: readonly [before: string, after: string];
}

/** Returns the key of a doubtful person: the same for all texts that contain the same name or address. */
function doubtKey({ kind, normalised }: Pick<RecognisedPerson, "kind" | "normalised">): string {
  return fingerprintOf(`${kind} ${normalised}`);
}

/** Finds the people of a text, without the doubtful ones that are services. */
export function peopleBut(services: KnownServices, written: string): RecognisedPerson[] {
  const people = recognisePeople(written);
  return services.size === 0 ? people : people.filter((person) => person.isSure || !services.has(doubtKey(person)));
}

const fields = ["contact", "description", "eligibility", "projectExamples", "contactDetail", "contactEmail", "name"] as const;
/** Number of characters of `around`, on each side. */
const shown = 60;

/** Finds the doubtful people of an aid's texts, one per key. */
export function doubtsIn(content: Pick<AidContent, (typeof fields)[number]>): Doubt[] {
  const found = new Map<string, Doubt>();
  for (const field of fields) {
    const written = content[field];
    if (written === null || !canHoldPerson(written)) continue;
    const visible = (from: number, to: number) => readableView(written.slice(from, to)).text.replace(/\s+/g, " ");
    for (const person of recognisePeople(written)) {
      const key = doubtKey(person);
      if (person.isSure || found.has(key)) continue;
      const [before, after] = [visible(Math.max(0, person.start - 3 * shown), person.start), visible(person.end, person.end + 3 * shown)];
      const text = visible(person.start, person.end).trim();
      found.set(key, { key, kind: person.kind, text, around: [before.slice(-shown), after.slice(0, shown)] });
    }
  }
  return [...found.values()];
}
