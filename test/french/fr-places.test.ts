import { expect, it } from "vitest";
import { placeMessage } from "../../src/french/places.ts";

it("a place in a feed is said in French, its numbers as they are", () => {
  expect(placeMessage("sheet Aides, bourses, row 12045")).toBe("feuille Aides, bourses, ligne 12045");
  expect(placeMessage("page 2, item 17")).toBe("page 2, enregistrement n°\u00a017");
  expect(placeMessage("line 1, column 90, after /flux/aide[3]")).toBe("ligne 1, colonne 90, après /flux/aide[3]");
  expect(placeMessage("/flux/aide[3]")).toBe("/flux/aide[3]");
});
