import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { join } from "../../../src/kit/expressions/expression.ts";
import { date, time } from "../../../src/kit/rules/date.ts";
import { formatProblem } from "../../../src/kit/values/dates/read-date.ts";
import { readValue } from "../../support/read-value.ts";

function read(text: unknown, formats: string[], timeZone?: string) {
  const { value, codes } = readValue(date("d", formats), { d: text }, timeZone === undefined ? {} : { timeZone });
  return [value, ...codes];
}

describe("a date in the publisher's time zone", () => {
  it.each([
    ["Paris midnight in UTC, summer: Île-de-France lost a day", "2019-07-07T22:00:00.000Z", "Europe/Paris", "2019-07-08"],
    ["Paris midnight in UTC, winter", "2019-12-31T23:00:00.000Z", "Europe/Paris", "2020-01-01"],
    ["no milliseconds: null in generation 2", "2019-03-20T00:00:00Z", "Europe/Paris", "2019-03-20"],
    ["ADEME's first day was 2022-12-31 in UTC", "2023-01-01T00:00:00+01:00", "Europe/Paris", "2023-01-01"],
    ["ADEME's last second", "2023-12-31T23:59:59+01:00", "Europe/Paris", "2023-12-31"],
    ["offset without colon", "2023-12-31T23:59:59+0100", "Europe/Paris", "2023-12-31"],
    ["offset in hours", "2024-06-30T23:30:00+02", "Europe/Paris", "2024-06-30"],
    ["Réunion is four hours east", "2024-03-31T20:00:00Z", "Indian/Reunion", "2024-04-01"],
    ["Martinique is four hours west", "2024-04-01T03:59:00Z", "America/Martinique", "2024-03-31"],
    ["the night the clocks go forward", "2024-03-30T23:00:00Z", "Europe/Paris", "2024-03-31"],
    ["the night the clocks go back", "2024-10-26T22:00:00Z", "Europe/Paris", "2024-10-27"],
    ["before 1970", "1969-12-31T23:00:00Z", "Europe/Paris", "1970-01-01"],
    ["a day alone is that day", "2024-02-29", "Pacific/Noumea", "2024-02-29"],
    ["a local time is its day", "2024-07-04T00:00:00", "Pacific/Noumea", "2024-07-04"],
    ["a blank for T", "2024-07-04 23:00:00", "Europe/Paris", "2024-07-04"],
  ])("%s: %s", (_, text, zone, day) => {
    expect(read(text, ["iso"], zone)).toEqual([day]);
  });

  it("Brussels writes Z but means local time: iso-local takes the date as written", () => {
    expect(read("2026-09-17T23:59:00Z", ["iso-local"], "Europe/Brussels")).toEqual(["2026-09-17"]);
    expect(read("2026-09-17T23:59:00Z", ["iso"], "Europe/Brussels")).toEqual(["2026-09-18"]);
  });
});

describe("formats", () => {
  it.each([
    ["31/12/2024", ["dd/MM/yyyy"], "2024-12-31"],
    [" 31/12/2024 ", ["dd/MM/yyyy"], "2024-12-31"],
    ["5/3/2024", ["d/M/yyyy"], "2024-03-05"],
    ["03/05/2024", ["MM/dd/yyyy"], "2024-03-05"],
    ["04/07/24", ["dd/MM/yyyy", "dd/MM/yy"], "2024-07-04"],
    ["01/01/70", ["dd/MM/yy"], "1970-01-01"],
    ["31/12/69", ["dd/MM/yy"], "2069-12-31"],
    ["20230112", ["yyyyMMdd"], "2023-01-12"],
    [20230112, ["yyyyMMdd"], "2023-01-12"],
    ["15.03.2024 à 12h00", ["dd.MM.yyyy à HHhmm"], "2024-03-15"],
    ["7 février 2024", ["d MMMM yyyy"], "2024-02-07"],
    ["1er mars 2024", ["french"], "2024-03-01"],
    ["1ᵉʳ mars 2024", ["french"], "2024-03-01"],
    ["15 août 2022", ["french"], "2022-08-15"],
    ["15 AOUT 2022", ["french"], "2022-08-15"],
    ["15\u00a0août\u00a02022", ["french"], "2022-08-15"],
    ["le 15 avril 2021 à 12h00", ["french"], "2021-04-15"],
    ["Jeudi 15 avril 2021", ["french"], "2021-04-15"],
    ["jusqu’au 30 sept. 2024", ["french"], "2024-09-30"],
    ["Sat, 21 Dec 19 11:00:28 +0100", ["rfc822"], "2019-12-21"],
    ["21 Dec 2019 23:30:00 GMT", ["rfc822"], "2019-12-22"],
    ["2023-04-03", ["dd/MM/yyyy", "iso"], "2023-04-03"],
  ])("%s by %j is %s", (text, formats, day) => {
    expect(read(text, formats)).toEqual([day]);
  });

  it("a Pays de la Loire feed that moved from d/m/Y to ISO is read by both, never month last", () => {
    expect(read("2023-04-03", ["dd/MM/yyyy", "iso"])).toEqual(["2023-04-03"]);
    expect(read("03/04/2023", ["dd/MM/yyyy", "iso"])).toEqual(["2023-04-03"]);
  });

  it.each([
    ["dd/MM/yyyy", "day", true],
    ["dd/MM", "day", false],
    ["dd/dd/yyyy MM", "day", false],
    ["yyyy", "day", false],
    ["HH:mm", "hour", true],
    ["dd/MM/yyyy", "hour", false],
    ["yyy", "day", false],
    ["iso", "hour", true],
  ] as const)("%s as a format for a %s: %s", (format, wants, isFine) => {
    expect(formatProblem(format, wants) === undefined).toBe(isFine);
  });
});

