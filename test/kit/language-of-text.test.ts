import { describe, expect, it } from "vitest";
import { foreignLanguageOf, languageOfText } from "../../src/kit/values/text/language-of-text.ts";
import { vocabularies } from "../../src/model/vocabularies.ts";

describe("the language of a text", () => {
  it.each([
    ["Support for the renovation of schools", "en"],
    ["Renforcement et structuration des filières", "fr"],
    ["<p>Soutenir l’achat d’un <a href='https://the.example/of'>bus</a></p>", "fr"],
    ["Convocatoria para las organizaciones de la sociedad civil", "es"],
    ["Förderung für die Sanierung der Schulen", "de"],
    ["Clean Energy Grants", null],
    ["", null],
  ])("of « %s » is %s", (text, language) => expect(languageOfText(text)).toBe(language));

  it("is that of its words; without such words, that of the aid", () => {
    expect(foreignLanguageOf("Clean Energy Grants", "en")).toBe("en");
    expect(foreignLanguageOf("Clean Energy Grants", null)).toBeUndefined();
    expect(foreignLanguageOf("Rénover une école", "en")).toBeUndefined();
    expect(foreignLanguageOf("Grants for schools in the region", "fr")).toBe("en");
  });

  it("is French for every term of ours", () => {
    const labels = Object.values(vocabularies).flatMap((terms) => terms.map(({ label }) => label));
    expect(labels.filter((label) => foreignLanguageOf(label) !== undefined)).toEqual([]);
  });
});
