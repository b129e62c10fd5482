import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mapRecord, readExternalId, readName } from "../../../src/ingest/map/map-record.ts";
import type { ConnectorInput } from "../../../src/kit/definition.ts";
import { firstOf, literal, split } from "../../../src/kit/expressions/expression.ts";
import { choose } from "../../../src/kit/field-rules.ts";
import { money, rate } from "../../../src/kit/rules/amounts.ts";
import { computed, constant } from "../../../src/kit/rules/constant.ts";
import { date, time } from "../../../src/kit/rules/date.ts";
import { identifier } from "../../../src/kit/rules/identifier.ts";
import { list } from "../../../src/kit/rules/list.ts";
import { organisations } from "../../../src/kit/rules/organisations.ts";
import { perimeters } from "../../../src/kit/rules/perimeters.ts";
import { terms } from "../../../src/kit/rules/terms.ts";
import { html, text } from "../../../src/kit/rules/texts.ts";
import { url } from "../../../src/kit/rules/url.ts";
import { yesNo } from "../../../src/kit/rules/yes-no.ts";
import { AidContent, aidFields } from "../../../src/model/aid/aid.ts";
import type { WrittenTerms } from "../../support/read-value.ts";
import { compiledConnector } from "../../support/sound-connector.ts";

const always = { externalId: identifier("id"), name: text("titre") };
function map(
  fields: Partial<ConnectorInput["fields"]>,
  values: Record<string, unknown>,
  changes: Partial<ConnectorInput> = {},
  written?: WrittenTerms,
) {
  const compiled = compiledConnector({ ...changes, fields: { ...always, ...fields } }, written);
  return mapRecord(compiled, { locator: "item 3", values: { id: "1", titre: "Une aide", ...values } });
}

describe("a cell of 100,000 unknown words", () => {
  const words = Array.from({ length: 100_000 }, (_, word) => `mot ${word} ${"x".repeat(word === 0 ? 1000 : 0)}`);

  it("yields a hundred issues and a thousand terms, each shortened to the maximum length of a term", () => {
    const { issues, unmapped } = map({ targetedAudiences: terms("publics", "targetedAudiences") }, { publics: words });
    expect(issues).toHaveLength(100);
    expect(unmapped).toHaveLength(1000);
    expect(unmapped[0]?.[1]).toHaveLength(256);
  });

  it("keeps a whole list of keywords", () => {
    const { draft } = map({ keywords: list("mots") }, { mots: words });
    expect(draft.content.keywords).toHaveLength(100_000);
  });
});

describe("a draft", () => {
  it("has the address behind a cell that shows a label, although all cells show the same", () => {
    const compiled = compiledConnector({ fields: { ...always, originUrl: url("lien") } });
    const originUrl = (address: string) =>
      mapRecord(compiled, { locator: "row 2", values: { id: "1", titre: "Aide", lien: "voir", "lien (link)": address } }).draft.content
        .originUrl;
    expect(["https://a.fr/1", "https://a.fr/2"].map(originUrl)).toEqual(["https://a.fr/1", "https://a.fr/2"]);
  });

  it("has every field, null or an empty list if the feed has no value", () => {
    const { draft, issues } = map({}, {});
    expect(Object.keys(draft.content)).toEqual(aidFields);
    expect(AidContent.safeParse(draft.content).error).toBeUndefined();
    expect(draft.content).toMatchObject({ name: "Une aide", nameInitial: "Une aide", language: "fr", importShareLicence: "openlicence20" });
    expect(draft.content).toMatchObject({ categories: [], perimeters: [], description: null, recurrence: null, isCallForProject: null });
    expect(issues).toEqual([]);
  });

  it("keeps the identifier as text; a missing one is null, and the record is not rejected here", () => {
    expect(map({}, { id: " 00000003 " }).draft.externalId).toBe("00000003");
    expect(map({}, { id: 162 }).draft.externalId).toBe("162");
    expect(map({}, { id: null }).draft.externalId).toBeNull();
    expect(map({}, { id: "", titre: "" }).draft).toMatchObject({ externalId: null, content: { name: null, nameInitial: null } });
  });

  it("has a separate title for nameInitial", () => {
    expect(map({ nameInitial: text("initial") }, { initial: "Avant" }).draft.content).toMatchObject({
      name: "Une aide",
      nameInitial: "Avant",
    });
  });

  it("shares nothing mutable with another draft", () => {
    const compiled = compiledConnector({ fields: always });
    const first = mapRecord(compiled, { locator: "item 1", values: { id: "1", titre: "A" } });
    const second = mapRecord(compiled, { locator: "item 2", values: { id: "2", titre: "B" } });
    expect(first.draft.content).not.toBe(second.draft.content);
    expect(first.draft.content.name).toBe("A");
  });
});

