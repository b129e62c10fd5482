import { describe, expect, it } from "vitest";
import { areForms, wordsOf } from "../../../src/registry/terms/suggest-mappings.ts";

describe("the words of a term", () => {
  it.each([
    ["Les zones d’activités", ["zone", "activite"]],
    ["Travaux & Équipements", ["traval", "equipement"]],
    ["Aide aux entreprises", ["entreprise"]],
    ["Gaz", ["gaz"]],
    ["Droits &amp; devoirs", ["droit", "amp", "devoir"]],
    ["de la", []],
  ])("%s", (term, words) => {
    expect(wordsOf(term)).toEqual(words);
  });

  it.each([
    ["culture", "culturel", true],
    ["energie", "energetique", false],
    ["transport", "transition", false],
    ["eau", "eaux", false],
    ["agriculteur", "agriculture", true],
    ["commerce", "commune", false],
  ])("%s and %s: forms of one word %s", (one, other, expected) => {
    expect(areForms(one, other)).toBe(expected);
    expect(areForms(other, one)).toBe(expected);
  });
});
