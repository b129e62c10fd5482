import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkPlausible } from "../../../../src/ingest/validate/plausible/check-plausible.ts";
import type { AidContent } from "../../../../src/model/aid/aid.ts";
import type { IssueCode } from "../../../../src/model/issue.ts";
import type { PerimeterRef } from "../../../../src/model/territories/perimeter.ts";
import { madeContent } from "../../../support/made-aids.ts";
import { propertyRuns } from "../../../support/property-runs.ts";

const france: PerimeterRef = { scale: "country", code: "FRA" };

/** Returns the codes and fields that the checks report. */
function reported(changes: Partial<AidContent>, territory: PerimeterRef = france, hasTerritories = false): string[] {
  const found: string[] = [];
  const content = { ...madeContent(), ...changes } as AidContent;
  checkPlausible(content, { territory, hasTerritories }, (code, at) => void found.push(`${code} ${at?.field}`));
  return found;
}

/** Texts that a code must report, and texts that only look like them. */
type Pairs = Readonly<Record<"alarms" | "misses", readonly string[]>>;

function expectPairs(code: IssueCode, field: keyof AidContent, { alarms, misses }: Pairs, changes: Partial<AidContent> = {}) {
  const verdict = (text: string) => [text, reported({ ...changes, [field]: text }).includes(`${code} ${field}`)] as const;
  expect(alarms.map(verdict)).toEqual(alarms.map((text) => [text, true]));
  expect(misses.map(verdict)).toEqual(misses.map((text) => [text, false]));
}

it("a sound aid has no alarm", () => {
  expect(reported({})).toEqual([]);
});

describe("says-closed", () => {
  it("a description that says that the aid is closed, suspended or out of money", () => {
    expectPairs("says-closed", "description", {
      alarms: [
        "<p>ATTENTION : CETTE AIDE N'EST PLUS PROPOSÉE. VOUS NE POUVEZ PLUS LA DEMANDER.</p>",
        "<p>Cette aide est définitivement close. Elle est remplacée par le chèque énergie.</p>",
        "<p>Ce dispositif n’est <strong>plus</strong> disponible.</p>",
        "<p>L'aide régionale à l'achat d'un vélo est actuellement suspendue.</p>",
        "<p>Nous vous informons que l'aide n'est plus accessible.</p>",
        "<p>Financer un vélo.</p><p>Dispositif suspendu jusqu'à nouvel ordre.</p>",
        "<p>L'enveloppe budgétaire 2026 est désormais épuisée.</p>",
        "<p>Crédits épuisés.</p>",
        "<p>L'appel à projets est clos.</p>",
        "<p>Les candidatures sont closes.</p>",
        "<p>Il n'est plus possible de déposer une demande.</p>",
        "<p>Vous ne pouvez plus déposer de dossier.</p>",
        "<p>Le programme est désormais complet.</p>",
        "<p>Le fonds a pris fin.</p>",
        "<p>La prime n'est plus attribuée.</p>",
      ],
      misses: [
        "<p>La session 2023 est clôturée, la suivante ouvrira en mars.</p>",
        "<p>L'appel à projets 2023 est clos. Le prochain appel ouvrira au printemps.</p>",
        "<p>L'aide n'est pas suspendue.</p>",
        "<p>Si l'aide n'est plus disponible, un remboursement est possible.</p>",
        "<p>Lorsque l'enveloppe est épuisée, les demandes sont refusées.</p>",
        "<p>Dans la limite des crédits, jusqu'à épuisement de l'enveloppe.</p>",
        "<p>Les dossiers sont examinés une fois l'appel à projets clos.</p>",
        "<p>L'appel à projets est clos le 31 décembre.</p>",
        "<p>Le dispositif est fermé aux associations.</p>",
        "<p>Le dossier est complet. Le dispositif est complet et souple.</p>",
        "<p>Le versement de l'aide est suspendu en cas de retard.</p>",
        "<p>Les entreprises dont l'aide a été suspendue ne peuvent pas candidater.</p>",
        "<p>Achat de clôtures fermées pour les brebis, circuit fermé.</p>",
        "<p>Le candidat a terminé ses études. Les travaux sont terminés.</p>",
        "<p>Cette aide est-elle close ?</p>",
        "<p>L'aide n'est plus due après la vente du logement.</p>",
        "<p>L'aide se clôturera le 3 mai.</p>",
        "<p>Investissements éligibles : achat de matériel de vente à la ferme, en circuit fermé ou suspendu.</p>",
      ],
    });
  });
  it("a mark in the title", () => {
    expectPairs("says-closed", "name", {
      alarms: ["Chèque vert (clos)", "SUSPENDU – Chèque vert", "Chèque vert - CLÔTURÉ", "[Terminé] Aide au vélo"],
      misses: ["Rénover un jardin clos", "Aider les commerces fermés", "Diagnostic complet", "Soutenir les éleveurs - clôtures"],
    });
  });
  it("not if the publisher changed the aid after its deadline, because the dates then say the same", () => {
    const description = "<p>L'appel à projets est clos.</p>";
    const dates = { startDate: null, submissionDeadline: "2026-03-01" };
    expect(reported({ description, ...dates, sourceUpdatedDate: "2026-03-02" })).toEqual([]);
    expect(reported({ description, ...dates, sourceUpdatedDate: "2026-02-01" })).toEqual(["says-closed description"]);
  });
});

