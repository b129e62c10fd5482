import { describe, expect, it } from "vitest";
import { holds } from "../../src/kit/expressions/evaluate-condition.ts";
import { evaluateExpression, isBlank } from "../../src/kit/expressions/evaluate-expression.ts";
import {
  type Condition,
  capture,
  type Expression,
  field,
  firstOf,
  join,
  json,
  labelled,
  literal,
  placeNames,
  section,
  slug,
  split,
  when,
} from "../../src/kit/expressions/expression.ts";
import type { RuleIssue } from "../../src/kit/rules/rule-context.ts";
import { cleanHtml } from "../../src/kit/values/html/clean-html.ts";

const placeholders = new Set(["a definir apres reprise"]);

function evaluate(expression: Expression, values: Record<string, unknown>): { value: unknown; codes: string[] } {
  const issues: RuleIssue[] = [];
  const value = evaluateExpression(expression, { values, placeholders, report: (issue) => issues.push(issue) });
  return { value, codes: issues.map((issue) => issue.code) };
}
const valued = (expression: Expression, values: Record<string, unknown>) => evaluate(expression, values).value;

describe("field paths", () => {
  it.each<[string, string, Record<string, unknown>, unknown]>([
    [
      "Région Sud: a sentence with a typographic apostrophe, a trailing blank",
      "Comment en bénéficier ",
      { "Comment en bénéficier ": "x" },
      "x",
    ],
    ["a key that contains a dot", "a.b", { "a.b": 1, a: { b: 2 } }, 1],
    ["into an object", "couverture_geo.code", { couverture_geo: { code: "4" } }, "4"],
    ["through a list", "competences[].title", { competences: [{ title: "A" }, { title: "B" }, { href: "x" }] }, ["A", "B"]],
    ["XML: several", "cibles.cible[]", { cibles: { cible: ["A", "B"] } }, ["A", "B"]],
    ["XML: a single element is a list of one", "cibles.cible[]", { cibles: { cible: "A" } }, ["A"]],
    ["XML: a bare object in the middle", "regions[].region.nom", { regions: { region: { nom: "X" } } }, ["X"]],
    ["an empty element", "cibles.cible[]", { cibles: "" }, []],
    ["a list met without brackets", "a.b", { a: [{ b: 1 }, { b: [2, 3] }] }, [1, 2, 3]],
    ["nothing there", "a.b.c", { a: null }, null],
    ["a property of every object is not a field", "constructor", {}, null],
    ["nor is its prototype", "a.__proto__", { a: {} }, null],
    ["a field that is false", "a", { a: false }, false],
  ])("%s", (_name, path, values, expected) => {
    expect(valued(field(path), values)).toEqual(expected);
  });
});

