import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { field, firstOf, split, when } from "../../../src/kit/expressions/expression.ts";
import { terms } from "../../../src/kit/rules/terms.ts";
import { slugsOf } from "../../../src/model/vocabularies.ts";
import { readValue, type WrittenTerms } from "../../support/read-value.ts";

const audiences = (values: Record<string, unknown>, separator = ",", written: WrittenTerms = {}) =>
  readValue(terms(split("public", separator), "targetedAudiences"), values, { terms: written });

describe("our own labels need no term file", () => {
  it.each([
    ["plural", "Communes, Associations"],
    ["Drôme and the second generation: singular", "Commune,Association"],
    ["case, accents, blanks", " COMMUNES ,  associations  "],
    ["slugs", "association,commune"],
  ])("%s", (_, text) => {
    expect(audiences({ public: text })).toMatchObject({ value: ["commune", "association"], codes: [] });
  });

  it("2021-07-09, a label was renamed and the tables were outdated: older labels are known too", () => {
    expect(audiences({ public: "Établissement public;EPCI à fiscalité propre" }, ";").value).toEqual(["epci", "public-org"]);
  });

  it("2023-08-10, straight and curly apostrophes crashed Grand Est and Manche", () => {
    for (const label of ["Dépenses d'investissement", "Dépenses d’investissement"]) {
      expect(readValue(terms("d", "destinations"), { d: [label] }).value).toEqual(["investment"]);
    }
  });

  it("the first generation's slugs have an underscore", () => {
    expect(audiences({ public: "public_org,private_sector" }).value).toEqual(["public-org", "private-sector"]);
  });

  it('never match substrings: "information" is not "formation", "en particulier" not "particulier"', () => {
    expect(readValue(terms("t", "categories"), { t: "Information professionnelle" })).toMatchObject({
      value: [],
      codes: ["unmapped-term"],
    });
    expect(audiences({ public: "en particulier" })).toMatchObject({ value: [], codes: ["unmapped-term"] });
  });
});

describe("one text where a list is expected (Région Sud, 2024)", () => {
  const read = (value: unknown) => readValue(terms("publics", "targetedAudiences"), { publics: value });

  it("is a list if every part is a label", () => {
    for (const text of ["Communes, Associations", "Communes;Associations", "Associations | Communes"]) {
      expect(read(text)).toMatchObject({ value: ["commune", "association"], codes: [] });
    }
    expect(read("Communes, Entreprises publiques locales (Sem, Spl, SemOp)").value).toEqual(["commune", "public-cies"]);
    expect(audiences({ public: "Communes;Associations" })).toMatchObject({ value: ["commune", "association"], codes: [] });
    expect(audiences({ public: "Communes;Martiens, Associations" })).toMatchObject({ value: ["association"], codes: ["unmapped-term"] });
  });

  it("is one unknown label if a part is unknown, never half a list", () => {
    const label = "Collectivité ou institution - Autre (GIP, copropriété, EPA...)";
    for (const text of ["Communes, Martiens", label]) {
      expect(read([text])).toMatchObject({ value: [], issues: [{ code: "unmapped-term", value: text }] });
    }
  });
});

describe("labels that contain the separator", () => {
  it("our own labels stay whole", () => {
    const read = audiences({ public: "Commune, Entreprise publique locale (Sem, Spl, SemOp), Association" });
    expect(read).toMatchObject({ value: ["commune", "public-cies", "association"], codes: [] });
  });

  it("Nouvelle-Aquitaine's never matched after the split: the longest known run of parts wins", () => {
    const written = {
      categories: {
        "Cuir, luxe": ["artisanat"],
        "Université, Enseignement supérieur, Recherche": ["education"],
        Recherche: ["innovation-et-recherche"],
      },
    };
    const read = readValue(
      terms(split("t", ","), "categories"),
      { t: "Cuir, luxe,Tourisme,Université, Enseignement supérieur, Recherche,Recherche" },
      { terms: written },
    );
    expect(read).toMatchObject({ value: ["artisanat", "innovation-et-recherche", "tourisme", "education"].sort(byVocabulary), codes: [] });
  });

  it("2024-05-07, entities are decoded before the split", () => {
    const written = {
      categories: { "Citoyenneté & Droits Humains": ["citoyennete"], "Coopération & Développement": ["cooperation-transfrontaliere"] },
    };
    const read = readValue(
      terms(split("s", ";"), "categories"),
      { s: "Citoyenneté &amp; Droits Humains;Coopération &amp; Développement" },
      { terms: written },
    );
    expect(read).toMatchObject({ codes: [] });
    expect(read.value).toHaveLength(2);
  });

  it.each(["<|>", " | ", "; "])("the separator %s", (separator) => {
    expect(audiences({ public: ["Communes", "Associations"].join(separator) }, separator).value).toEqual(["commune", "association"]);
  });

  it("ten thousand separators are split fast", () => {
    const started = performance.now();
    audiences({ public: "a,".repeat(10_000) });
    expect(performance.now() - started).toBeLessThan(1_000);
  });
});

