import { describe, expect, it } from "vitest";
import { selectRecord } from "../../../src/ingest/map/select-record.ts";

const published = { keepWhen: { field: "etat", isOneOf: ["publié"] } };

describe("selected records", () => {
  it.each([
    ["without a condition", {}, { etat: "x" }, null],
    ["one that holds, written differently", published, { etat: " PUBLIE " }, null],
    ["the field and its value", published, { etat: "brouillon" }, "etat: brouillon"],
    ["an empty one", published, { etat: "" }, "etat: (vide)"],
    ["an absent one", published, {}, "etat: (vide)"],
    ["a list", { keepWhen: { field: "type", hasWords: ["aide"] } }, { type: ["Déclaration", "Label"] }, "type: Déclaration, Label"],
    ["2019-12-02, Occitanie's blank type", { keepWhen: { field: "type", isFilled: true } }, { type: "  " }, "type: (vide)"],
  ])("%s", (_, connector, values, reason) => {
    expect(selectRecord(connector, values)).toBe(reason);
  });

  it("have the connector's reason of the first failing condition if skipped", () => {
    const keepWhen = [
      { when: { field: "etat", isOneOf: ["publié"] }, reason: "not published" },
      { when: { not: { field: "type", isOneOf: ["Demande d'autorisation"] } }, reason: "no aid" },
      { when: { field: "lang", isOneOf: ["fr"] } },
    ];
    expect(selectRecord({ keepWhen }, { etat: "x", type: "Demande d’autorisation" })).toBe("not published");
    expect(selectRecord({ keepWhen }, { etat: "publié", type: "Demande d’autorisation" })).toBe("no aid");
    expect(selectRecord({ keepWhen }, { etat: "publié", type: "Aide", lang: "en" })).toBe("lang: en");
    expect(selectRecord({ keepWhen }, { etat: "publié", type: "Aide", lang: "fr" })).toBeNull();
  });

  it("have the failing fields of several conditions", () => {
    const a = { field: "a", isOneOf: ["1"] };
    const b = { field: "b", isOneOf: ["1"] };
    expect(selectRecord({ keepWhen: { all: [a, b] } }, { a: "1", b: "2" })).toBe("b: 2");
    expect(selectRecord({ keepWhen: { any: [a, b] } }, { a: "3", b: "2" })).toBe("a: 3, b: 2");
    expect(selectRecord({ keepWhen: { not: { any: [a, b] } } }, { a: "3", b: "1" })).toBe("b: 1");
    expect(selectRecord({ keepWhen: { not: { all: [a, b] } } }, { a: "1", b: "1" })).toBe("a: 1, b: 1");
  });

  it("have a shortened value, because reasons are counted", () => {
    expect(selectRecord(published, { etat: "é".repeat(5_000) })).toBe(`etat: ${"é".repeat(60)}…`);
  });
});
