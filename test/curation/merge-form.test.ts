import { expect, it } from "vitest";
import { mergeForm } from "../../src/curation/merge-form.ts";

const shown = { nom: "Région", site: "", accord: "2024" };

it("takes typed values for touched fields, and saved values for the others", () => {
  const merged = mergeForm(shown, { ...shown, site: "https://b.example" }, { ...shown, nom: "Région Bretagne" });
  expect(merged).toEqual({ written: { nom: "Région Bretagne", site: "https://b.example", accord: "2024" }, conflicts: [] });
});

it("keeps the typed value of a field that both changed, and reports a conflict unless both values are equal", () => {
  const saved = { ...shown, nom: "Bretagne", accord: "2025" };
  expect(mergeForm(shown, saved, { ...shown, nom: "Région Bretagne", accord: "2025" })).toEqual({
    written: { nom: "Région Bretagne", site: "", accord: "2025" },
    conflicts: ["nom"],
  });
});

it("treats every field that differs from the saved value as touched if the shown values are unknown", () => {
  expect(mergeForm(null, { ...shown, nom: "Bretagne" }, shown)).toEqual({ written: shown, conflicts: ["nom"] });
});
