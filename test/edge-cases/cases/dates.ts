import { doesNotApply, type EdgeCase, fateInWords } from "../edge-case.ts";
import { fieldCase, foundPlace } from "../field-cases.ts";
import { fieldOf } from "../harness.ts";
import { dates, dayIn, formsOf } from "../kinds.ts";
import { placeOf } from "../place.ts";

const shown = (out: unknown) => (out === null ? "kept, no date" : `kept ${String(out)}`);

const written = (name: string, value: unknown): EdgeCase => fieldCase(`date: ${name}`, dates, () => ({ value }), shown);

/** Valid and invalid notations of a date. */
export const dateCases: readonly EdgeCase[] = [
  written('""', ""),
  fieldCase("date: null", dates, ({ feed }) => (feed.isJson ? { value: null } : { none: "the format has no null" }), shown),
  fieldCase("date: absent", dates, () => ({ absent: true }), shown),
  written("0000-00-00", "0000-00-00"),
  written("31/02/2024", "31/02/2024"),
  written("05/03/2024 (day first)", "05/03/2024"),
  written("2024-03-05", "2024-03-05"),
  written("20240305", "20240305"),
  written("12/31/2024 (month first)", "12/31/2024"),
  written("Tue, 05 Mar 24 11:00:28 +0100", "Tue, 05 Mar 24 11:00:28 +0100"),
  written("2024-03-05T00:00:00Z", "2024-03-05T00:00:00Z"),
  written("2024-03-05T00:00:00+01:00", "2024-03-05T00:00:00+01:00"),
  written("2024-03-05T00:00:00.000Z", "2024-03-05T00:00:00.000Z"),
  written("2024-01-14T23:00:00.000Z (midnight in Paris, winter)", "2024-01-14T23:00:00.000Z"),
  written("2024-07-14T22:00:00.000Z (midnight in Paris, summer)", "2024-07-14T22:00:00.000Z"),
  written("1er mars 2024", "1er mars 2024"),
  written("toute l'année", "toute l'année"),
  written("2024-03-05 16: 08: 40 (blanks inside)", "2024-03-05 16: 08: 40"),
  written("05 / 03 / 2024 (blanks inside)", "05 / 03 / 2024"),
  {
    name: "date: a deadline before the start",
    outcome: async (harness) => {
      const start = foundPlace(harness, "startDate", dates);
      const end = placeOf(
        harness,
        "submissionDeadline",
        dates.probes(harness, "submissionDeadline"),
        "place" in start ? [start.place.index] : [],
      );
      if ("none" in start || "none" in end)
        return doesNotApply(`${"none" in start ? "start" : "deadline"}: ${"none" in start ? start.none : "none" in end ? end.none : ""}`);
      const put = (record: Record<string, unknown>, { place }: typeof start, day: string) => {
        const form = formsOf(harness, place.field).find(
          (one) => harness.read(place.field, place.put(record, dayIn(one, day))).value === day,
        );
        return place.put(record, dayIn(form ?? "iso", day)) as Record<string, unknown>;
      };
      const { index } = end.place;
      const record = put(put({ ...harness.feed.records[index] }, start, "2024-03-05"), end, "2024-01-15");
      const run = await harness.run("deadline before start", new Map([[index, record]]));
      return fateInWords(
        harness,
        run,
        index,
        ["submissionDeadline"],
        (kept) => `kept ${fieldOf(kept, "startDate")} to ${fieldOf(kept, "submissionDeadline")}`,
      );
    },
  },
];
