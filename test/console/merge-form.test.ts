import { expect, it } from "vitest";
import { mergeForm } from "../../src/console/forms/conflict.tsx";

const shown = { nom: "Région", site: "", accord: "2024" };

it("what a person did not touch is as it is saved, what they did is as they typed it", () => {
  const merged = mergeForm(shown, { ...shown, site: "https://b.example" }, { ...shown, nom: "Région Bretagne" });
  expect(merged).toEqual({ written: { nom: "Région Bretagne", site: "https://b.example", accord: "2024" }, conflicts: [] });
});

it("where both wrote, what was typed stays, and it is a conflict unless both wrote the same", () => {
  const saved = { ...shown, nom: "Bretagne", accord: "2025" };
  expect(mergeForm(shown, saved, { ...shown, nom: "Région Bretagne", accord: "2025" })).toEqual({
    written: { nom: "Région Bretagne", site: "", accord: "2025" },
    conflicts: ["nom"],
  });
});

it("where nobody knows what was shown, all that differs from what is saved was typed", () => {
  expect(mergeForm(null, { ...shown, nom: "Bretagne" }, shown)).toEqual({ written: shown, conflicts: ["nom"] });
});
