import { doesNotApply, type EdgeCase, fateInWords } from "../edge-case.ts";
import { fieldCase, foundPlace, type Looked } from "../field-cases.ts";
import type { Harness } from "../harness.ts";
import { identifiers, titles } from "../kinds.ts";
import { placeOf } from "../place.ts";

const shown = (out: unknown, { put }: Looked) => (out === put ? "kept as written" : `kept ${JSON.stringify(out)}`);

interface TwoRecords {
  readonly first: unknown;
  readonly second: unknown;
  readonly needsNumbers?: boolean;
  /** The second record has another title. */
  readonly hasOtherTitle?: boolean;
}

/** Returns a case with two records that are equal except for the given fields. */
function twoRecords(name: string, { first, second, needsNumbers = false, hasOtherTitle = false }: TwoRecords): EdgeCase {
  return {
    name,
    outcome: async (harness: Harness) => {
      const found = foundPlace(harness, "externalId", identifiers);
      if ("none" in found) return doesNotApply(`identifier: ${found.none}`);
      const { place } = found;
      if (needsNumbers && !harness.feed.isJson) return doesNotApply("the format has texts only");
      const record = harness.feed.records[place.index] ?? {};
      const title = hasOtherTitle ? placeOf(harness, "name", titles.probes(harness, "name"), [place.index]) : null;
      if (title !== null && "none" in title) return doesNotApply(`title: ${title.none}`);
      const other = title === null ? record : title.place.put(record, title.probe.value);
      const added = harness.feed.records.length;
      const run = await harness.run(
        name,
        new Map([
          [place.index, place.put(record, first)],
          [added, place.put(other, second)],
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
  twoRecords("id: twice in one feed", { first: "77", second: "77" }),
  twoRecords("id: twice in one feed, with another title", { first: "77", second: "77", hasOtherTitle: true }),
  twoRecords("id: a number, then the same as a text", { first: 77, second: "77", needsNumbers: true }),
  twoRecords("id: with zeros in front, then without", { first: "0077", second: "77" }),
];
