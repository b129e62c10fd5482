import { describe, expect, it } from "vitest";
import { offeredStates, stateFields } from "../../src/survey/profile/state-fields.ts";
import {
  countKept,
  expected,
  type KeepWhen,
  keepWhenWith,
  leftOutOf,
  mergedLeftOut,
  richerConditions,
} from "../../src/survey/propose/keep-when.ts";
import { proposeConnector } from "../../src/survey/propose/propose-connector.ts";
import { explainDefinition } from "../../src/survey/write/explain-definition.ts";
import { lookupOf } from "../support/read-value.ts";
import { plainOptions, records, surveyOf } from "./survey-of.ts";

const closed: KeepWhen = [{ when: { not: { field: "status", isOneOf: ["Closed"] } }, reason: "closed call" }];
const one = (field: string, values: string[], isBlank = false) => ({ field, values, isBlank });

describe("values that a definition leaves out", () => {
  it("are read from every equivalent condition", () => {
    expect(leftOutOf(undefined)).toEqual([]);
    expect(leftOutOf({ not: { field: "type", isOneOf: ["a", 1] } })).toEqual([one("type", ["a", "1"])]);
    expect(leftOutOf({ all: [{ not: { field: "a", isOneOf: ["x"] } }, { field: "a", isFilled: true }] })).toEqual([one("a", ["x"], true)]);
    expect(leftOutOf([{ when: { not: { field: "a", isFilled: false } } }])).toEqual([one("a", [], true)]);
  });

  it.each<KeepWhen>([
    { field: "etat", isOneOf: ["publié"] },
    { field: "etat", isFilled: false },
    { not: { field: "titre", hasWords: ["test"] } },
    {
      any: [
        { field: "etat", isOneOf: ["publié"] },
        { field: "etat", isFilled: false },
      ],
    },
    [
      {
        when: {
          not: {
            all: [
              { field: "a", isOneOf: ["x"] },
              { field: "b", isFilled: true },
            ],
          },
        },
      },
    ],
  ])("are only a part of the condition %j", (keepWhen) => {
    expect(leftOutOf(keepWhen)).toEqual([]);
    expect(richerConditions(keepWhen)).toHaveLength(1);
    expect(keepWhenWith(keepWhen, [one("status", ["Closed"])])).toHaveLength(2);
  });

  it("give a condition that keeps new values, or no condition if there are none", () => {
    const keepWhen = keepWhenWith(undefined, [one("status", ["Closed"], true)]);
    const feed = [{ status: "CLOSED " }, { status: "Open" }, { status: "Withdrawn" }, { status: "" }, {}];
    expect(countKept(feed, keepWhen)).toBe(2);
    expect(keepWhenWith(keepWhen, [])).toBeUndefined();
  });

  it("keep the condition and the reason of an unchanged field", () => {
    expect(keepWhenWith(closed, [one("status", ["closed"])])).toBe(closed);
    expect(keepWhenWith(closed, [one("status", ["Closed"]), one("langue", ["en"])])).toEqual([
      closed[0],
      { when: { not: { field: "langue", isOneOf: ["en"] } } },
    ]);
    expect(keepWhenWith(closed, [one("status", ["Closed", "Withdrawn"])])).toEqual([
      { when: { not: { field: "status", isOneOf: ["Closed", "Withdrawn"] } } },
    ]);
  });
});

describe("values that two persons leave out at the same time", () => {
  it("are the submitted ones, or the stored ones for a field that the person did not change", () => {
    const shown = [one("a", ["x"]), one("b", ["y"])];
    const saved = [one("a", ["x", "z"]), one("b", []), one("c", ["w"])];
    const typed = [one("a", ["x"]), one("b", ["y", "v"])];
    expect(mergedLeftOut(shown, saved, typed)).toEqual({ leftOut: [saved[0], typed[1], saved[2]], both: ["b"] });
    expect(mergedLeftOut(null, saved, typed).leftOut).toEqual(typed);
  });
});

