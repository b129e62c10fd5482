import { describe, expect, it } from "vitest";
import { writtenDates } from "../../src/survey/profile/written-dates.ts";

function formats(texts: readonly string[]): readonly string[] | null {
  return writtenDates(texts, "Europe/Paris")?.formats ?? null;
}

function codes(texts: readonly string[]): string[] {
  return writtenDates(texts, "Europe/Paris")?.evidence.map(({ code }) => code) ?? [];
}

describe("date formats of a field", () => {
  const each: readonly (readonly [string, readonly string[], readonly string[]])[] = [
    ["ISO", ["2024-12-31", "2023-02-27T15:00:00+01:00"], ["iso"]],
    ["day first", ["31/12/2024", "01/02/2024"], ["dd/MM/yyyy"]],
    ["month first, known from one row", ["04/03/2019", "12/31/2019", "05/06/2019"], ["MM/dd/yyyy"]],
    ["day first, two digits", ["04/07/24", "15/07/24"], ["dd/MM/yy"]],
    ["without zeros", ["1/2/2024", "12/3/2024"], ["d/M/yyyy"]],
    ["in one number", ["20230112", "20240315"], ["yyyyMMdd"]],
    ["in French words", ["15 août 2022", "1er mars 2024"], ["french"]],
    ["as e-mail has it", ["Sat, 21 Dec 19 11:00:28 +0100"], ["rfc822"]],
    ["with an hour", ["31/12/2024 16:30:00", "01/02/2024 08:00:00"], ["dd/MM/yyyy HH:mm:ss"]],
    ["two ways in one field", ["03/04/2023", "2023-04-03", "28/02/2023"], ["dd/MM/yyyy", "iso"]],
    ["with dots", ["31.12.2024"], ["dd.MM.yyyy"]],
  ];
  it.each(each)("%s", (_, texts, expected) => {
    expect(formats(texts)).toEqual(expected);
  });

  it("are null if no text is a date", () => {
    expect(formats(["toute l'année", "fin mars"])).toBeNull();
    expect(formats([])).toBeNull();
    expect(formats(["00000003", "00000006"])).toBeNull();
  });

  it("match only the dates if the field also contains words", () => {
    const written = writtenDates(["15 avril 2022", "toute l'année", "30 juin 2022"], "Europe/Paris");
    expect(written?.formats).toEqual(["french"]);
    expect(written?.read).toBeCloseTo(2 / 3);
    expect(written?.evidence).toContainEqual({ code: "not-all-read", params: { share: 67, example: "toute l'année" } });
  });
});

describe("evidence for date formats", () => {
  it("no date tells day from month: the day is first, as in French", () => {
    expect(formats(["04/03/2019", "05/06/2019"])).toEqual(["dd/MM/yyyy"]);
    expect(codes(["04/03/2019", "05/06/2019"])).toEqual(["day-or-month"]);
  });

  it("both orders occur in one field: the more frequent order is used, and the other dates stay unread", () => {
    const texts = ["31/01/2024", "30/01/2024", "12/25/2024"];
    expect(formats(texts)).toEqual(["dd/MM/yyyy"]);
    expect(codes(texts)).toContain("both-orders");
    expect(codes(texts)).toContain("not-all-read");
  });

  it("22:00Z and 23:00Z are midnight in Paris, so the times are in UTC", () => {
    expect(formats(["2019-07-07T22:00:00.000Z", "2019-12-31T23:00:00Z"])).toEqual(["iso"]);
    expect(codes(["2019-07-07T22:00:00.000Z"])).toContain("midnight-in-utc");
  });

  it("23:59Z is the end of a day, so the times are local", () => {
    expect(formats(["2026-03-17T23:59:00Z", "2026-03-18T17:00:00Z"])).toEqual(["iso-local"]);
    expect(codes(["2026-03-17T23:59:00Z"])).toContain("zone-not-meant");
  });

  it('dates that mean "no end", and significant times', () => {
    const written = writtenDates(["31/12/2099", "15/04/2025", "28/04/2025"], "Europe/Paris");
    expect(written?.noEnd).toEqual(["31/12/2099"]);
    expect(written?.hasHours).toBe(false);
    expect(writtenDates(["2023-02-27T15:00:00+01:00"], "Europe/Paris")?.hasHours).toBe(true);
    expect(writtenDates(["2023-12-31T23:59:59+01:00"], "Europe/Paris")?.hasHours).toBe(false);
  });
});
