import { describe, expect, it } from "vitest";
import { titleRule } from "../../src/model/aid/title-rule.ts";

describe("the rule of a title", () => {
  it.each([
    "Rénover une école",
    "RÉNOVER une école",
    "Soutenir les associations",
    "Construire un gymnase",
    "Étendre un réseau",
    "Promouvoir la lecture",
    "S’équiper en vélos",
    "Se former au numérique",
    "Mieux trier ses déchets",
    "Être accompagné dans son projet",
    "Reconstruire après une catastrophe",
  ])("finds the verb of « %s »", (title) => {
    expect(titleRule(title).beginsWithVerb).toBe(true);
  });

  it.each([
    "Offre de services",
    "Aide à la rénovation",
    "Atelier d’artiste",
    "Centre de loisirs",
    "Territoires en transition",
    "Mémoire et histoire",
    "Espoir banlieues",
    "Foyer rural",
    "Appel à projets : rénover une école",
    "",
  ])("finds no verb in « %s »", (title) => {
    expect(titleRule(title).beginsWithVerb).toBe(false);
  });

  it("counts characters, not code units", () => {
    expect(titleRule(`Rénover ${"🏫".repeat(172)}`)).toMatchObject({ characters: 180, isShort: true });
    expect(titleRule(`Rénover ${"x".repeat(173)}`).isShort).toBe(false);
  });
});
