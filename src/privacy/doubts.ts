import type { AidContent } from "../model/aid/aid.ts";
import { fingerprintOf } from "../model/text/canonical.ts";
import { readableView } from "./readable-view.ts";
import { type RecognisedPerson, recognisePeople } from "./recognise-people.ts";

/** Keys of doubtful texts that a colleague has recognised as services. */
export type KnownServices = ReadonlySet<string>;

/** The same for the texts of one aid. `namesOfAid`: its title, programmes and funders. */
export interface ServicesOfAid extends Pick<KnownServices, "has" | "size"> {
  readonly namesOfAid?: string;
}

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

/** Adds the names of an aid to the services. */
export function servicesOf(services: KnownServices, content: AidContent): ServicesOfAid {
  const { name, programs, financers, instructors } = content;
  const namesOfAid = [name, ...programs, ...[...financers, ...instructors].map((organisation) => organisation.name)].join("\n");
  return { size: services.size, has: (key) => services.has(key), namesOfAid };
}

/** Finds the people of a text, without the doubtful ones that are services. */
export function peopleBut(services: ServicesOfAid, written: string): RecognisedPerson[] {
  const people = recognisePeople(written, services.namesOfAid);
  return services.size === 0 ? people : people.filter((person) => person.isSure || !services.has(doubtKey(person)));
}

const fields = ["contact", "description", "eligibility", "projectExamples", "contactDetail", "contactEmail", "name"] as const;
/** Number of characters of `around`, on each side. */
const shown = 60;

/** Finds the doubtful people of an aid's texts, one per key. */
export function doubtsIn(content: AidContent): Doubt[] {
  const found = new Map<string, Doubt>();
  const { namesOfAid } = servicesOf(noServices, content);
  for (const field of fields) {
    const written = content[field];
    if (written === null) continue;
    const visible = (from: number, to: number) => readableView(written.slice(from, to)).text.replace(/\s+/g, " ");
    for (const person of recognisePeople(written, namesOfAid)) {
      const key = doubtKey(person);
      if (person.isSure || found.has(key)) continue;
      const [before, after] = [visible(Math.max(0, person.start - 3 * shown), person.start), visible(person.end, person.end + 3 * shown)];
      const text = visible(person.start, person.end).trim();
      found.set(key, { key, kind: person.kind, text, around: [before.slice(-shown), after.slice(0, shown)] });
    }
  }
  return [...found.values()];
}
