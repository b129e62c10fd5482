import { describe, expect, it } from "vitest";
import { readFieldValue } from "../../src/curation/read-field-value.ts";
import { AidContent, type AidField, aidFields } from "../../src/model/aid/aid.ts";

describe("a value that a person types", () => {
  it.each<[AidField, string, unknown]>([
    ["name", "  Rénover   un <b>toit</b> ", "Rénover un toit"],
    ["description", "<p onclick=x>Le toit<script>alert(1)</script></p>", "<p>Le toit</p>"],
    ["contact", "", null],
    ["keywords", "", []],
    ["originUrl", "example.org/a b", "https://example.org/a%20b"],
    ["submissionDeadline", "2026-12-31", "2026-12-31"],
    ["submissionDeadline", "31/12/2026", "2026-12-31"],
    ["submissionDeadlineTime", "15:00", "15:00"],
    ["isCharged", "oui", true],
    ["isCharged", "no", false],
    ["subventionRateUpperBound", "12,5 %", 12.5],
    ["loanAmount", "1 500 €", 1500],
    ["recurrence", "oneoff", "oneoff"],
    ["targetedAudiences", "epci, commune,epci", ["commune", "epci"]],
    ["targetedAudiences", '["commune"]', ["commune"]],
    ["keywords", "toit, eau", ["eau", "toit"]],
    ["keywords", '["a, b"]', ["a, b"]],
    [
      "financers",
      "Région Exemple|222 600 017,ADEME",
      [
        { name: "Région Exemple", siren: "222600017" },
        { name: "ADEME", siren: null },
      ],
    ],
    [
      "instructors",
      '[{"name":"A, B"},"C|222600017"]',
      [
        { name: "A, B", siren: null },
        { name: "C", siren: "222600017" },
      ],
    ],
    [
      "perimeters",
      "department:26,country:FRA",
      [
        { scale: "country", code: "FRA", name: "France" },
        { scale: "department", code: "26", name: "Drôme" },
      ],
    ],
    ["perimeterExclusions", '[{"scale":"region","code":"11"}]', [{ scale: "region", code: "11", name: "Île-de-France" }]],
  ])("%s=%s is read", (field, text, value) => {
    expect(readFieldValue(field, text)).toEqual({ value });
  });

  it.each<[AidField, string, object]>([
    ["name", " ", { code: "never-empty" }],
    ["importShareLicence", "", { code: "never-empty" }],
    ["name", "x".repeat(256), { code: "out-of-bounds", params: { allowed: "more than 255 characters" } }],
    ["description", "<script>alert(1)</script>", { code: "no-text-left" }],
    ["originUrl", "javascript:alert(1)", { code: "not-a-link" }],
    ["submissionDeadline", "2026-02-30", { code: "not-a-date", params: { found: "2026-02-30" } }],
    ["submissionDeadlineTime", "25:00", { code: "out-of-bounds" }],
    ["isCharged", "peut-être", { code: "not-yes-or-no" }],
    ["subventionRateUpperBound", "101", { code: "out-of-bounds" }],
    ["loanAmount", "-5", { code: "not-a-number" }],
    [
      "recurrence",
      "parfois",
      { code: "unknown-term", params: { field: "recurrence", found: "parfois", allowed: "oneoff, ongoing, recurring" } },
    ],
    ["targetedAudiences", "commune,mairie", { code: "unknown-term", params: { found: "mairie" } }],
    ["keywords", '["a', { code: "not-a-list" }],
    ["financers", "Région|12", { code: "no-organisation", params: { found: "Région|12" } }],
    ["financers", '[{"siren":"222600017"}]', { code: "no-organisation" }],
    ["perimeters", "department:26,department:999", { code: "no-territory", params: { found: "department:999" } }],
    ["perimeters", "Drôme", { code: "no-territory" }],
  ])("%s=%s is refused, naming what is wrong", (field, text, objection) => {
    expect(readFieldValue(field, text)).toMatchObject({ objection: { params: { field }, ...objection } });
  });

  it("is refused or matches the schema, for any text", () => {
    const typed = [
      "",
      "x",
      "yes",
      "12",
      "2026-12-31",
      "commune",
      "grant",
      "[]",
      "[1]",
      "[null]",
      "[[]]",
      '{"a":1}',
      "{",
      "[{}]",
      "a|b|c",
      ":",
      ",",
      "\u0000",
      "<br>",
    ];
    for (const field of aidFields) {
      for (const text of typed) {
        const reading = readFieldValue(field, text);
        if ("value" in reading) expect(AidContent.shape[field].safeParse(reading.value).success, `${field}=${text}`).toBe(true);
        else expect(reading.objection.params.field).toBe(field);
      }
    }
  });
});
