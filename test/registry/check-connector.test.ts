import { describe, expect, it } from "vitest";
import { checkConnector } from "../../src/registry/check-connector.ts";
import { describeProblem } from "../../src/registry/registry-error.ts";
import { soundDefinition } from "../support/connector-folder.ts";

function problems(changes: Record<string, unknown>, fileName = "region-exemple"): string[] {
  const checked = checkConnector(soundDefinition(changes), fileName);
  return "problems" in checked ? checked.problems.map((problem) => describeProblem({ file: "f", ...problem })) : [];
}
function fieldProblems(fields: Record<string, unknown>): string[] {
  return problems({ fields: { ...(soundDefinition().fields as object), ...fields } });
}
const of = { kind: "field", path: "x" };

it("a valid definition gets its defaults", () => {
  const checked = checkConnector(soundDefinition(), "region-exemple");
  expect(checked).toMatchObject({ connector: { state: "active", language: "fr", timeZone: "Europe/Paris", ignored: [], expect: {} } });
});

describe("problems name the key and a likely correction", () => {
  it.each([
    [{ shedule: "0 4 * * *" }, "f: shedule: unknown key, did you mean schedule?"],
    [{ state: "actif" }, "f: state: must be draft | active | paused | retired, did you mean active?"],
    [{ feed: {} }, "f: feed: must have exactly one of url, urlFrom and dataset"],
    [{ feed: { url: "ftp://a.fr/x" } }, "f: feed.url: Invalid URL"],
    [{ feed: { urlFrom: "MY_URL" } }, "f: feed.urlFrom: must be MOISSON_URL_REGION_EXEMPLE"],
    [{ decode: { format: "csv", delimeter: ";" } }, "f: decode.delimeter: unknown key, did you mean delimiter?"],
    [{ decode: { format: "xlsx" } }, "f: decode.format: must be csv | excel | xml | html | yaml | json"],
    [{ decode: { format: "html", records: "li[", values: {} } }, 'f: decode.records: "li[" is no CSS selector: Expected name, found '],
    [
      { decode: { format: "html", records: "li", values: { lien: "a:premier@href", titre: "h3", texte: "html()", id: "@id" } } },
      'f: decode.values.lien: "a:premier@href" is no CSS selector: Unknown pseudo-class :premier',
    ],
    [{ timeZone: "Europe/Pari" }, 'f: timeZone: "Europe/Pari" is no IANA time zone (Europe/Paris)'],
    [{ schedule: "0 4 * * 1-5,9" }, 'f: schedule: "1-5,9" is not a valid day of the week (0–7, *, a-b, */n)'],
    [{ schedule: "0 4 * * * *" }, "f: schedule: has 6 parts, must have 5: minute, hour, day of the month, month, day of the week"],
    [{ state: "paused" }, "f: because: a paused or retired connector requires because"],
    [{ id: "autre" }, 'f: id: is "autre", but the file is named "region-exemple", did you mean region-exemple?'],
    [
      { publisher: { ...(soundDefinition().publisher as object), territory: { scale: "region", code: "99" } } },
      "f: publisher.territory: unknown territory: region 99",
    ],
  ])("%j", (changes, problem) => {
    expect(problems(changes)).toEqual([problem]);
  });

  it.each([
    [{ theme: { kind: "text", of } }, "f: fields.theme: unknown key"],
    [{ categorie: { kind: "terms", of, vocabulary: "categories" } }, "f: fields.categorie: unknown key, did you mean categories?"],
    [
      { startDate: { kind: "date", of, formats: ["dd/MM/yyyy"], format: "x" } },
      "f: fields.startDate.format: unknown key, did you mean formats?",
    ],
    [{ startDate: { kind: "text", of } }, "f: fields.startDate.kind: must be date | constant | computed | choose"],
    [
      { startDate: { kind: "date", of, formats: ["dd/MM"] } },
      'f: fields.startDate.formats[0]: "dd/MM": a date format needs a day (dd, d), a month (MM, M, MMMM) and a year (yyyy, yy), once each',
    ],
    [
      { categories: { kind: "terms", of, vocabulary: "targetedAudiences" } },
      "f: fields.categories.vocabulary: is targetedAudiences, did you mean categories?",
    ],
    [
      { aidTypes: { kind: "constant", value: ["grand"] } },
      'f: fields.aidTypes.value[0]: Invalid option: expected one of "grant"|"loan"|"recoverable-advance"|"cee"|"other"|"technical-engineering"|"financial-engineering"|"legal-engineering"',
    ],
    [
      { perimeters: { kind: "constant", value: [{ scale: "region", code: "99" }] } },
      "f: fields.perimeters.value: unknown territory: region 99",
    ],
    [
      { perimeters: { kind: "perimeters", of, written: "code" } },
      "f: fields.perimeters.scales: is missing: a code, or a name in a text, needs a scale",
    ],
    [{ isCharged: { kind: "constant", value: null } }, "f: fields.isCharged: is null for every aid: leave the field out"],
    [{ name: undefined }, "f: fields.name: is missing"],
    [
      { recurrence: { kind: "choose", cases: [{ when: { field: "x", isFiled: true }, use: { kind: "constant", value: "oneoff" } }] } },
      "f: fields.recurrence.cases[0].when.isFiled: unknown key, did you mean isFilled?",
    ],
    [
      { recurrence: { kind: "choose", cases: [{ when: { field: "x", isFilled: true }, use: { kind: "constant", value: "once" } }] } },
      expect.stringContaining("f: fields.recurrence.value"),
    ],
    [
      { contact: { kind: "computed", name: "a", why: "short", reads: ["x"], compute: () => null } },
      "f: fields.contact.why: must be a sentence that says why no rule can do it",
    ],
  ])("%j", (fields, problem) => {
    expect(fieldProblems(fields)).toEqual([problem]);
  });

  it("2021-01-26, a value was a string instead of a list and audiences were stored as letters", () => {
    expect(fieldProblems({ targetedAudiences: { kind: "constant", value: "commune" } })[0]).toContain("f: fields.targetedAudiences.value");
  });

  it("all problems are named at once", () => {
    expect(problems({ timeZone: "X/Y", schedule: "0 25 * * *" })).toHaveLength(2);
  });
});

it.each(["0 4 * * *", "30 2 * * 1-5", "*/15 * 1,15 * *", "0 3 * * 0"])("%s is a schedule", (schedule) => {
  expect(problems({ schedule })).toEqual([]);
});

it("a value that is not an object is refused without an exception", () => {
  for (const nothing of [null, undefined, 3, "x", []]) expect(checkConnector(nothing)).toHaveProperty("problems");
});
