import { expect, it } from "vitest";
import { mergeWritten } from "../../src/console/merge-written.ts";

const shown = { nom: "Région", site: "", accord: "2024" };

it("what a person did not touch is as it is saved, what they did is as they typed it", () => {
  const merged = mergeWritten(shown, { ...shown, site: "https://b.example" }, { ...shown, nom: "Région Bretagne" });
  expect(merged).toEqual({ written: { nom: "Région Bretagne", site: "https://b.example", accord: "2024" }, both: [] });
});

it("where both wrote, what was typed stays, and it is told unless both wrote the same", () => {
  const saved = { ...shown, nom: "Bretagne", accord: "2025" };
  expect(mergeWritten(shown, saved, { ...shown, nom: "Région Bretagne", accord: "2025" })).toEqual({
    written: { nom: "Région Bretagne", site: "", accord: "2025" },
    both: ["nom"],
  });
});

it("where nobody knows what was shown, all that differs from what is saved was typed", () => {
  expect(mergeWritten(null, { ...shown, nom: "Bretagne" }, shown)).toEqual({ written: shown, both: ["nom"] });
});
