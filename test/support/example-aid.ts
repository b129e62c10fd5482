import fc from "fast-check";
import type { Aid, AidField } from "../../src/model/aid/aid.ts";
import { aidFields } from "../../src/model/aid/aid.ts";
import { basins, europe, france, mainland, overseas } from "../../src/model/territories/fixed-territories.ts";
import type { Perimeter } from "../../src/model/territories/perimeter.ts";
import { findPerimeter, overseasMembers } from "../../src/model/territories/perimeters.ts";
import { departments, regions } from "../../src/model/territories/regions.ts";
import { compareCodePoints } from "../../src/model/text/canonical.ts";
import { type Slug, slugsOf, type VocabularyName } from "../../src/model/vocabularies.ts";
import { isUuid } from "../../src/publish/exports/validate-dispositif-aide.ts";

/** Returns an aid with every required field of the national schema, so that both exports contain it. */
export function exampleAid(changes: Partial<Aid> = {}): Aid {
  return {
    aidId: "0b9a2f0e-6d4c-5a63-8f0e-3a0a54f2b8a1",
    connector: "region-exemple",
    externalId: "17",
    name: "Rénover un gymnase",
    nameInitial: "Rénovation des gymnases",
    shortTitle: null,
    description: "<p>Le toit et le sol.</p>",
    eligibility: "<p>Communes de moins de 5 000 habitants.</p>",
    projectExamples: null,
    contact: null,
    contactEmail: null,
    contactPhone: null,
    contactDetail: null,
    originUrl: "https://exemple.fr/aides/17",
    originUrlText: null,
    applicationUrl: null,
    applicationUrlText: null,
    isCallForProject: null,
    isCharged: null,
    inFranceRelance: null,
    europeanAid: null,
    startDate: "2023-06-02",
    predepositDate: null,
    submissionDeadline: "2024-01-15",
    submissionDeadlineTime: null,
    recurrence: "oneoff",
    aidTypes: ["grant"],
    targetedAudiences: ["commune"],
    destinations: [],
    mobilizationSteps: [],
    categories: [],
    keywords: [],
    programs: [],
    projectReferences: [],
    financers: [{ name: "Région Exemple", siren: "200053767" }],
    financerSuggestion: null,
    instructors: [],
    instructorSuggestion: null,
    perimeters: [{ scale: "region", code: "53", name: "Bretagne" }],
    perimeterExclusions: [],
    perimeterSuggestion: null,
    subventionRateLowerBound: null,
    subventionRateUpperBound: null,
    subventionComment: null,
    loanAmount: null,
    recoverableAdvanceAmount: null,
    otherFinancialAidComment: null,
    importDataUrl: null,
    importDataMention: null,
    importShareLicence: "openlicence20",
    sourceUpdatedDate: "2025-10-06",
    sourceCreatedDate: null,
    siteNumber: null,
    siteSlug: null,
    language: "fr",
    outOfScope: null,
    status: "reviewable",
    withdrawnAt: null,
    missingForPublication: [],
    missingForDescription: [],
    ...changes,
  };
}

/** Returns a territory by scale and code. Throws if it does not exist. */
export function territory(scale: Perimeter["scale"], code: string): Perimeter {
  const found = findPerimeter({ scale, code });
  if (found === undefined) throw new Error(`no territory ${scale} ${code}`);
  return found.perimeter;
}

const someTerritories: readonly Perimeter[] = [
  ...overseasMembers(),
  ...regions().values(),
  ...[...departments().values()].map((department) => department.perimeter),
  basins[3] ?? france,
  france,
  mainland,
  overseas,
  europe,
];
/** Generates the value, or `nothing` in one of twelve cases. */
function mostly<T, N>(value: fc.Arbitrary<T>, nothing: N): fc.Arbitrary<T | N> {
  return fc.oneof({ weight: 11, arbitrary: value }, { weight: 1, arbitrary: fc.constant(nothing) });
}

const plainText = fc.stringMatching(/^[a-zéœ€=+@"',;-]{1,12}( [a-zéœ€="',;-]{1,9}){0,4}$/);
const programName = fc.oneof({ weight: 30, arbitrary: plainText }, { weight: 1, arbitrary: fc.constant("Eau | Air") });
const paragraph = mostly(
  fc.stringMatching(/^[a-zé]{1,9}( [a-zé,]{1,9}){0,6}$/).map((words) => `<p>${words}</p>`),
  null,
);
const date = mostly(
  fc.date({ min: new Date("1980-01-01"), max: new Date("2099-12-31"), noInvalidDate: true }).map((day) => day.toISOString().slice(0, 10)),
  null,
);
const organisations = fc.array(
  fc.record({ name: fc.constantFrom("ADEME", "Bpifrance", "Région", 'L"Agence', "CCI"), siren: fc.constantFrom(null, "385290309") }),
  { maxLength: 4 },
);
const territories = fc.uniqueArray(fc.constantFrom(...someTerritories), { maxLength: 5 });

function someOf<V extends VocabularyName>(vocabulary: V): fc.Arbitrary<Slug<V>[]> {
  return mostly(fc.uniqueArray(fc.constantFrom(...slugsOf(vocabulary)), { minLength: 1, maxLength: 4 }), []);
}

/** Possible aids of a catalogue: any field may be empty, lists have any order. About half of them fit the national schema. */
export const anyAid: fc.Arbitrary<Aid> = fc
  .record({
    aidId: fc.uuid({ version: 5 }),
    connector: fc.constantFrom("region-exemple", "departement-exemple"),
    externalId: fc.oneof(fc.uuid(), fc.stringMatching(/^[a-z0-9]{1,8}$/)),
    name: plainText,
    shortTitle: mostly(plainText, null),
    description: paragraph,
    eligibility: paragraph,
    originUrl: mostly(fc.webUrl({ withQueryParameters: true }), null),
    startDate: date,
    submissionDeadline: date,
    sourceUpdatedDate: date,
    recurrence: mostly(fc.constantFrom(...slugsOf("recurrence")), null),
    aidTypes: someOf("aidTypes"),
    targetedAudiences: someOf("targetedAudiences"),
    categories: someOf("categories"),
    programs: fc.uniqueArray(programName, { maxLength: 3 }),
    keywords: fc.array(plainText, { maxLength: 3 }),
    financers: organisations,
    instructors: organisations,
    perimeters: territories,
    perimeterExclusions: mostly(fc.constant<Perimeter[]>([]), [someTerritories[6] ?? france, france]),
    importShareLicence: fc.constantFrom(...slugsOf("importShareLicence")),
    status: fc.oneof(fc.constantFrom("reviewable" as const, "published" as const), fc.constantFrom(...slugsOf("status"))),
    withdrawnAt: fc.oneof({ weight: 11, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: fc.constant("2025-01-01") }),
    missingForPublication: fc.uniqueArray(fc.constantFrom<AidField[]>(...aidFields), { maxLength: 3 }),
    missingForDescription: fc.uniqueArray(fc.constantFrom<AidField[]>(...aidFields), { maxLength: 3 }),
  })
  .map((changes) => exampleAid(changes));

/** Returns the complete text of an export. */
export async function joined(pieces: AsyncIterable<string>): Promise<string> {
  let text = "";
  for await (const piece of pieces) text += piece;
  return text;
}

/** Returns the aids in the order of their identifiers in the national schema. */
export function inSchemaOrder(aids: readonly Aid[]): Aid[] {
  const keyOf = ({ aidId, externalId }: Aid) => (isUuid(externalId) ? externalId.toLowerCase() : aidId.toLowerCase());
  return [...aids].sort((one, other) => compareCodePoints(keyOf(one), keyOf(other)));
}