describe("expressions", () => {
  it("firstOf skips blanks, placeholders and empty markup", () => {
    expect(valued(firstOf("a", "b", "c", "d"), { a: " ", b: "A DÉFINIR après reprise", c: "<p>&nbsp;</p>", d: "x" })).toBe("x");
    expect(valued(firstOf("a"), {})).toBeNull();
  });

  it("join skips blank values, converts numbers to text and flattens lists", () => {
    expect(valued(join(["a", "b", "c", "d", "e"]), { a: "x", b: null, c: "<p></p>", d: 0, e: ["y", ["z", ""]] })).toBe("x<br>0<br>y<br>z");
    expect(valued(join(["a", "b"]), { a: "", b: "A DEFINIR APRES REPRISE" })).toBeNull();
  });

  it("an object in a join is an issue, not [object Object]", () => {
    expect(evaluate(join(["a", "b"]), { a: { x: 1 }, b: "y" })).toEqual({ value: "y", codes: ["unexpected-value"] });
  });

  it("WelcomEurope: entities are decoded before the split", () => {
    expect(valued(split("a", ";"), { a: "Citoyenneté &amp; Droits;Coopération &amp;amp; Développement; ;" })).toEqual([
      "Citoyenneté & Droits",
      "Coopération & Développement",
    ]);
    expect(valued(split("a", "<|>"), { a: ["x<|>y", "z"] })).toEqual(["x", "y", "z"]);
    expect(valued(split("a", ","), {})).toEqual([]);
  });

  it("Loire-Bretagne: a reference without a space before the text; water agencies: a part of a link", () => {
    const reference = capture("a", "^([A-Z]{3}_\\d_\\d|\\S+)");
    expect(valued(reference, { a: "ABC_1_2Restaurer" })).toBe("ABC_1_2");
    expect(valued(reference, { a: "ECO12 Diagnostics" })).toBe("ECO12");
    const rest = capture("a", "^(?:[A-Z]{3}_\\d_\\d|\\S+)(.*)$");
    expect(valued(rest, { a: "ABC_1_2Restaurer\nles berges " })).toBe("Restaurer\nles berges");
    expect(valued(rest, { a: "REF9 " })).toBeNull();
    expect(valued(capture("a", "([^/]+)/[^/]+/[^/]+$"), { a: "jcms/pro_101/fr/titre" })).toBe("pro_101");
    expect(valued(capture("a", "x(y)"), { a: "z" })).toBeNull();
    expect(valued(capture("a", "(.)"), {})).toBeNull();
  });

  it("a text that is too long for a pattern is not searched, and reported", () => {
    const reported: RuleIssue[] = [];
    const read = (text: string) =>
      evaluateExpression(capture("a", "(.{1,400})"), { values: { a: text }, report: (issue) => reported.push(issue) });
    expect(read("x".repeat(10_000))).toHaveLength(400);
    expect(reported).toEqual([]);
    expect(read("x".repeat(30_000))).toBeNull();
    expect(reported).toMatchObject([{ code: "text-too-long", params: { length: 30_000 } }]);
  });

  it("a label is added only before a text", () => {
    expect(valued(labelled("Périmètre : ", "r"), { r: ["Mayotte", "Guyane"] })).toBe("Périmètre : Mayotte, Guyane");
    expect(valued(labelled("Périmètre : ", "r"), { r: [] })).toBeNull();
  });

  it("ADEME AGIR: names of regions from their codes, without unknown codes", () => {
    expect(valued(placeNames(split("regions", ","), "region"), { regions: ["75", 4, "53, 99"] })).toEqual([
      "Nouvelle-Aquitaine",
      "La Réunion",
      "Bretagne",
    ]);
  });

  it("literal, when, slug", () => {
    const condition: Condition = { field: "t", isOneOf: ["AAP"] };
    expect(valued(when(condition, literal("x")), { t: "aap " })).toBe("x");
    expect(valued(when(condition, "d"), { t: "GAG", d: 1 })).toBeNull();
    expect(valued(slug("n"), { n: "Prime à la <b>conversion</b> &ndash; l’État" })).toBe("prime-a-la-conversion-l-etat");
    expect(valued(slug("n"), { n: "???" })).toBeNull();
  });

  it("TEE: JSON in a cell, filtered by role", () => {
    const porteurs = '[{"nom":"ADEME","roles":["instructeur","diffuseur"]},{"nom":"CCI","roles":["diffuseur"]}]';
    const where = { key: "roles", isOneOf: ["Instructeur"] };
    expect(valued(json("porteurs", { path: "[].nom", where }), { porteurs })).toEqual(["ADEME"]);
    expect(valued(json("porteurs", { path: "[]", where }), { porteurs })).toEqual([{ nom: "ADEME", roles: ["instructeur", "diffuseur"] }]);
    expect(valued(json("porteurs", { path: "[].nom" }), { porteurs })).toEqual(["ADEME", "CCI"]);
    expect(valued(json("a", { path: "x.liste[].nom", where }), { a: { x: { liste: JSON.parse(porteurs) } } })).toEqual(["ADEME"]);
    expect(evaluate(json("porteurs"), { porteurs: "[{ nom: ADEME }]" })).toEqual({ value: null, codes: ["unreadable-json"] });
    expect(evaluate(json("porteurs"), { porteurs: "" })).toEqual({ value: null, codes: [] });
  });

  it("endless brackets are not JSON (they overflowed the stack and ended the run)", () => {
    for (const cell of [`${"[".repeat(100_000)}${"]".repeat(100_000)}`, `${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}`]) {
      expect(evaluate(json("porteurs"), { porteurs: cell })).toEqual({ value: null, codes: ["unreadable-json"] });
    }
    expect(valued(json("porteurs", { path: "a" }), { porteurs: `{"a":"${"[".repeat(1000)}"}` })).toBe("[".repeat(1000));
  });

  it.each([
    ["bare keys, single quotes", "[{ nom: 'ADEME', roles: [ 'instructeur' ]}]", [{ nom: "ADEME", roles: ["instructeur"] }]],
    ["an apostrophe inside", "{nom: 'Chambre d'agriculture', siren: '1'}", { nom: "Chambre d'agriculture", siren: "1" }],
    ["a key's look inside a text, a comma too many", `[{"nom": "a: {b: 'c',}", },]`, [{ nom: "a: {b: 'c',}" }]],
    ["an escaped quote", "['l\\'eau \"vive\"']", ['l\'eau "vive"']],
  ])("the national schema's own examples are not strict JSON: %s", (_name, cell, value) => {
    expect(evaluate(json("porteurs"), { porteurs: cell })).toEqual({ value, codes: [] });
  });
});

describe("isDate", () => {
  const isDate: Condition = { field: "d", isDate: ["french", "dd/MM/yyyy"] };

  it.each([
    ["15 avril 2022", true],
    ["15/04/2022", true],
    ["fin mars 2024", false],
    ["30 février 2024", false],
    ["toute l'année", false],
    ["", false],
    [null, false],
    [["x", "1er mars 2024"], true],
  ])("%s: %s", (d, expected) => {
    expect(holds(isDate, { d })).toBe(expected);
  });
});