describe("a proposal", () => {
  it("expects half of the kept records, because a mostly closed feed would otherwise hold every run", async () => {
    const calls = records(100, (number) => ({ id: `C${number}`, titre: `Appel ${number}`, statut: number <= 80 ? "Clos" : "Ouvert" }));
    const survey = await surveyOf(calls);
    const proposal = proposeConnector(survey, lookupOf({}), plainOptions);
    const keepWhen = keepWhenWith(undefined, [one("statut", ["Clos"])]);
    expect(proposal.definition.expect).toEqual({ atLeast: 50 });
    expect(expected(survey, keepWhen).expect).toEqual({ atLeast: 10 });
    const definition = { ...proposal.definition, ...(keepWhen !== undefined && { keepWhen }) };
    const explained = explainDefinition(survey, lookupOf({}), plainOptions, proposal, { definition, choices: {} });
    expect(explained.definition.ignored).not.toContain("statut");
  });

  it("that leaves out drafts does not ignore the field of the state, because the condition reads it", async () => {
    const survey = await surveyOf(
      records(30, (number) => ({ id: `C${number}`, titre: `Aide ${number}`, statut: number < 9 ? "Brouillon" : "Publié" })),
    );
    const proposal = proposeConnector(survey, lookupOf({}), plainOptions);
    const asked = { definition: proposal.definition, choices: {} };
    const { definition, unread } = explainDefinition(survey, lookupOf({}), plainOptions, proposal, asked);
    expect(definition.expect).toEqual({ atLeast: 11 });
    expect([definition.ignored, unread.map(({ path }) => path)]).toEqual([[], []]);
  });
});

describe("fields that look like a state", () => {
  const feed = records(40, (number) => ({
    id: `A${number}`,
    titre: `Aide numéro ${number}`,
    statut: number % 4 === 0 ? "clos" : number % 4 === 1 ? "Ouvert " : "ouvert",
    region: `Région ${number % 5}`,
    archive: number < 4 ? "oui" : "",
    code: `C${number % 18}`,
    source: "notre site",
    publics: ["Communes"],
    fin: `2027-01-0${(number % 3) + 1}`,
    visible: number > 10,
  }));

  it("have few recurring values and not the same value in every record; states by name come first", async () => {
    const states = stateFields(await surveyOf(feed));
    expect(states.map(({ field, isState }) => [field, isState])).toEqual([
      ["statut", true],
      ["archive", true],
      ["visible", true],
      ["region", false],
    ]);
    expect(states[0]?.values).toEqual([
      { value: "Ouvert", count: 30 },
      { value: "clos", count: 10 },
    ]);
    expect(states[1]?.values).toEqual([
      { value: null, count: 37 },
      { value: "oui", count: 3 },
    ]);
  });

  it("count exactly the records that a value leaves out", async () => {
    const marked = records(12, (number) => ({
      id: number,
      titre: `Aide ${number}`,
      statut: number < 5 ? "Clos &amp; archivé" : "Ouvert",
    }));
    const [state] = stateFields(await surveyOf(marked));
    const [, { value, count } = { value: null, count: 0 }] = state?.values ?? [];
    expect([value, count]).toEqual(["Clos & archivé", 4]);
    expect(countKept(marked, keepWhenWith(undefined, [one("statut", [value ?? ""])]))).toBe(marked.length - count);
  });

  it("include left-out values that no record has, and exclude fields of richer conditions", async () => {
    const states = stateFields(await surveyOf(feed));
    const [statut] = offeredStates(states, keepWhenWith(undefined, [one("statut", ["Clos", "annulé"])]));
    expect(statut?.values.map(({ value, count }) => [value, count])).toEqual([
      ["Ouvert", 30],
      ["clos", 10],
      ["annulé", 0],
    ]);
    expect(offeredStates(states, keepWhenWith(undefined, [one("langue", ["en"])]))[0]).toMatchObject({ field: "langue", isState: true });
    expect(offeredStates(states, { field: "statut", isOneOf: ["ouvert"] }).map(({ field }) => field)).not.toContain("statut");
  });
});
