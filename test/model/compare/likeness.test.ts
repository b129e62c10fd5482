import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareTitles, significantWords } from "../../../src/model/compare/compare-titles.ts";
import { likenessOf } from "../../../src/model/compare/likeness.ts";
import { sketchOf, sketchOverlap } from "../../../src/model/compare/text-sketch.ts";
import { comparableLink } from "../../../src/model/text/comparable-link.ts";
import { comparableText } from "../../../src/model/text/comparable-text.ts";
import { exampleAid } from "../../support/example-aid.ts";

const longText = Array.from({ length: 60 }, (_, place) => `mot${place} de la phrase ${place % 7}`).join(" ");

describe("the likeness of an aid", () => {
  it("is made of titles, links, dates, text, financers and territories", () => {
    const likeness = likenessOf("k", exampleAid({ applicationUrl: "http://www.exemple.fr/aides/17/", description: `<p>${longText}</p>` }));
    expect(likeness).toMatchObject({
      key: "k",
      titles: ["renover un gymnase", "renovation des gymnases"],
      links: ["exemple.fr/aides/17"],
      startDate: "2023-06-02",
      submissionDeadline: "2024-01-15",
      financers: ["region exemple"],
      perimeters: ["region:53"],
    });
    expect(likeness.textHash).toMatch(/^[\w-]{22}$/);
    expect(likeness.textSketch).toHaveLength(16);
  });

  it("of a part of an aid: missing fields count for nothing", () => {
    expect(likenessOf("k", { name: "Fonds vert" })).toEqual({
      key: "k",
      titles: ["fonds vert"],
      programmes: [],
      pageTitles: [],
      links: [],
      sourcePage: null,
      startDate: null,
      submissionDeadline: null,
      textHash: null,
      textSketch: [],
      financers: [],
      perimeters: [],
      amounts: [],
      audiences: [],
    });
  });

  it("ignores a description that is a common phrase", () => {
    expect(likenessOf("k", { description: "<p>Voir le site de la région pour en savoir plus.</p>" })).toMatchObject({
      textHash: null,
      textSketch: [],
    });
  });

  it("does not see markup, case, accents and punctuation of a text", () => {
    const plain = likenessOf("k", { description: `L'œuvre d'été. ${longText}` });
    const marked = likenessOf("k", { description: `<p>L&rsquo;<b>Œuvre</b> D&#39;ÉTÉ</p>\n<ul><li>${longText}&nbsp;!</li></ul>` });
    expect(marked).toEqual(plain);
  });
});

describe("a title as it is compared", () => {
  it.each([
    ["Aide à l’œuvre — volet n° 2", "aide a l oeuvre volet n 2"],
    ["  AMI « Cœur de ville » (2024-2025) ", "ami coeur de ville 2024 2025"],
    ["R&amp;D &lt;b&gt;", "r d b"],
    ["!?…", ""],
  ])("%s", (written, compared) => expect(comparableText(written)).toBe(compared));

  it.each([
    ["similar: words of curators before it", "financer la renovation des ecoles", "renovation des ecoles", "similar"],
    ["similar: a verb for a noun, a plural", "renover un gymnase", "renovation des gymnases", "similar"],
    [
      "similar: the name of the programme is gone",
      "beneficier d un pret bonifie pour le logement social pret bonifie fsh",
      "beneficier d un pret bonifie pour le logement social",
      "similar",
    ],
    ["variant: each has a word of its own", "protection des captages d eau etudes", "protection des captages d eau travaux", "variant"],
    ["edition: another year", "trophees de l innovation numerique 2024", "trophees de l innovation numerique 2025", "edition"],
    ["edition: another volet", "fonds chaleur volet ii", "fonds chaleur volet iii", "edition"],
    ["similar: the year is on one side only", "trophees de l innovation numerique", "trophees de l innovation numerique 2025", "similar"],
    ["other: few words in common", "soutien aux festivals de musique", "soutien aux librairies", "other"],
    ["other: a short title inside a long one", "fonds vert", "fonds vert renaturation des villes et des villages", "other"],
    ["other: nothing to compare", "", "soutien aux librairies", "other"],
  ] as const)("%s", (_, a, b, expected) => {
    expect(compareTitles(a, b)).toBe(expected);
    expect(compareTitles(b, a)).toBe(expected);
  });

  it.each([
    ["appel a projets 2025", []],
    ["soutien a l investissement des territoires", []],
    ["programme advenir", ["adven"]],
    ["renovation energetique des ecoles", ["renov", "energetiqu", "ecole"]],
  ])("tells what the aid is about: %s", (title, words) => expect(significantWords(title)).toEqual(words));
});

describe("a link as it is compared", () => {
  it.each([
    ["https://www.Exemple.fr/Aides/12/", "exemple.fr/Aides/12"],
    ["http://exemple.fr/Aides/12#contact", "exemple.fr/Aides/12"],
    ["https://exemple.fr:443/Aides/12?utm_source=lettre&utm_medium=mail", "exemple.fr/Aides/12"],
    ["https://exemple.fr/aide?b=2&a=1&gclid=x", "exemple.fr/aide?a=1&b=2"],
    ["https://exemple.fr/%c3%a9t%C3%A9", "exemple.fr/%C3%A9t%C3%A9"],
    ["https://exemple.fr/été", "exemple.fr/%C3%A9t%C3%A9"],
    ["https://exemple.fr/#/aides/12", "exemple.fr#/aides/12"],
    ["https://exemple.fr/?p=12", "exemple.fr?p=12"],
  ])("%s", (written, compared) => expect(comparableLink(written)).toBe(compared));

  it.each(["https://www.exemple.fr/", "https://exemple.fr", "https://exemple.fr/?utm_source=x", "mailto:a@exemple.fr", "néant", ""])(
    "is none where it is the address of no aid: %s",
    (written) => expect(comparableLink(written)).toBeNull(),
  );

  it("is the same with and without scheme, www., final slash and tracking", () => {
    fc.assert(
      fc.property(fc.webUrl({ validSchemes: ["https"] }), (url) => {
        const dressed = url.replace("https://", "http://www.").replace(/\/?$/, "/");
        expect(comparableLink(`${dressed}?utm_source=a#b`)).toBe(comparableLink(url));
      }),
    );
  });
});

describe("the sketch of a text", () => {
  const words = Array.from({ length: 200 }, (_, place) => `mot${place}`);

  it("tells how much two texts have in common", () => {
    expect(sketchOverlap(sketchOf(words), sketchOf(words))).toBe(1);
    expect(sketchOverlap(sketchOf(words), sketchOf([...words.slice(0, 195), "autre"]))).toBeGreaterThan(0.7);
    expect(sketchOverlap(sketchOf(words), sketchOf(words.map((word) => `x${word}`)))).toBe(0);
    expect(sketchOverlap(sketchOf(words), [])).toBeNull();
  });

  it("estimates the share of runs of three words that two texts share", () => {
    const errors = Array.from({ length: 40 }, (_, text) => {
      const [a, b] = [
        sketchOf(words.map((word) => text + word)),
        sketchOf(words.map((word, place) => (place < 100 ? text + word : `x${word}`))),
      ];
      return (sketchOverlap(a, b) ?? 0) - 98 / 298;
    });
    expect(Math.abs(errors.reduce((sum, error) => sum + error, 0) / errors.length)).toBeLessThan(0.05);
  });
});