it("permanent-call: a call for projects without a deadline, unless its text says that it is always open", () => {
  const call = { isCallForProject: true, recurrence: "ongoing", submissionDeadline: null } as const;
  expectPairs(
    "permanent-call",
    "recurrence",
    { alarms: ["ongoing"], misses: ["oneoff"] },
    { ...call, name: "Appel à projets pour les vergers" },
  );
  const verdict = (changes: Partial<AidContent>) => reported({ ...call, name: "Appel à projets pour les vergers", ...changes });
  expect(verdict({ description: "<p>C'est un appel à projets permanent.</p>" })).toEqual([]);
  expect(verdict({ eligibility: "<p>Dépôt au fil de l’eau.</p>" })).toEqual([]);
  expect(verdict({ submissionDeadline: "2027-01-31" })).toEqual([]);
  expect(verdict({ isCallForProject: false })).toEqual([]);
});

it("unlikely-date: years that no aid has", () => {
  const verdict = (changes: Partial<AidContent>) => reported({ startDate: null, submissionDeadline: null, ...changes });
  expect(["1970-01-01", "2004-12-31", "2051-01-01", "2099-12-31"].map((submissionDeadline) => verdict({ submissionDeadline }))).toEqual(
    Array(4).fill(["unlikely-date submissionDeadline"]),
  );
  expect(["2014-04-01", "2030-12-31", "2050-12-31"].map((submissionDeadline) => verdict({ submissionDeadline }))).toEqual([[], [], []]);
  expect([verdict({ startDate: "1900-01-01" }), verdict({ startDate: "1983-01-01" })]).toEqual([["unlikely-date startDate"], []]);
});

it("amount-without-unit", () => {
  expectPairs("amount-without-unit", "description", {
    alarms: [
      "<p>Le taux maximum est de 100% pour des subventions de 100 000 maximum.</p>",
      "<p>Prime de 1 500 par projet.</p>",
      "<p>Aide plafonnée à 20000.</p>",
    ],
    misses: [
      "<p>Des subventions de 100 000 € maximum.</p>",
      "<p>Aide de 3 000 euros par projet.</p>",
      "<p>Prêt de 10 000 à 75 000 €.</p>",
      "<p>Le dispositif est ouvert jusqu'à la conversion de 10 000 véhicules.</p>",
      "<p>Aide aux communes de 2 000 habitants.</p>",
      "<p>L'aide existe depuis l'année 2019. Programme d'aides de 2021.</p>",
      "<p>Enveloppe de 3 088 628,59 € de FEADER.</p>",
    ],
  });
});

it("rate-above-100", () => {
  expectPairs("rate-above-100", "description", {
    alarms: ["<p>Taux de subvention : 800 %.</p>", "<p>Aide jusqu'à 150% des dépenses.</p>"],
    misses: [
      "<p>Taux de subvention : 100 %.</p>",
      "<p>Aide jusqu'à 80 % des dépenses.</p>",
      "<p>Une hausse de la production de 150 %.</p>",
      "<p>Déduction fiscale : aide à hauteur de 140 % du coût d'acquisition.</p>",
    ],
  });
});

it("test-record", () => {
  expectPairs("test-record", "name", {
    alarms: [
      "Test AB 2",
      "test 2023 1",
      "Test JBE",
      "TEST",
      "Aide test",
      "Aide au vélo - À SUPPRIMER",
      "NE PAS PUBLIER – aide",
      "Fiche test n°3",
    ],
    misses: [
      'Étude "Test géothermie"',
      "Financer les études et tests préalables",
      "Testing and implementation of research results",
      "Réaliser un test de réponse thermique",
      "Supprimer les passages à niveau",
      "Tester une activité agricole",
    ],
  });
  expectPairs("test-record", "description", {
    alarms: ["<p>test, test2, test3,</p>", "<p>Test</p>"],
    misses: ["<p>Un test de dépistage.</p>", "<p>Tests et essais</p>"],
  });
});

it("filler-text", () => {
  expectPairs("filler-text", "eligibility", {
    alarms: ["<p>Lorem ipsum dolor sit amet.</p>", "<p>Ut velit. Lorem ipsum.</p>"],
    misses: ["<p>Association Lorem, à Nancy.</p>"],
  });
});

