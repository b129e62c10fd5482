import type { NamedKind } from "../../../catalogue/published/named-number-repository.ts";
import { firstOwnNumber } from "../../../model/aid/aid-slug.ts";
import { allTerritories } from "../../../model/territories/perimeters.ts";
import { labelOf, slugsOf } from "../../../model/vocabularies.ts";
import { textWithoutPeople } from "../../../privacy/text-without-people.ts";
import { csvLine } from "../../exports/export-dispositif-aide.ts";
import { harmlessCell } from "../../exports/french-csv.ts";
import { type NumberedVocabulary, siteNumber, termNumber } from "../../exports/numbers/term-numbers.ts";
import { placeSlug, territoryNumber } from "../../exports/numbers/territory-numbers.ts";
import { licencesOf } from "../aids/may-read.ts";
import type { ApiRoute, ApiVisit } from "../api-route.ts";
import { siteLists } from "../parameters/known-names.ts";

/** Vocabulary -> kind in the file. */
const vocabularies: readonly (readonly [NumberedVocabulary, string])[] = [
  ["targetedAudiences", "audience"],
  ["aidTypes", "type"],
  ["mobilizationSteps", "step"],
  ["destinations", "destination"],
  ["recurrence", "recurrence"],
  ["themes", "theme"],
  ["categories", "category"],
];
const names: readonly NamedKind[] = ["backer", "program", "project-reference"];

/** The file that tells which number means what. */
export const correspondenceRoute: ApiRoute = {
  path: "/api/id-correspondences.csv",
  name: "id-correspondences",
  summary: "Correspondance des numéros, slugs et noms (CSV) ; own_number : notre numéro, s’il diffère de celui d’Aides-territoires",
  parameters: [],
  changesWith: "catalogue",
  answer: correspondences,
};

async function correspondences({ services, access }: ApiVisit): Promise<Response> {
  const lines = [csvLine(["kind", "id", "slug", "name", "own_number", "source"])];
  const add = (kind: string, number: number, slug: string, name: string, own: number | null = null) =>
    lines.push(
      csvLine([
        kind,
        String(number),
        slug,
        harmlessCell(name),
        own === null ? "" : String(own),
        number < firstOwnNumber ? "aides-territoires" : "moisson",
      ]),
    );
  for (const [vocabulary, kind] of vocabularies)
    for (const slug of slugsOf(vocabulary)) add(kind, termNumber(vocabulary, slug), slug, labelOf(vocabulary, slug));
  for (const kind of names) {
    for (const { slug, name, number, siteNumber: learned } of await services.catalogue.namedNumbers.live(kind, licencesOf(access.scope))) {
      const known = siteNumber(siteLists[kind], slug) ?? learned;
      add(kind, known ?? number, slug, name, known === null ? null : number);
    }
  }
  for (const { number, formerNumber, slug, title } of await services.catalogue.namedNumbers.aidsOfSite(licencesOf(access.scope))) {
    const namesNobody = textWithoutPeople(title) === title;
    add("aid", number, namesNobody ? (slug ?? "") : "", namesNobody ? title : "", formerNumber);
  }
  for (const territory of allTerritories())
    add(`perimeter:${territory.scale}:${territory.code}`, territoryNumber(territory), placeSlug(territory.name), territory.name);
  const headers = { "content-type": "text/csv; charset=utf-8", "content-disposition": 'attachment; filename="id-correspondences.csv"' };
  return new Response(lines.join(""), { headers });
}
