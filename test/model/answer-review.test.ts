import { describe, expect, it } from "vitest";
import { contradict, formerAnswers, hasOutgrown, isAboutSameAids, isRewritten, mayContradict } from "../../src/model/plan/answer-review.ts";
import { inOrderOfPrecedence, isNarrower, type StandingDecision } from "../../src/model/plan/standing-decision.ts";
import { madeContent } from "../support/made-aids.ts";

const answer = (id: string, changes: Partial<StandingDecision> = {}): StandingDecision => ({
  ...{
    id,
    kind: "fill",
    connector: "a",
    publisher: null,
    field: "mobilizationSteps",
    rule: null,
    value: ["op"],
    condition: null,
    note: null,
  },
  ...{ by: "Marie", at: "2026-11-01T08:00:00.000Z", endedAt: null, endedBy: null },
  ...changes,
});

describe("an answer for many aids is asked again", () => {
  it("if it covers twice as many aids as its author saw, and ten more", () => {
    expect(hasOutgrown({ given: 40, now: 95 })).toBe(true);
    expect(hasOutgrown({ given: 0, now: 10 })).toBe(true);
    expect(hasOutgrown({ given: 5, now: 14 })).toBe(false);
    expect(hasOutgrown({ given: 40, now: 79 })).toBe(false);
  });

  it("if more than a fifth of the words of an aid have changed, but not for markup, case or order", () => {
    const text = "<p>Une aide pour rénover le toit de la mairie et de l’école du village.</p>";
    expect(isRewritten(text, text.replace("<p>Une", "<div>UNE"))).toBe(false);
    expect(isRewritten(text, text.replace("toit", "préau"))).toBe(false);
    expect(isRewritten(text, "<p>Une étude sur les haies.</p>")).toBe(true);
    expect(isRewritten(text, `${text}<p>Elle paie aussi les études d’avant-projet et le suivi après travaux.</p>`)).toBe(true);
  });

  it("if another one gives an aid another value; one for a part of the aids prevails, unless the other one is shown", () => {
    const aid = { externalId: "1", content: madeContent({ aidTypes: ["grant"] }), shownBy: null };
    const [all, others] = [answer("all"), answer("others", { value: ["preop", "op"] })];
    const grants = answer("grants", { value: ["preop"], condition: { types: ["grant"] } });
    const isFound = (a: StandingDecision, b: StandingDecision, shownBy: string | null = null) =>
      contradict([a, b], "mobilizationSteps", { ...aid, shownBy });
    expect([isFound(all, others), isFound(all, answer("same"))]).toEqual([true, false]);
    expect([isFound(all, grants), isFound(grants, all), isFound(grants, all, "all"), isFound(grants, all, "grants")]).toEqual([
      ...[false, false, true, false],
    ]);
    expect(isFound(all, answer("left", { value: ["preop"], condition: { except: ["1"] } }))).toBe(false);
    expect(mayContradict(grants, answer("loans", { value: ["op"], condition: { types: ["loan"] } }))).toBe(false);
    expect(mayContradict(grants, all)).toBe(true);
    expect(mayContradict(all, answer("contact", { field: "contact", value: "<p>x</p>" }))).toBe(false);
  });

  it("and then has the aids of the answers that it replaced", () => {
    const first = answer("1", { endedAt: "2026-11-02T08:00:00.000Z", endedBy: "Paul" });
    const second = answer("2", { at: "2026-11-02T08:00:00.000Z", by: "Paul", endedAt: "2026-11-03T08:00:00.000Z", endedBy: "Marie" });
    const third = answer("3", { at: "2026-11-03T08:00:00.000Z" });
    const ended = answer("4", { endedAt: "2026-11-02T09:00:00.000Z", endedBy: "Paul" });
    expect(formerAnswers(third, [first, second, third, ended]).map(({ id }) => id)).toEqual(["2", "1"]);
    expect(isAboutSameAids(first, third)).toBe(true);
    expect(isAboutSameAids(first, answer("5", { condition: { types: ["grant"] } }))).toBe(false);
  });

  it("is followed after those for a part of its aids, and in the order of their time", () => {
    const parts = [answer("a"), answer("b", { condition: { types: ["grant"] } }), answer("c", { condition: { except: ["1"] } })];
    expect(inOrderOfPrecedence(parts).map(({ id }) => id)).toEqual(["b", "a", "c"]);
    expect(isNarrower({ types: ["grant"], operators: ["ADEME"] }, { types: ["grant"] })).toBe(true);
    expect(isNarrower({ types: ["grant"] }, { types: ["loan"] })).toBe(false);
    expect(isNarrower({ operators: ["ADEME"] }, { types: ["grant"] })).toBe(false);
    expect(isNarrower({ except: ["1"] }, null)).toBe(false);
  });
});