describe("texts that are not dates", () => {
  it.each([
    ["31/02/2024 rolled over to 2 March", "31/02/2024", "impossible-date"],
    ["29/02/2023", "29/02/2023", "impossible-date"],
    ["29 February of a common year", "29/02/1900", "impossible-date"],
    ["2024-13-01 rolled over to January 2025", "2024-13-01", "impossible-date"],
    ["2024-02-30", "2024-02-30T10:00:00Z", "impossible-date"],
    ["00/00/0000 became year -1", "00/00/0000", "impossible-date"],
    ["25 o'clock", "2024-01-01T25:00:00", "impossible-date"],
    ["31 avril", "31 avril 2024", "impossible-date"],
    ["5/3/24 became year 24", "5/3/24", "unreadable-date"],
    ["a year that nobody means", "01/01/0024", "unreadable-date"],
    ["a far year", "01/01/2999", "unreadable-date"],
    ["a serial number", "45477", "unreadable-date"],
    ["two dates", "01/01/2024 - 31/12/2024", "unreadable-date"],
    ["text", "toute l'année", "text-for-date"],
    ["text", "En continu", "text-for-date"],
  ])("%s", (_, text, code) => {
    expect(read(text, ["dd/MM/yyyy", "iso", "french"])).toEqual([null, code]);
  });

  it.each(["", "  ", null, undefined, [], "0000-00-00", "0000-00-00 00:00:00"])(
    "2024-02-27, an empty date was read as today: %j is nothing",
    (nothing) => {
      expect(read(nothing, ["iso", "yyyyMMdd"])).toEqual([null]);
    },
  );

  it("2024-03-08, a missing key was read as today", () => {
    expect(readValue(date("date_fin", ["iso"]), {})).toMatchObject({ value: null, codes: [] });
  });

  it("a placeholder is empty", () => {
    expect(readValue(date("d", ["iso"]), { d: "A définir après reprise" }, { placeholders: ["A DEFINIR APRES REPRISE"] })).toMatchObject({
      value: null,
      codes: [],
    });
  });

  it("an object is an issue", () => {
    expect(read({ value: "2024-01-01" }, ["iso"])).toEqual([null, "unexpected-value"]);
  });

  it("the issue names the unreadable value", () => {
    expect(readValue(date("d", ["iso"]), { d: "31/12" }).issues).toEqual([{ code: "unreadable-date", value: "31/12" }]);
  });
});

describe("blanks inside", () => {
  it.each([
    ["2023-08-03T16: 08: 40.000Z", ["iso"], "2023-08-03"],
    ["2023 -08 -03", ["iso"], "2023-08-03"],
    ["2023-08-03 16 : 08", ["iso"], "2023-08-03"],
    ["31 / 12 / 2024", ["dd/MM/yyyy"], "2024-12-31"],
  ])("Manche's %s is read with an issue", (text, formats, day) => {
    expect(read(text, formats)).toEqual([day, "blank-in-date"]);
  });
});