it("placeholder-link", () => {
  expectPairs("placeholder-link", "applicationUrl", {
    alarms: [
      "https://www.google.fr",
      "https://google.com/",
      "https://test.manche.fr/guide-des-aides/ancienne-aide/",
      "https://preprod-aides.region.fr/a",
      "https://aides-recette.region.fr/a",
      "http://localhost:8080/aide",
      "http://192.168.1.20/aide",
      "https://www.example.com/aide",
      "https://www.exemple.fr",
      "https://aides.test/velo",
    ],
    misses: [
      "https://www.google.com/maps/d/viewer?mid=1",
      "https://docs.google.com/forms/d/1",
      "https://www.region.fr/test/aide",
      "https://agirpourlatransition.ademe.fr/aide-test-reponse-thermique",
      "https://www.latest.fr/aide",
      "https://contest.region.fr/a",
      "https://www.exemple.fr/aides/velo",
      "https://recettes-locales.region.fr/a",
      "https://localhost-services.fr/a",
    ],
  });
});

it("cut-text: a text that ends after a word that ends no sentence", () => {
  const long = "<p>Le département aide les communes qui entretiennent leurs haies et leurs chemins.</p>";
  expectPairs("cut-text", "description", {
    alarms: [
      `${long}<p>Les opérations de géothermie de surface ou</p>`,
      `${long}<p>Le dispositif s’appuie sur un comité de ...</p>`,
      `${long}<p>with positive effects on quality, security and…</p>`,
      `${long}<ul><li>Direction de la</li></ul>`,
      `${long}<p>Les bénéficiaires de l'</p>`,
    ],
    misses: [
      long,
      `${long}<p>Les bénéficiaires sont :</p>`,
      `${long}<ul><li>Études</li><li>Travaux</li></ul>`,
      `${long}<ul><li>Répondre aux enjeux du territoire,</li></ul>`,
      `${long}<p>Commande signée, devis accepté…</p>`,
      `${long}<p>Deux relèves par an</p>`,
      `${long}<p>Conseil proposé par l'Aract Grand Est.</p>`,
      `${long}<p>Matériel d'éclairage et de son</p>`,
      "<p>Communes et</p>",
    ],
  });
});

describe("territories", () => {
  const at = (scale: "department" | "region" | "commune" | "mainland", code: string, name: string) => ({ scale, code, name });
  const drome: PerimeterRef = { scale: "department", code: "26" };
  const verdict = (perimeters: AidContent["perimeters"], territory = drome) => reported({ perimeters }, territory);

  it("outside-territory: no place of the aid is the publisher's", () => {
    expect(verdict([at("department", "50", "Manche")])).toEqual(["outside-territory perimeters"]);
    expect(verdict([at("region", "53", "Bretagne"), at("department", "50", "Manche")])).toEqual(["outside-territory perimeters"]);
    expect(verdict([at("department", "974", "La Réunion")], { scale: "mainland", code: "FRA-MET" })).toEqual([
      "outside-territory perimeters",
    ]);
  });
  it("not an aid that is also valid there, or in a larger territory", () => {
    expect(verdict([at("department", "26", "Drôme")])).toEqual([]);
    expect(verdict([at("commune", "26362", "Valence")])).toEqual([]);
    expect(verdict([at("region", "84", "Auvergne-Rhône-Alpes")])).toEqual([]);
    expect(verdict([at("department", "50", "Manche"), at("department", "26", "Drôme")])).toEqual([]);
    expect(verdict([at("department", "50", "Manche")], france)).toEqual([]);
  });
  it("without-territory: an aid that its publisher changed after the deadline, if the connector reads territories", () => {
    const nowhere = {
      perimeters: [],
      perimeterSuggestion: null,
      startDate: null,
      submissionDeadline: "2026-01-31",
      sourceUpdatedDate: "2026-02-01",
    };
    expect(reported({ ...nowhere, sourceUpdatedDate: "2026-01-31" }, france, true)).toEqual([]);
    expect(reported(nowhere, france, true)).toEqual(["without-territory perimeters"]);
    expect(reported({ ...nowhere, perimeterSuggestion: "Pays de Brocéliande" }, france, true)).toEqual([]);
    expect(reported({ ...nowhere, submissionDeadline: null }, france, true)).toEqual([]);
    expect(reported(nowhere)).toEqual([]);
  });
});

it("never throws, and needs a time that grows with the text only (property)", () => {
  const words = [
    "l'aide ",
    "est ",
    "n'est plus ",
    "close ",
    "proposée ",
    "1 000 ",
    "100 % ",
    "<b>",
    "</b>",
    "</p>",
    "a-",
    "et ",
    "é",
    "…",
    "\n",
  ];
  const text = fc.array(fc.constantFrom(...words), { maxLength: 200 }).map((parts) => parts.join(""));
  fc.assert(
    fc.property(text, fc.constantFrom("description", "eligibility"), (written, field) => {
      reported({ [field]: `${written}x` });
    }),
    { numRuns: propertyRuns(200) },
  );
  for (const word of words) {
    const started = performance.now();
    reported({ description: `l'aide ${word.repeat(200_000)}`, eligibility: `subvention ${word.repeat(200_000)}` });
    expect(performance.now() - started, word).toBeLessThan(3000);
  }
});
