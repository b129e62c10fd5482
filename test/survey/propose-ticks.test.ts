import { describe, expect, it } from "vitest";
import { proposalFor, records, ruleOf } from "./survey-of.ts";

const aid = (n: number) => ({ code: `AIDE-${n}`, titre: `Aide à la rénovation des écoles n° ${n}` });

describe("columns with ticks", () => {
  it("are a list of audiences, one column each", async () => {
    const proposal = await proposalFor(
      records(12, (n) => ({ ...aid(n), Communes: n % 2 ? "x" : "", Associations: n % 3 ? "X" : "", Agriculteurs: "oui" })),
    );
    const audiences = proposal.fields.find(({ field }) => field === "targetedAudiences");
    expect(audiences?.from).toEqual(["Communes", "Associations", "Agriculteurs"]);
    expect(JSON.stringify(audiences?.rule)).toContain('"value":"Associations"');
    expect(proposal.termFiles).toEqual([]);
  });

  it("are also booleans below a key", async () => {
    const proposal = await proposalFor(records(12, (n) => ({ ...aid(n), publics: { communes: n % 2 === 0, associations: true } })));
    expect(proposal.fields.find(({ field }) => field === "targetedAudiences")?.from).toEqual(["publics.communes", "publics.associations"]);
  });

  it("are no list if there is only one, or if they contain other words", async () => {
    const one = await proposalFor(records(12, (n) => ({ ...aid(n), Communes: n % 2 ? "x" : "" })));
    expect(JSON.stringify(ruleOf(one, "targetedAudiences") ?? null)).not.toContain("when");
    const words = await proposalFor(records(12, (n) => ({ ...aid(n), Communes: `Vienne ${n}`, Associations: "x" })));
    expect(JSON.stringify(ruleOf(words, "targetedAudiences") ?? null)).not.toContain("when");
  });
});
