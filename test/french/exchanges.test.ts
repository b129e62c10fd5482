import { describe, expect, it } from "vitest";
import { exchangeSentence } from "../../src/french/exchanges.ts";

/** Replaces typographic spaces and apostrophes. */
function said(...of: Parameters<typeof exchangeSentence>): string | undefined {
  return exchangeSentence(...of)
    ?.replace(/[\u00a0\u202f]/g, " ")
    .replace(/’/g, "'");
}

describe("an entry of a publisher's log", () => {
  it("gives the record count and score of a checked file", () => {
    expect(said("file-checked", { records: 4, score: 87 })).toBe("4 enregistrements ; note 87 sur 100.");
    expect(said("file-checked", { records: 1, score: null })).toBe("1 enregistrement.");
  });

  it("gives the aid count and end date of a shared preview", () => {
    expect(said("preview-shared", { preview: "p", aids: 4, until: "2026-12-25" })).toBe("4 aides montrées, jusqu'au 25 décembre 2026.");
  });

  it("names the former or new publisher of a moved connector", () => {
    expect(said("connector-moved", { connector: "ain", to: "Ain" })).toBe(
      "Le connecteur ain n'est plus le sien : il est rattaché à « Ain ».",
    );
    expect(said("connector-moved", { connector: "ain", from: "Var" })).toBe("Le connecteur ain lui est rattaché ; il l'était à « Var ».");
    expect(said("connector-moved", { connector: "ain" })).toBe("Le connecteur ain lui est rattaché.");
  });

  it("omits unknown details", () => {
    expect(said("file-checked", {})).toBeUndefined();
    expect(said("preview-shared", {})).toBeUndefined();
    expect(said("connector-moved", {})).toBeUndefined();
  });
});
