import { afterEach, describe, expect, it } from "vitest";
import { type AidContent, type AidField, aidFields } from "../../../src/model/aid/aid.ts";
import { canonicalValue } from "../../../src/model/aid/canonical-value.ts";
import { basins, europe, france, mainland, overseas } from "../../../src/model/territories/fixed-territories.ts";
import { slugsOf } from "../../../src/model/vocabularies.ts";
import { newCatalogue, type TestCatalogue, testedDatabases } from "../../support/catalogues.ts";
import { territory } from "../../support/example-aid.ts";
import { differences, exportRecords, importRecords } from "../../support/exchange.ts";
import { importLiveAids, type LiveAidInput } from "../../support/live-aids.ts";

const territories = [
  territory("commune", "35238"),
  territory("commune", "2A004"),
  territory("epci", "243500139"),
  basins[0] ?? france,
  territory("department", "2B"),
  territory("region", "53"),
  territory("collectivity", "987"),
  mainland,
  overseas,
  france,
  europe,
];

/** Returns every n-th member, from the place of the number. */
function some<T>(members: readonly T[], number: number): T[] {
  return members.filter((_, place) => (place + number) % 3 === 0);
}

/** Returns an aid with a value in every field, different for each number. */
function fullAid(number: number): LiveAidInput {
  const pick = <T>(members: readonly T[]) => members[number % members.length] as T;
  const content: Omit<AidContent, "importShareLicence"> = {
    name: `Aide nᵒ ${number} : « R&D », moins de ${number} % & plus`,
    nameInitial: `AAP ${number}, titre d’origine`,
    shortTitle: `FONDS-${number}`,
    description: `<h3>But</h3><p>Un <strong>toit</strong> de ${number} m² &amp; plus.</p><ul><li>un</li><li><a href="https://exemple.fr/?a=1&amp;b=2" rel="noopener">deux</a></li></ul>`,
    eligibility: "<p>Moins de 2 000 habitants.</p><table><tbody><tr><td>a</td><td>b</td></tr></tbody></table>",
    projectExamples: "<p>Une école.</p>",
    contact: "<p>Service habitat : habitat@exemple.fr</p>",
    contactEmail: "habitat@exemple.fr",
    contactPhone: "02 99 27 10 10",
    contactDetail: "Hôtel de Région, 35000 Rennes",
    originUrl: `https://exemple.fr/aides/${number}?x=1&y=2`,
    originUrlText: "La page",
    applicationUrl: `https://exemple.fr/dossier/${number}`,
    applicationUrlText: "Le dossier",
    isCallForProject: pick([true, false]),
    isCharged: pick([true, false, null]),
    inFranceRelance: pick([false, true]),
    europeanAid: pick(slugsOf("europeanAid")),
    startDate: "2026-01-05",
    predepositDate: "2026-02-05",
    submissionDeadline: "2027-12-31",
    submissionDeadlineTime: pick(["15:00", "09:30"]),
    recurrence: pick(slugsOf("recurrence")),
    aidTypes: some(slugsOf("aidTypes"), number),
    targetedAudiences: some(slugsOf("targetedAudiences"), number),
    destinations: some(slugsOf("destinations"), number),
    mobilizationSteps: some(slugsOf("mobilizationSteps"), number),
    categories: some(slugsOf("categories"), number),
    keywords: ["eau, air", "Réseau"],
    programs: ["Action cœur de ville"],
    projectReferences: ["Rénover l’école"],
    financers: [
      { name: "Région Exemple, direction de l’eau", siren: "200053767" },
      { name: "ADEME", siren: null },
    ],
    financerSuggestion: "Fonds de la Région",
    instructors: [{ name: "DREAL", siren: "385290309" }],
    instructorSuggestion: "Services de l’État",
    perimeters: some(territories, number),
    perimeterExclusions: some(territories.slice(0, 6), number + 1),
    perimeterSuggestion: "Pays de Redon",
    subventionRateLowerBound: pick([0.5, 1, 10]),
    subventionRateUpperBound: pick([1, 33.33, 100]),
    subventionComment: "hors taxes",
    loanAmount: pick([1500, 0.5, 2_000_000]),
    recoverableAdvanceAmount: 12_000,
    otherFinancialAidComment: "Prix de 500 €",
    importDataUrl: "https://data.exemple.fr/aides",
    importDataMention: "Données de la Région Exemple",
    sourceUpdatedDate: "2026-10-06",
    sourceCreatedDate: pick(["2024-02-29", null]),
    siteNumber: pick([String(number + 1), null]),
    siteSlug: pick([`1a2b-aide-${number}`, null]),
    language: pick(["fr", "en"]),
    outOfScope: pick([null, "Pour les entreprises"]),
  };
  const canonical = Object.entries(content).map(([field, value]) => [field, canonicalValue(field as AidField, value)]);
  return {
    externalId: `EX-${String(number).padStart(4, "0")}`,
    ...Object.fromEntries(canonical),
    importShareLicence: pick(["openlicence20", "odbl", "cc-by-4.0"]),
  };
}

