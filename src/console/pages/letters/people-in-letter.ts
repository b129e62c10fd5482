import type { AidField } from "../../../model/aid/aid.ts";
import type { PeoplePolicy } from "../../../model/publisher/people-policy.ts";
import type { AnnexLine, Fault, Letter } from "../../../partners/letters/letter.ts";
import type { KnownServices } from "../../../privacy/doubts.ts";
import { textWithoutPeople } from "../../../privacy/text-without-people.ts";

const contactFields: ReadonlySet<string | null> = new Set<AidField>(["contact", "contactEmail", "contactPhone", "contactDetail"]);

/** Texts of a letter that quote the publisher's data. */
type Quoted = Pick<AnnexLine, "title" | "value">;

/**
 * Removes people from what a letter and its annex quote, as the policy of the publisher says. `professional` keeps the values of contact
 * fields.
 */
export function peopleInLetter(policy: PeoplePolicy, services: KnownServices) {
  const cleaned = (text: string | null) => (policy === "all" ? text : textWithoutPeople(text, services));
  const quoted = <One extends Quoted>(one: One, field: string | null): One => ({
    ...one,
    title: cleaned(one.title),
    value: policy === "professional" && contactFields.has(field) ? one.value : cleaned(one.value),
  });
  const inFault = (fault: Fault): Fault => ({ ...fault, examples: fault.examples.map((example) => quoted(example, fault.field)) });
  return {
    lines: (lines: readonly AnnexLine[]): AnnexLine[] => lines.map((line) => quoted(line, line.field)),
    letter: (letter: Letter): Letter => ({
      ...letter,
      faults: letter.faults.map(inFault),
      questions: letter.questions.map(inFault),
      words: letter.words.map(({ terms, ...rest }) => ({
        ...rest,
        terms: terms.flatMap(({ term, count }) => {
          const shown = cleaned(term);
          return shown === null ? [] : [{ term: shown, count }];
        }),
      })),
    }),
  };
}
