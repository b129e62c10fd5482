import { describe, expect, it } from "vitest";
import type { AidContent } from "../../../src/model/aid/aid.ts";
import { type AidSource, borrowedValues } from "../../../src/model/compare/ruling-sources.ts";
import { noSharing, type Sharing } from "../../../src/model/plan/sharing.ts";

function source(connector: string, content: Partial<AidContent>, sharing: Partial<Sharing> = {}): AidSource {
  return { aidId: `aid of ${connector}`, connector, content, sharing: { ...noSharing, ...sharing } };
}

/** Returns the borrowed values with the connectors that lend them. */
function borrowed(own: AidSource, further: readonly AidSource[], chosen: Parameters<typeof borrowedValues>[2] = {}) {
  const values = Object.entries(borrowedValues(own, further, chosen));
  return Object.fromEntries(values.map(([field, { value, from }]) => [field, [value, from.replace("aid of ", "")]]));
}

describe("the values that an aid borrows from its further sources", () => {
  const late = { submissionDeadline: "2027-05-31", keywords: ["eau"] };
  const early = { submissionDeadline: "2027-01-31", keywords: ["toit"] };

  it("are none among equal publishers, except for fields that its own source leaves empty", () => {
    expect(borrowed(source("a", early), [source("b", { ...late, programs: ["Eau"] })])).toEqual({ programs: [["Eau"], "b"] });
  });

  it("are a publisher's rather than an aggregator's", () => {
    expect(borrowed(source("a", early, { isAggregator: true }), [source("b", late)])).toEqual({
      submissionDeadline: ["2027-05-31", "b"],
      keywords: [["eau"], "b"],
    });
    expect(borrowed(source("a", early), [source("b", late, { isAggregator: true })])).toEqual({});
  });

  it("follow what a connector declares about another one, for these fields or for all", () => {
    expect(borrowed(source("a", early), [source("b", late, { rules: { a: ["keywords"] } })])).toEqual({ keywords: [["eau"], "b"] });
    expect(Object.keys(borrowed(source("a", early), [source("b", late, { rules: { a: "all" } })]))).toEqual([
      "submissionDeadline",
      "keywords",
    ]);
    expect(borrowed(source("a", early, { isAggregator: true, rules: { b: "all" } }), [source("b", late)])).toEqual({});
  });

  it("are those of the connector that a person has chosen", () => {
    const third = source("c", { keywords: ["sol"] });
    expect(borrowed(source("a", early), [source("b", late), third], { keywords: "c" })).toEqual({ keywords: [["sol"], "c"] });
    expect(borrowed(source("a", early), [source("b", late, { rules: { a: "all" } })], { keywords: "a" })).toEqual({
      submissionDeadline: ["2027-05-31", "b"],
    });
  });

  it("come from the sources that still bring the aid once it has left its own feed", () => {
    const gone = { ...source("a", { ...early, shortTitle: "Toit" }, { rules: { b: "all" } }), isGone: true };
    expect(borrowed(gone, [source("b", late, { isAggregator: true })])).toEqual({
      submissionDeadline: ["2027-05-31", "b"],
      keywords: [["eau"], "b"],
    });
  });

  it("never mix the dates of two sources: the source that rules them also rules that an ongoing aid has no deadline", () => {
    const ongoing = source("b", { recurrence: "ongoing" }, { rules: { a: "all" } });
    expect(borrowed(source("a", { ...early, recurrence: "oneoff" }), [ongoing])).toEqual({
      submissionDeadline: [null, "b"],
      recurrence: ["ongoing", "b"],
    });
    expect(borrowed(source("a", { recurrence: "ongoing" }), [source("b", late)])).toEqual({ keywords: [["eau"], "b"] });
  });

  it("contain no attribution, and no text of a source with a closed licence: a legal basis lets out only the aid's own source", () => {
    const text = { description: "<p>Un texte.</p>", keywords: ["eau"], importDataUrl: "https://exemple.fr", importDataMention: "B" };
    for (const importShareLicence of ["openlicence20", "unknown", "agreement"] as const) {
      const own = source("a", { importShareLicence });
      expect(borrowed(own, [source("b", { ...text, importShareLicence: "unknown" })])).toEqual({ keywords: [["eau"], "b"] });
      expect(Object.keys(borrowed(own, [source("b", { ...text, importShareLicence: "odbl" })]))).toEqual(["description", "keywords"]);
    }
  });
});
