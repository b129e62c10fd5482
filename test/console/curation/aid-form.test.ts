import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { controlOf, formSections } from "../../../src/console/curation/field-controls.ts";
import { inputName, markName, readAidForm } from "../../../src/console/curation/read-aid-form.ts";
import { readTyped, type Typed, typedMark, typedValue } from "../../../src/console/curation/typed-value.ts";
import type { Form } from "../../../src/console/route.ts";
import { cleanHtml } from "../../../src/kit/values/html/clean-html.ts";
import { type AidField, aidFields } from "../../../src/model/aid/aid.ts";
import { sameValue } from "../../../src/model/aid/same-value.ts";
import { anyAid } from "../../support/example-aid.ts";

/** Returns a form as a browser sends it back: `typed` values, and the shown ones for the other fields. */
function sentForm(shown: Partial<Record<AidField, unknown>>, typed: Partial<Record<AidField, Typed>> = {}): Form {
  const fields = new Map<string, readonly string[]>([["revision", ["3"]]]);
  for (const [name, value] of Object.entries(shown)) {
    const field = name as AidField;
    const before = typedValue(field, value);
    const now = typed[field] ?? before;
    fields.set(markName(field), [typedMark(before)]);
    fields.set(
      inputName(field),
      (typeof now === "string" ? [now] : now).map((text) => text.replaceAll("\n", "\r\n")),
    );
  }
  const all = (name: string) => (fields.get(name) ?? []).map((text) => text.replaceAll("\r\n", "\n").trim());
  return {
    text: (name) => all(name).at(-1) ?? "",
    all,
    file: () => null,
    has: (name) => fields.has(name),
    names: () => [...fields.keys()],
  };
}

describe("the form of an aid", () => {
  it("shows every field, each once", () => {
    const shown = formSections.flatMap(({ fields }) => fields);
    expect([...shown].sort()).toEqual([...aidFields].sort());
  });

  it("reads back every value that it shows", () => {
    // Not all generated links are written as our cleaning writes them.
    const fields = aidFields.filter((field) => controlOf(field) !== "link");
    fc.assert(
      fc.property(anyAid, (aid) => {
        for (const field of fields) {
          const read = readTyped(field, typedValue(field, aid[field]));
          expect("value" in read && sameValue(field, read.value, aid[field]), `${field}: ${JSON.stringify([aid[field], read])}`).toBe(true);
        }
      }),
    );
  });

  it("saves no untouched field", () => {
    fc.assert(
      fc.property(anyAid, (aid) => {
        const shown = Object.fromEntries(aidFields.map((field) => [field, aid[field]]));
        expect(readAidForm(sentForm(shown))).toEqual({ revision: 3, values: {}, problems: {}, typed: {} });
      }),
    );
  });

  it("saves changed, emptied and ticked fields only", () => {
    const shown = {
      name: "Aide aux écoles",
      description: cleanHtml("<p>Un <strong>texte</strong></p>"),
      targetedAudiences: ["commune"],
      contactPhone: "0400000000",
      perimeters: [],
      financers: [{ name: "Région | Sud", siren: null }],
    };
    const typed = {
      description: "Un texte\n\n- un\n- deux",
      targetedAudiences: ["commune", "epci"],
      contactPhone: "",
      perimeters: "Drôme\nrégion 84\nFrance",
      financers: "Région | Sud\nADEME | 385 290 309",
    };
    expect(readAidForm(sentForm(shown, typed)).values).toEqual({
      description: "<p>Un texte</p><ul><li>un</li><li>deux</li></ul>",
      targetedAudiences: ["commune", "epci"],
      contactPhone: null,
      perimeters: [
        { scale: "country", code: "FRA", name: "France" },
        { scale: "department", code: "26", name: "Drôme" },
        { scale: "region", code: "84", name: "Auvergne-Rhône-Alpes" },
      ],
      financers: [
        { name: "Région | Sud", siren: null },
        { name: "ADEME", siren: "385290309" },
      ],
    });
  });

  it("reports problems in French, and keeps the typed values", () => {
    const typed = { submissionDeadline: "32/13/2026", originUrl: "javascript:alert(1)", perimeters: "Paris", loanAmount: "beaucoup" };
    const read = readAidForm(sentForm({ submissionDeadline: null, originUrl: null, perimeters: [], loanAmount: null }, typed));
    expect(read.values).toEqual({});
    expect(read.typed).toEqual(typed);
    expect(read.problems["aide.submissionDeadline"]).toContain("n’est pas une date");
    expect(read.problems["aide.originUrl"]).toContain("n’est pas une adresse web");
    expect(read.problems["aide.perimeters"]).toContain("plusieurs territoires");
    expect(read.problems["aide.loanAmount"]).toContain("n’est pas un nombre");
  });
});
