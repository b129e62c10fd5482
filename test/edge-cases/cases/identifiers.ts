import { doesNotApply, type EdgeCase, fateInWords } from "../edge-case.ts";
import { fieldCase, foundPlace, type Looked } from "../field-cases.ts";
import type { Harness } from "../harness.ts";
import { identifiers } from "../kinds.ts";

const shown = (out: unknown, { put }: Looked) => (out === put ? "kept as written" : `kept ${JSON.stringify(out)}`);

/** Returns a case with two equal records that differ in their identifiers. */
function twoRecords(name: string, first: unknown, second: unknown, needsNumbers: boolean): EdgeCase {
  return {
    name,
    outcome: async (harness: Harness) => {
      const found = foundPlace(harness, "externalId", identifiers);
      if ("none" in found) return doesNotApply(`identifier: ${found.none}`);
      const { place } = found;
      if (needsNumbers && !harness.feed.isJson) return doesNotApply("the format has texts only");
      const record = harness.feed.records[place.index] ?? {};
      const added = harness.feed.records.length;
      const run = await harness.run(
        name,
        new Map([
          [place.index, place.put(record, first)],
          [added, place.put(record, second)],
        ]),
      );
      const words = [place.index, added].map((index) =>
        fateInWords(harness, run, index, ["externalId"], ({ externalId }) => `kept ${externalId}`, place.index),
      );
      return words.join("; second ");
    },
  };
}

/** Values of an identifier. */
export const identifierCases: readonly EdgeCase[] = [
  fieldCase("id: absent", identifiers, () => ({ absent: true }), shown),
  fieldCase('id: ""', identifiers, () => ({ value: "" }), shown),
  fieldCase("id: blanks around", identifiers, () => ({ value: " 77 " }), shown),
  twoRecords("id: twice in one feed", "77", "77", false),
  twoRecords("id: a number, then the same as a text", 77, "77", true),
  twoRecords("id: with zeros in front, then without", "0077", "77", false),
];