describe("section of a text between two headings", () => {
  const between = { from: "Opérations éligibles", to: "Type d’aide" };
  const cut = (text: string) => {
    const part = valued(section("d", between), { d: text });
    return typeof part === "string" ? cleanHtml(part) : part;
  };

  it.each([
    [
      "headings in tags, a straight apostrophe, capitals",
      "<p>x</p><h3>OPÉRATIONS ÉLIGIBLES</h3><p>a</p><h3>Type d'aide</h3><p>b</p>",
      "<p>a</p>",
    ],
    ["entities in headings", "<b>Op&eacute;rations&nbsp;&eacute;ligibles&nbsp;:</b> a<br>b <b>Type d&rsquo;aide</b> c", "<p>a<br>b</p>"],
    ["tags inside a heading", "Opérations <strong>éli</strong>gibles : a Type d’aide b", "<p>a</p>"],
    [
      "a word that only begins like the heading",
      "Opérations éligiblesques Opérations éligibles a Type d’aides Type d’aide",
      "<p>a Type d’aides</p>",
    ],
    ["the second heading also occurs before the first", "Type d’aide z Opérations éligibles a Type d’aide b", "<p>a</p>"],
    ["without the second heading: to the end", "Opérations éligibles <p>a</p>", "<p>a</p>"],
    ["without the first heading: empty", "a Type d’aide", null],
    ["the heading only in an attribute", '<a title="Opérations éligibles">a</a>', null],
    ["nothing between", "<h2>Opérations éligibles</h2><h2>Type d’aide</h2>", null],
  ])("%s", (_name, text, expected) => {
    expect(cut(text)).toBe(expected);
  });

  it("a missing heading is an issue", () => {
    expect(evaluate(section("d", between), { d: "a" }).codes).toEqual(["section-not-found"]);
    expect(evaluate(section("d", between), { d: "" }).codes).toEqual([]);
  });

  it("starts at the beginning without a first heading", () => {
    expect(valued(section("d", { to: "Service Instructeur et Référent" }), { d: "<p>a</p>SERVICE INSTRUCTEUR ET RÉFÉRENT b" })).toBe(
      "<p>a</p>",
    );
  });

  it("a text of 300,000 characters is cut fast", () => {
    const started = performance.now();
    cut(`${"<a ".repeat(50_000)}${"<!--".repeat(10_000)}${"é ".repeat(50_000)}`);
    expect(performance.now() - started).toBeLessThan(3000);
  });
});

describe("conditions", () => {
  it.each<[string, Condition, Record<string, unknown>, boolean]>([
    ["case, accents, blanks, apostrophes", { field: "t", isOneOf: ["Demande d'autorisation"] }, { t: [" DEMANDE  d’Autorisation"] }, true],
    ["entities", { field: "t", isOneOf: ["L’été"] }, { t: "L&rsquo;&eacute;t&eacute;" }, true],
    ["never by substring", { field: "t", isOneOf: ["Aide"] }, { t: "Aides" }, false],
    ["numbers and texts", { field: "t", isOneOf: [1] }, { t: "1" }, true],
    ["yes/no", { field: "t", isOneOf: [true] }, { t: true }, true],
    ["one member of a list is enough", { field: "t[].n", isOneOf: ["b"] }, { t: [{ n: "a" }, { n: "B" }] }, true],
    ["ami is not in famille", { field: "t", hasWords: ["AMI"] }, { t: "Aide à la famille et au désamiantage" }, false],
    ["AMI in brackets", { field: "t", hasWords: ["ami"] }, { t: "Territoires (AMI) 2024" }, true],
    [
      "whole words across punctuation",
      { field: "t", hasWords: ["appel à manifestation d'intérêt"] },
      { t: "Appel à manifestation d’intérêt : x" },
      true,
    ],
    ["filled", { field: "t", isFilled: true }, { t: "<p> </p>" }, false],
    ["not filled: a zero date", { field: "t", isFilled: false }, { t: "0000-00-00 00:00:00" }, true],
    ["not filled: absent", { field: "t", isFilled: false }, {}, true],
    [
      "zero and no are filled",
      {
        all: [
          { field: "a", isFilled: true },
          { field: "b", isFilled: true },
        ],
      },
      { a: 0, b: false },
      true,
    ],
    ["any, not", { any: [{ field: "a", isFilled: true }, { not: { field: "b", isFilled: true } }] }, {}, true],
  ])("%s", (_name, condition, values, expected) => {
    expect(holds(condition, values)).toBe(expected);
  });
});

describe("isBlank", () => {
  it.each([
    null,
    undefined,
    "",
    " \u00a0\u200b",
    [],
    [null, ""],
    {},
    Number.NaN,
    "<p>&nbsp;</p>",
    "À définir après reprise",
    "<p>A DEFINIR APRES REPRISE</p>",
  ])("%j", (value) => {
    expect(isBlank(value, placeholders)).toBe(true);
  });
  it.each([0, false, "a", ["", "a"], { a: null }, new Date(0), "3 < 4"])("not %j", (value) => {
    expect(isBlank(value, placeholders)).toBe(false);
  });
});