const byVocabulary = (a: string, b: string) => {
  const order: readonly string[] = slugsOf("categories");
  return order.indexOf(a) - order.indexOf(b);
};

describe("term files", () => {
  const written: WrittenTerms = {
    targetedAudiences: { "Collectivités - Institutions": ["commune", "epci"], Touriste: [], Association: ["private-person"] },
    aidTypes: {},
  };

  it("map one term to several of ours; an ignored term gives no issue", () => {
    expect(audiences({ public: "Collectivités - Institutions,Touriste" }, ",", written)).toMatchObject({
      value: ["commune", "epci"],
      codes: [],
    });
  });
  it("the connector's file takes precedence over our labels", () => {
    expect(audiences({ public: "Association" }, ",", written).value).toEqual(["private-person"]);
  });
  it("2020-01-30, a new audience in ADEME's feed is one warning per record, with its vocabulary", () => {
    expect(audiences({ public: "Bailleurs sociaux,Communes,bailleurs  sociaux" }, ",", written)).toMatchObject({
      value: ["commune"],
      issues: [{ code: "unmapped-term", value: "Bailleurs sociaux", params: { vocabulary: "targetedAudiences" } }],
    });
  });
  it("Manche's contracts and funds are not aid types", () => {
    expect(readValue(terms("aid_types", "aidTypes"), { aid_types: ["Contrat de territoire 2017-2021", "Subvention"] })).toMatchObject({
      value: ["grant"],
      codes: ["unmapped-term"],
    });
  });
});

describe("the location of labels", () => {
  it("a list, a text, or a second field if the first is empty", () => {
    const rule = terms(firstOf(field("eztag_cible"), split("public", ", ")), "targetedAudiences");
    expect(readValue(rule, { eztag_cible: ["Associations"], public: "Communes" }).value).toEqual(["association"]);
    expect(readValue(rule, { eztag_cible: [], public: "Communes, Associations" }).value).toEqual(["commune", "association"]);
  });
  it("under a condition", () => {
    const rule = terms(when({ field: "type", isOneOf: ["AAP"] }, split("public", ",")), "targetedAudiences");
    expect(readValue(rule, { type: "AAP", public: "Communes" }).value).toEqual(["commune"]);
    expect(readValue(rule, { type: "GAG", public: "Communes" }).value).toEqual([]);
  });
  it.each([null, undefined, "", [], [""]])("%j is an empty list", (nothing) => {
    expect(readValue(terms("x", "targetedAudiences"), { x: nothing })).toMatchObject({ value: [], codes: [] });
  });
  it("an object in the list is an issue", () => {
    expect(readValue(terms("x", "targetedAudiences"), { x: [{ title: "Communes" }, "Communes"] })).toMatchObject({
      value: ["commune"],
      codes: ["unexpected-value"],
    });
  });
});

describe("a field with a single term", () => {
  it("is that term", () => {
    expect(readValue(terms("r", "recurrence"), { r: "Permanente" }).value).toBe("ongoing");
    expect(readValue(terms("r", "recurrence"), { r: null }).value).toBeNull();
  });
  it("two different terms are not resolved by a guess", () => {
    expect(readValue(terms("r", "recurrence"), { r: ["Permanente", "Ponctuelle"] })).toMatchObject({
      value: null,
      codes: ["unexpected-value"],
    });
    expect(readValue(terms("r", "recurrence"), { r: ["Permanente", "Permanente"] }).value).toBe("ongoing");
  });
});

it("the order of the labels does not matter", () => {
  fc.assert(
    fc.property(fc.shuffledSubarray([...slugsOf("categories")]), (slugs) => {
      const value = readValue(terms("c", "categories"), { c: slugs }).value;
      expect(value).toEqual(slugsOf("categories").filter((slug) => slugs.includes(slug)));
    }),
  );
});
