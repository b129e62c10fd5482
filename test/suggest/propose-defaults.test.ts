import { describe, expect, it } from "vitest";
import type { AidContent } from "../../src/model/aid/aid.ts";
import { wholeContent } from "../../src/model/aid/filled-content.ts";
import { proposeDefaults, suggestDefault } from "../../src/suggest/propose-defaults.ts";

const aid = (filled: Partial<AidContent>) => wholeContent({ name: "Une aide", importShareLicence: "unknown", ...filled });
const source = { connector: "region-x", publisher: "Région X & Y", website: "https://region-x.example.fr/" };
const times = (count: number, filled: Partial<AidContent>) => Array.from({ length: count }, () => aid(filled));
const defaultFor = (aids: readonly AidContent[], field: string) => proposeDefaults(source, aids, null).filter((one) => one.field === field);

describe("defaults of a connector", () => {
  it("are the terms of nine in ten of the aids that say anything, for those that lack them", () => {
    const mixed = [...times(19, { mobilizationSteps: ["op"] }), aid({ mobilizationSteps: ["preop"] }), ...times(5, {})];
    expect(defaultFor(mixed, "mobilizationSteps")).toEqual([
      {
        field: "mobilizationSteps",
        value: { kind: "constant", value: ["op"] },
        onlyTypes: null,
        evidence: { kind: "default", connector: "region-x", agreeing: 19, of: 20 },
        lacking: 5,
      },
    ]);
    expect(
      defaultFor([...times(8, { mobilizationSteps: ["op"] }), ...times(2, { mobilizationSteps: ["preop"] }), aid({})], "mobilizationSteps"),
    ).toEqual([]);
  });

  it("do not rest on words alone", () => {
    expect(defaultFor(times(10, { description: "<p>Travaux d'isolation</p>" }), "mobilizationSteps")).toEqual([]);
  });

  it("hold for the aids of one type if the types differ", () => {
    const aids = [
      ...times(10, { aidTypes: ["grant"], mobilizationSteps: ["op"] }),
      ...times(3, { aidTypes: ["grant"] }),
      ...times(10, { aidTypes: ["technical-engineering"], mobilizationSteps: ["preop"] }),
    ];
    const [proposed, ...others] = defaultFor(aids, "mobilizationSteps");
    expect(others).toEqual([]);
    expect(proposed).toMatchObject({ onlyTypes: ["grant"], value: { value: ["op"] }, lacking: 3 });
    if (proposed === undefined) throw new Error("no default");
    expect(suggestDefault(proposed, aid({ aidTypes: ["grant"] }))).toMatchObject({
      rule: "connector-default",
      value: ["op"],
      certainty: 0,
    });
    expect(suggestDefault(proposed, aid({ aidTypes: ["loan"] }))).toBeUndefined();
    expect(suggestDefault(proposed, aid({ aidTypes: ["grant"], mobilizationSteps: ["postop"] }))).toBeUndefined();
  });

  it("offer the usual contact, or else the publisher's website", () => {
    const usual = [...times(9, { contact: "<p>Guichet unique</p>" }), aid({})];
    expect(defaultFor(usual, "contact")[0]?.value).toEqual({ kind: "constant", value: "<p>Guichet unique</p>" });
    const value = '<p>Région X &amp; Y : <a href="https://region-x.example.fr/" rel="noopener">https://region-x.example.fr/</a></p>';
    expect(defaultFor(times(3, {}), "contact")[0]?.value).toEqual({ kind: "constant", value });
  });

  it("name the organisations that run an aid without financers", () => {
    const run = { instructors: [{ name: "ADEME", siren: null }] };
    const [proposed] = defaultFor(times(4, run), "financerSuggestion");
    if (proposed === undefined) throw new Error("no default");
    expect(suggestDefault(proposed, aid(run))?.value).toBe("ADEME");
    expect(suggestDefault(proposed, aid({}))).toBeUndefined();
    expect(defaultFor([...times(4, run), ...times(4, {})], "financerSuggestion")).toEqual([]);
  });
});