describe("the latest of several dates", () => {
  it("WelcomEurope's campaigns: the last one counts, empty ones are ignored", () => {
    const rule = date(join(["dates_open-1", "dates_open-2", "dates_open-3"]), ["yyyyMMdd"], { pick: "latest" });
    const values = { "dates_open-1": "", "dates_open-2": "20240315", "dates_open-3": "20230112" };
    expect(readValue(rule, values)).toMatchObject({ value: "2024-03-15", codes: [] });
  });
  it("in a list; an unreadable date is an issue and the others count", () => {
    const rule = date("dates", ["iso"], { pick: "latest" });
    expect(readValue(rule, { dates: ["2024-01-01", "2024-02-31", "2023-01-01"] })).toMatchObject({
      value: "2024-01-01",
      codes: ["impossible-date"],
    });
  });
  it("without `pick`, the first filled date counts", () => {
    expect(readValue(date("dates", ["iso"]), { dates: ["", "2023-01-01", "2024-01-01"] }).value).toBe("2023-01-01");
  });
});

describe("significant times", () => {
  it.each([
    ["2023-02-27T15:00:00+01:00", ["iso"], "15:00"],
    ["2023-07-27T15:00:00Z", ["iso"], "17:00"],
    ["2023-07-27T15:00:00Z", ["iso-local"], "15:00"],
    ["le 15 avril 2021 à 12h00", ["french"], "12:00"],
    ["15 avril 2021 à midi", ["french"], "12:00"],
    ["17h30", ["HHhmm"], "17:30"],
    ["2023-12-31T23:59:59+01:00", ["iso"], null],
    ["2019-07-07T22:00:00.000Z", ["iso"], null],
    ["2024-07-04T24:00:00", ["iso"], null],
    ["15 avril 2021 à minuit", ["french"], null],
    ["2023-02-27", ["iso"], null],
    ["n'importe", ["iso"], null],
    ["", ["iso"], null],
  ])("%s by %j is %s, without an issue", (text, formats, hour) => {
    expect(readValue(time("d", formats), { d: text })).toMatchObject({ value: hour, codes: [] });
  });
});

describe("properties", () => {
  const day = fc
    .date({ min: new Date("1900-01-01T00:00:00Z"), max: new Date("2199-12-31T00:00:00Z"), noInvalidDate: true })
    .map((moment) => moment.toISOString().slice(0, 10));

  it("a calendar day is read as that day, in any zone and format", () => {
    fc.assert(
      fc.property(day, fc.constantFrom("Europe/Paris", "Indian/Reunion", "America/Martinique", "Pacific/Noumea"), (iso, zone) => {
        const [year, month, dayOfMonth] = iso.split("-");
        expect(read(`${dayOfMonth}/${month}/${year}`, ["dd/MM/yyyy"], zone)).toEqual([iso]);
        expect(read(iso, ["iso"], zone)).toEqual([iso]);
      }),
    );
  });

  it("day and month are read as written: no date rolls over", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99 }), fc.integer({ min: 0, max: 99 }), fc.integer({ min: 1900, max: 2199 }), (d, m, y) => {
        const two = (n: number) => String(n).padStart(2, "0");
        const [value, code] = read(`${two(d)}/${two(m)}/${y}`, ["dd/MM/yyyy"]);
        if (value === null) expect(code).toBe("impossible-date");
        else expect(value).toBe(`${y}-${two(m)}-${two(d)}`);
      }),
    );
  });

  it("a date is never today unless written, and reading never throws", () => {
    const today = new Date().toISOString().slice(0, 10);
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        fc.pre(!text.includes(today.slice(0, 4)));
        expect(read(text, ["iso", "dd/MM/yyyy", "french", "rfc822"])[0]).not.toBe(today);
      }),
    );
  });

  it("the day of an instant in Paris is the same as in Intl", () => {
    const formatter = new Intl.DateTimeFormat("fr-CA", { timeZone: "Europe/Paris", year: "numeric", month: "2-digit", day: "2-digit" });
    fc.assert(
      fc.property(
        fc.date({ min: new Date("1930-01-01T00:00:00Z"), max: new Date("2199-12-30T00:00:00Z"), noInvalidDate: true }),
        (instant) => {
          expect(read(instant.toISOString(), ["iso"])).toEqual([formatter.format(instant)]);
        },
      ),
    );
  });
});

it("a long text with many blanks is refused fast", () => {
  const started = performance.now();
  expect(read(`1${" ".repeat(200_000)}x`, ["iso", "french", "rfc822", "d MMMM yyyy"])).toEqual([null, "unreadable-date"]);
  expect(performance.now() - started).toBeLessThan(500);
});