describe("canonical order ignores changes of order", () => {
  const fields = {
    categories: terms("themes", "categories"),
    keywords: list("mots"),
    programs: list("programmes"),
    perimeters: perimeters("lieux", { written: "insee" as const }),
    financers: organisations("financeurs"),
  };
  it("sorts terms by the vocabulary, other lists by code point, and keeps organisations as published", () => {
    const { content } = map(fields, {
      themes: ["Tourisme", "Musée", "Emploi"],
      mots: ["été", "Zoo", "abri", "😀", "\uffee"],
      programmes: ["b", "a", "b"],
      lieux: ["REG-53", "DEP-29", "PAYS-99100"],
      financeurs: ["Zone", "Abri"],
    }).draft;
    expect(content.categories).toEqual(["musee", "emploi", "tourisme"]);
    expect(content.keywords).toEqual(["Zoo", "abri", "été", "\uffee", "😀"]);
    expect(content.programs).toEqual(["a", "b"]);
    expect((content.perimeters as { code: string }[]).map(({ code }) => code)).toEqual(["FRA", "29", "53"]);
    expect(content.financers).toEqual([
      { name: "Zone", siren: null },
      { name: "Abri", siren: null },
    ]);
  });
  it("sorts a constant too", () => {
    const { content } = map(
      { mobilizationSteps: constant(["postop", "preop", "op"]), perimeters: constant([{ scale: "region", code: "11" }]) },
      {},
    ).draft;
    expect(content.mobilizationSteps).toEqual(["preop", "op", "postop"]);
    expect(content.perimeters).toEqual([{ scale: "region", code: "11", name: "Île-de-France" }]);
  });
  it("gives the same draft for any order of the publisher's lists", () => {
    const mots = ["un", "deux", "trois", "quatre"];
    const themes = ["Tourisme", "Musée", "Emploi", "Sols"];
    fc.assert(
      fc.property(fc.shuffledSubarray(mots, { minLength: 4 }), fc.shuffledSubarray(themes, { minLength: 4 }), (a, b) => {
        expect(map(fields, { mots: a, themes: b }).draft).toEqual(map(fields, { mots, themes }).draft);
      }),
    );
  });
});

describe("a title with a call for projects, in whole words", () => {
  it.each([
    ["Appel à projets Fonds vert", true],
    ["Appels à projet 2024", true],
    ["APPEL A PROJETS culture", true],
    ["Appel à manifestation d'intérêt : friches", true],
    ["Appel à manifestations d’intérêt", true],
    ["AAP Biodiversité", true],
    ["Soutien (AMI)", true],
    ["AMI/AAP 2024", true],
    ["Aide aux familles", null],
    ["Désamiantage des toits", null],
    ["Un ami pour chaque aîné", null],
    ["Aide aux projets", null],
    ["Rappel à projets", null],
    ["AAPPMA de la Drôme", null],
  ])("%s: %s", (titre, flag) => {
    expect(map({}, { titre }).draft.content.isCallForProject).toBe(flag);
  });
  it("the feed's own flag takes precedence, also if it is no", () => {
    const flag = { isCallForProject: yesNo("aap") };
    expect(map(flag, { titre: "Appel à projets", aap: false }).draft.content.isCallForProject).toBe(false);
    expect(map(flag, { titre: "Appel à projets", aap: null }).draft.content.isCallForProject).toBe(true);
    expect(map(flag, { titre: "Une aide", aap: null }).draft.content.isCallForProject).toBeNull();
  });
});