/** The optional fields of an aid, empty. */
function emptyAid(externalId: string): LiveAidInput {
  const emptied = Object.entries(fullAid(0)).map(([field, value]) => [field, Array.isArray(value) ? [] : null]);
  return { ...Object.fromEntries(emptied), externalId, name: "Aide sans rien", language: "fr", importShareLicence: "odbl" };
}

for (const database of testedDatabases) {
  describe.skipIf(database.skipped)(`aids exchanged between two catalogues, ${database.title}`, () => {
    let catalogue: TestCatalogue;
    afterEach(() => catalogue.drop());
    const nextCatalogue = async () => {
      await catalogue?.drop();
      catalogue = await newCatalogue(database);
    };

    it("are equal in every field, twice, and a second import changes nothing", async () => {
      await nextCatalogue();
      await importLiveAids(catalogue, "region-exemple", [
        ...Array.from({ length: 60 }, (_, number) => fullAid(number)),
        emptyAid("EX-vide"),
      ]);
      const first = await exportRecords(catalogue);
      expect(first.aids.size).toBe(61);
      await nextCatalogue();
      const report = await importRecords(catalogue, first.file);
      expect([report.counts.created, report.issues.map(({ code }) => code), report.unreadFields, report.unmappedTerms]).toEqual([
        61,
        ["out-of-scope"],
        [],
        [],
      ]);
      const second = await exportRecords(catalogue);
      expect(differences(first.aids, second.aids)).toEqual({});
      const again = await importRecords(catalogue, second.file);
      expect([again.counts.created, again.counts.updated, again.counts.proposals]).toEqual([0, 0, 0]);
      await nextCatalogue();
      await importRecords(catalogue, second.file);
      const third = await exportRecords(catalogue);
      expect(differences(first.aids, third.aids)).toEqual({});
      expect(third.records.map(exchangedPart)).toEqual(first.records.map(exchangedPart));
    });

    it("are equal in every field after connectors of any id, which name the source, and the report says which sources a file has", async () => {
      await nextCatalogue();
      await importLiveAids(
        catalogue,
        "region-exemple",
        Array.from({ length: 12 }, (_, number) => fullAid(number)),
      );
      const first = await exportRecords(catalogue);
      await nextCatalogue();
      const unnamed = await importRecords(catalogue, first.file, "voisin");
      expect([unnamed.counts.created, unnamed.skippedBy]).toEqual([0, { "publisher.connector: region-exemple": 12 }]);
      const named = await importRecords(catalogue, first.file, "voisin", "region-exemple");
      expect([named.counts.created, named.unreadFields, named.unmappedTerms]).toEqual([12, [], []]);
      const second = await exportRecords(catalogue, "voisin");
      expect(differences(first.aids, second.aids, aidFields)).toEqual({});
      await nextCatalogue();
      await importRecords(catalogue, second.file, "autre-2", "voisin");
      expect(differences(first.aids, (await exportRecords(catalogue, "autre-2")).aids, aidFields)).toEqual({});
    });
  });
}

/** Returns a record without what each catalogue states for itself. */
function exchangedPart({ date_created, date_updated, id, ...record }: Readonly<Record<string, unknown>>) {
  return record;
}
