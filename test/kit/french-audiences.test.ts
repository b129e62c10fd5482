import { describe, expect, it } from "vitest";
import { termLookup } from "../../src/kit/rules/term-lookup.ts";
import { foldTerm } from "../../src/kit/values/text/fold-term.ts";
import { readAudiences } from "../../src/kit/values/text/read-audiences.ts";

const { targetsOf } = termLookup(new Map());
const read = (text: string) => readAudiences(foldTerm(text), () => undefined);
const audiencesOf = (text: string) => read(text)?.audiences.toSorted();

describe("audiences in the French of administrations", () => {
  it.each([
    // A threshold of inhabitants never changes the audience.
    ["Communes de moins de 10 000 habitants", ["commune"]],
    ["Commune de 2 000 à 10 000 hab.", ["commune"]],
    ["Communes < 2000 hab", ["commune"]],
    ["Communes rurales", ["commune"]],
    ["Petites communes et EPCI de moins de 20 000 habitants", ["commune", "epci"]],
    ["Collectivité ou institution - Communes de 10 000 à 20 000 hab", ["commune"]],
    // Compounds.
    ["Communes, Associations loi 1901, Particuliers", ["association", "commune", "private-person"]],
    ["Communes et intercommunalités", ["commune", "epci"]],
    ["Communes et/ou EPCI", ["commune", "epci"]],
    ["les communes, les départements ainsi que les régions", ["commune", "department", "region"]],
    ["Communes / EPCI", ["commune", "epci"]],
    ["Communes\nSyndicats mixtes", ["commune", "epci"]],
    ["Collectivités territoriales et leurs groupements", ["commune", "department", "epci", "region"]],
    ["Collectivités locales et leurs établissements publics", ["commune", "department", "epci", "public-org", "region"]],
    ["Associations et assimilées", ["association"]],
    ["Communes et assimilés", ["commune"]],
    ["Entreprises (hors agriculture)", ["private-sector"]],
    ["Collectivités territoriales hors régions", ["commune", "department", "epci"]],
    ["Communes, EPCI (hors métropoles)", ["commune", "epci"]],
    ["Associations sauf associations sportives", ["association"]],
    // Abbreviations.
    ["EPCI", ["epci"]],
    ["E.P.C.I.", ["epci"]],
    ["EPCI à FP", ["epci"]],
    ["PETR", ["epci"]],
    ["PNR", ["epci"]],
    ["SEM, SPL", ["public-cies"]],
    ["Collectivités hors communes rurales", ["commune", "department", "epci", "region"]],
    ["TPE/PME", ["private-sector"]],
    ["TPE, PME et ETI", ["private-sector"]],
    ["Structures de l’ESS", ["association", "private-sector"]],
    ["Acteurs de l'économie sociale et solidaire", ["association", "private-sector"]],
    ["ESS", ["association", "private-sector"]],
    ["CCAS", ["public-org"]],
    ["CC, CA, CU", ["epci"]],
    // Plural and feminine forms, articles.
    ["Agriculteurs et agricultrices", ["farmer"]],
    ["Agriculteur·rice·s", ["farmer"]],
    ["Exploitantes agricoles", ["farmer"]],
    ["Étudiantes et étudiants", ["private-person"]],
    ["Artisans, commerçantes et commerçants", ["private-sector"]],
    ["Habitants et habitantes", ["private-person"]],
    ["Chercheuses", ["researcher"]],
    ["Aux associations sportives et culturelles", ["association"]],
    ["Propriétaires occupants", ["private-person"]],
    ["Syndicats d’eau potable", ["epci"]],
    ["Communautés de communes, communautés d'agglomération, métropoles", ["epci"]],
    ["Tous publics", undefined],
  ])("reads %j as %j", (text, expected) => {
    expect(audiencesOf(text)).toEqual(expected);
  });

  it.each([
    "Porteurs de projets publics et privés",
    "Communes et martiens",
    "en particulier les communes",
    "Aménagement des communes",
    "Formation des entreprises",
    "Habitants des communes rurales et leurs animaux",
    "hors communes",
    "",
    "x".repeat(5_000),
  ])("does not guess %j", (text) => {
    expect(audiencesOf(text)).toBeUndefined();
  });

  it.each([
    ["Communes de moins de 10 000 habitants", [{ audience: "commune", minPopulation: null, maxPopulation: 9_999 }]],
    ["Communes jusqu’à 3 500 habitants", [{ audience: "commune", minPopulation: null, maxPopulation: 3_500 }]],
    ["Communes de plus de 2 000 habitants", [{ audience: "commune", minPopulation: 2_001, maxPopulation: null }]],
    ["Communes d’au moins 2.000 hab.", [{ audience: "commune", minPopulation: 2_000, maxPopulation: null }]],
    ["Communes de 10 000 à 20 000 hab", [{ audience: "commune", minPopulation: 10_000, maxPopulation: 20_000 }]],
    ["Communes entre 500 et 5 000 habitants", [{ audience: "commune", minPopulation: 500, maxPopulation: 5_000 }]],
    ["Communes de < 2000 hab", [{ audience: "commune", minPopulation: null, maxPopulation: 1_999 }]],
    ["Communes (- de 2 000 habitants)", [{ audience: "commune", minPopulation: null, maxPopulation: 1_999 }]],
    ["EPCI dont la population est inférieure à 50 000 habitants", [{ audience: "epci", minPopulation: null, maxPopulation: 49_999 }]],
    ["Communes, EPCI de moins de 20 000 habitants", [{ audience: "epci", minPopulation: null, maxPopulation: 19_999 }]],
    ["Communes de population inférieure ou égale à 3 500 habitants", undefined],
    [
      "Communes dont la population est inférieure ou égale à 3 500 habitants",
      [{ audience: "commune", minPopulation: null, maxPopulation: 3_500 }],
    ],
    ["Communes", []],
  ])("keeps the threshold of %j beside the audience", (text, conditions) => {
    expect(read(text)?.conditions).toEqual(conditions);
  });

  it("are known to every connector if all publishers mean the same by them", () => {
    expect(targetsOf("targetedAudiences", "Communes et EPCI de moins de 20 000 habitants")).toEqual(["commune", "epci"]);
    expect(targetsOf("targetedAudiences", "TPE/PME et associations loi 1901")).toEqual(["association", "private-sector"]);
    expect(targetsOf("targetedAudiences", "Collectivités et associations")).toBeUndefined();
    expect(targetsOf("targetedAudiences", "Bailleurs sociaux")).toBeUndefined();
  });

  it("lets the publisher's own terms decide each part", () => {
    const own = termLookup(new Map([["targetedAudiences", [new Map([["collectivites", ["epci"]]])]]]));
    expect(own.targetsOf("targetedAudiences", "Collectivités")).toEqual(["epci"]);
    expect(own.targetsOf("targetedAudiences", "Collectivités et associations")?.toSorted()).toEqual(["association", "epci"]);
  });
});