describe("an issue", () => {
  it("has stage, locator, field, the publisher's field and the value", () => {
    const { issues } = map({ submissionDeadline: date("date_fin", ["dd/MM/yyyy"]) }, { date_fin: "31/02/2024" });
    expect(issues).toEqual([
      {
        stage: "map",
        code: "impossible-date",
        severity: "warning",
        locator: "item 3",
        field: "submissionDeadline",
        value: "31/02/2024",
        params: { from: "date_fin" },
      },
    ]);
  });
  it("for an unreadable deadline appears once, not again for its time", () => {
    const { issues } = map(
      { submissionDeadline: date("fin", ["iso"]), submissionDeadlineTime: time("fin", ["iso"]) },
      { fin: "bientôt 3" },
    );
    expect(issues.map(({ code }) => code)).toEqual(["unreadable-date"]);
  });
  it("is not repeated for unmapped terms, which are listed once by term file", () => {
    const fields = { categories: terms("themes", "categories"), perimeters: perimeters("lieu", { written: "name" as const }) };
    const { unmapped, issues } = map(fields, { themes: ["Lune", "lune", "Musée"], lieu: "Mare Tranquillitatis" });
    expect(unmapped).toEqual([
      ["categories", "Lune"],
      ["perimeters", "Mare Tranquillitatis"],
    ]);
    expect(issues.map(({ code, params }) => [code, params])).toEqual([
      ["unmapped-term", { vocabulary: "categories", from: "themes" }],
      ["unknown-perimeter", { from: "lieu" }],
    ]);
  });
  it("names an expected field that is empty, as in the feed", () => {
    const { issues } = map({}, { resume: " ", public: ["x"] }, { expect: { filled: ["resume", "public", "absent"] } });
    expect(issues.map(({ code, field }) => [code, field])).toEqual([
      ["expected-filled", "resume"],
      ["expected-filled", "absent"],
    ]);
  });
});

describe("noise and placeholders", () => {
  it("Nouvelle-Aquitaine's editor name is removed everywhere", () => {
    const { content } = map(
      { shortTitle: text("court"), keywords: list("o.mots") },
      { court: "Prêt, gda_editeur_de_texte", o: { mots: ["a, gda_editeur_de_texte"] } },
      { noise: [", gda_editeur_de_texte"] },
    ).draft;
    expect(content).toMatchObject({ shortTitle: "Prêt", keywords: ["a"] });
  });
  it("the identifier is the same before mapping and after", () => {
    const compiled = compiledConnector({ noise: ["x"], fields: always });
    const values = { id: "1x2", titre: "Uxne" };
    expect(readExternalId(compiled, values)).toBe(mapRecord(compiled, { locator: "item 1", values }).draft.externalId);
    expect(readName(compiled, values)).toBe("Une");
  });
  it("brackets nested ten thousand deep do not break the run", () => {
    const deep: unknown = JSON.parse(`${"[".repeat(10_000)}"x"${"]".repeat(10_000)}`);
    expect(map({}, { deep }, { noise: ["x"] }).draft.externalId).toBe("1");
  });
  it("Île-de-France's A DEFINIR APRES REPRISE is empty, also as a term or a date", () => {
    const fields = {
      startDate: date("d", ["iso"]),
      categories: terms("t", "categories"),
      financers: organisations("f"),
      loanAmount: money("m"),
    };
    const placeholder = "À définir  après reprise";
    const { draft, issues } = map(
      fields,
      { d: placeholder, t: placeholder, f: placeholder, m: placeholder },
      { placeholders: ["A DEFINIR APRES REPRISE"] },
    );
    expect(draft.content).toMatchObject({ startDate: null, categories: [], financers: [], loanAmount: null });
    expect(issues).toEqual([]);
  });
});

