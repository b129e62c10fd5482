import { describe, expect, it } from "vitest";
import type { Values } from "../../src/model/run/decoded-record.ts";
import { proposeRenames } from "../../src/survey/propose/propose-renames.ts";

const titles = ["Aide aux communes", "Prêt à l’innovation", "Fonds vert", "Rénovation des écoles"];
const before: readonly Values[] = titles.map((titre, index) => ({
  id: `${index}`,
  titre,
  fin: `2026-12-0${index + 1}`,
  public: "Communes",
}));
const identify = (record: Values) => (typeof record.id === "string" ? record.id : null);
const now = (record: (was: Values, index: number) => Values): readonly Values[] =>
  before.map((was, index) => ({ id: was.id, ...record(was, index) }));

describe("a missing field and a new field", () => {
  it("are the same if the same aids have the same values, whatever the new name", () => {
    const [found, ...others] = proposeRenames({
      gone: [{ path: "titre", fields: ["name"] }],
      added: ["xyz", "autre"],
      before,
      now: now(({ titre }) => ({ xyz: titre, autre: "?" })),
      identify,
    });
    expect(found).toMatchObject({ from: "titre", to: "xyz", certainty: 0.8, same: 4, of: 4 });
    expect(others).toEqual([]);
  });

  it("are probably the same by name and values if the feeds have no common aid", () => {
    const found = proposeRenames({
      gone: [
        { path: "public", fields: ["targetedAudiences"] },
        { path: "fin", fields: ["submissionDeadline"] },
      ],
      added: ["date_de_fin", "publics_vises"],
      before,
      now: [{ id: "new", date_de_fin: "2027-01-01", publics_vises: "communes" }],
      identify,
    });
    expect(found.map(({ from, to }) => [from, to])).toEqual([
      ["public", "publics_vises"],
      ["fin", "date_de_fin"],
    ]);
    expect(found[0]?.certainty).toBeGreaterThan(0.8);
    expect(found[1]?.certainty).toBeLessThan(found[0]?.certainty ?? 0);
  });

  it("each field occurs in at most one rename", () => {
    const found = proposeRenames({
      gone: [
        { path: "titre", fields: ["name"] },
        { path: "titre_court", fields: ["shortTitle"] },
      ],
      added: ["titre_aide"],
      before,
      now: now(({ titre }) => ({ titre_aide: titre })),
      identify,
    });
    expect(found.map(({ from, to }) => [from, to])).toEqual([["titre", "titre_aide"]]);
  });

  it("are different if neither name nor values match", () => {
    const other = { gone: [{ path: "titre", fields: ["name" as const] }], added: ["couleur"], before, identify };
    expect(proposeRenames({ ...other, now: now((_, index) => ({ couleur: `bleu ${index}` })) })).toEqual([]);
    expect(proposeRenames({ ...other, added: [], now: [] })).toEqual([]);
  });
});
