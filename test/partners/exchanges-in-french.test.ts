import { describe, expect, it } from "vitest";
import { exchangeSentence } from "../../src/partners/exchanges-in-french.ts";

/** With plain spaces and apostrophes. */
function said(...of: Parameters<typeof exchangeSentence>): string | undefined {
  return exchangeSentence(...of)
    ?.replace(/[\u00a0\u202f]/g, " ")
    .replace(/’/g, "'");
}

describe("an entry of a publisher's log", () => {
  it("says of a file that was checked how long it is and what it is worth", () => {
    expect(said("file-checked", { records: 4, score: 87 })).toBe("4 enregistrements ; note 87 sur 100.");
    expect(said("file-checked", { records: 1, score: null })).toBe("1 enregistrement.");
  });

  it("says of a preview that was shared what it shows and until when", () => {
    expect(said("preview-shared", { preview: "p", aids: 4, until: "2026-12-25" })).toBe("4 aides montrées, jusqu'au 25 décembre 2026.");
  });

  it("says of a connector that was given to another publisher whose it was, or whose it is", () => {
    expect(said("connector-moved", { connector: "ain", to: "Ain" })).toBe(
      "Le connecteur ain n'est plus le sien : il est rattaché à « Ain ».",
    );
    expect(said("connector-moved", { connector: "ain", from: "Var" })).toBe("Le connecteur ain lui est rattaché ; il l'était à « Var ».");
    expect(said("connector-moved", { connector: "ain" })).toBe("Le connecteur ain lui est rattaché.");
  });

  it("says nothing of what it does not know", () => {
    expect(said("file-checked", {})).toBeUndefined();
    expect(said("preview-shared", {})).toBeUndefined();
    expect(said("connector-moved", {})).toBeUndefined();
  });
});