describe("a computed value is checked like any value", () => {
  const why = { why: "to see what becomes of a value of a wrong kind", reads: ["x"] };
  it.each([
    ["a text for a list", { keywords: computed("a", why, () => "abc" as unknown as string[]) }, "keywords", []],
    ["a number for a text", { shortTitle: computed("b", why, () => 3 as unknown as string) }, "shortTitle", null],
    ["an unknown slug", { aidTypes: computed("c", why, () => ["grand"] as unknown as "grant"[]) }, "aidTypes", []],
    ["no calendar date", { startDate: computed("d", why, () => "2024-13-01") }, "startDate", null],
  ] as const)("%s", (_, fields, field, empty) => {
    const { draft, issues } = map(fields, {});
    expect(draft.content[field]).toEqual(empty);
    expect(issues.map((issue) => [issue.code, issue.field])).toEqual([["unexpected-value", field]]);
  });
  it("a valid one is kept; validation handles one that is only too long", () => {
    const long = "x".repeat(70);
    expect(map({ shortTitle: computed("e", why, () => long) }, {}).draft.content.shortTitle).toBe(long);
  });
});

it("never throws, whatever the data", () => {
  const compiled = compiledConnector({
    noise: ["zz"],
    placeholders: ["néant"],
    fields: {
      ...always,
      description: html("d"),
      originUrl: url("u"),
      startDate: date("s", ["iso", "dd/MM/yyyy", "french", "rfc822"]),
      categories: terms(split("c", ","), "categories"),
      keywords: list("k"),
      financers: organisations("f", { name: "nom", siren: "siren" }),
      perimeters: perimeters("p", { written: "insee" }),
      loanAmount: money("m"),
      subventionRateUpperBound: rate("r", { bound: "upper" }),
      isCharged: yesNo("y"),
    },
  });
  const record = fc.record(
    Object.fromEntries(
      [..."dusckfpmry", "id", "titre"].map((key) => [key, fc.anything({ maxDepth: 3, key: fc.constantFrom("nom", "siren", "a") })]),
    ),
    {
      requiredKeys: [],
    },
  );
  fc.assert(
    fc.property(record, (values) => {
      const { draft } = mapRecord(compiled, { locator: "item 1", values: JSON.parse(JSON.stringify(values)) as Record<string, unknown> });
      expect(Object.keys(draft.content)).toEqual(aidFields);
    }),
  );
});

describe("that an aid is permanent", () => {
  const isFilled = { field: "fin", isFilled: true } as const;
  const written: WrittenTerms = { recurrence: { permanent: ["ongoing"], ponctuel: ["oneoff"] } };
  const states = (recurrence: NonNullable<ConnectorInput["fields"]["recurrence"]>, values: Record<string, unknown>) =>
    map({ recurrence }, values, {}, written).statesPermanence;

  it("is stated by a word of the record, and only assumed by the connector's last resort", () => {
    const rule = choose(
      [
        { when: isFilled, use: constant("oneoff") },
        { when: { field: "etat", isOneOf: ["ouvert toute l'année"] }, use: constant("ongoing", { quote: "ouvert toute l'année" }) },
        { when: { field: "recurrence", isFilled: true }, use: terms("recurrence", "recurrence") },
      ],
      constant("ongoing"),
    );
    expect(states(rule, { recurrence: "permanent" })).toBe(true);
    expect(states(rule, { etat: "ouvert toute l'année" })).toBe(true);
    expect(states(rule, {})).toBe(false);
    expect(states(rule, { fin: "2027-01-01" })).toBe(false);
    expect(states(rule, { recurrence: "ponctuel" })).toBe(false);
  });

  it("is stated for all records if the connector quotes the publisher's page, and never by a text of the connector", () => {
    expect(states(constant("ongoing", { quote: "Nos aides sont permanentes.", page: "https://www.exemple.fr/aides" }), {})).toBe(true);
    expect(states(constant("ongoing"), {})).toBe(false);
    expect(states(terms(firstOf("recurrence", literal("permanent")), "recurrence"), {})).toBe(false);
  });
});
