import type { PublishedFilter } from "../../../catalogue/published/published-condition.ts";
import { readKeyword } from "../../../catalogue/search/read-keyword.ts";
import { vocabularies } from "../../../model/vocabularies.ts";
import type { ApiVisit } from "../api-route.ts";
import type { AskedAids } from "../parameters/aid-parameters.ts";
import { filterParameters, typesOfGroups } from "../parameters/filter-parameters.ts";
import { knownNames } from "../parameters/known-names.ts";
import { wrongParameters } from "../parameters/parameter.ts";
import { licencesOf } from "./may-read.ts";
import type { RecordSources } from "./sources.ts";

const europeanSlugs = vocabularies.europeanAid.map(({ slug }) => slug);

/** Returns the filter of a request within its access. Throws `ApiProblem` 400 for an unknown publisher, backer, programme or reference. */
export async function filterOf(asked: AskedAids, visit: ApiVisit, sources: RecordSources): Promise<PublishedFilter> {
  const { access, day } = visit;
  const { audiences, categories, types, steps, destinations, recurrences, applyBefore, publishedAfter } = asked;
  const keyword = readKeyword(asked.keyword ?? "");
  const backers = await knownNames("backer", asked.backers, filterParameters.backers, visit);
  const programs = await knownNames("program", asked.programs, filterParameters.programs, visit);
  const projectReferences = await knownNames("project-reference", asked.projectReferences, filterParameters.projectReferences, visit);
  const territories = [...(asked.perimeterId ?? []), ...(asked.perimeterCodes ?? [])];
  const european: PublishedFilter["europeanAids"] = asked.europeanAids?.flatMap((one) => (one === "european" ? europeanSlugs : [one]));
  return {
    licences: licencesOf(access.scope),
    ...(asked.includeExpired !== true && asked.numbers === undefined && { notExpiredOn: day }),
    ...(asked.numbers && { numbers: asked.numbers }),
    ...(keyword !== null && { keyword }),
    ...(access.scope === "site" && (keyword !== null || backers) && { findsPeople: true as const }),
    ...(asked.publisher && { connectors: asked.publisher.flatMap((publisher) => connectorsOf(publisher, sources)) }),
    ...(territories.length > 0 && { territories }),
    ...(backers && { backers }),
    ...(asked.reuseBases && { reuseBases: asked.reuseBases }),
    ...(programs && { programs }),
    ...(projectReferences && { projectReferences }),
    ...(audiences && { audiences }),
    ...(categories && { categories }),
    ...(types && { types }),
    ...(asked.typeGroups && { groupTypes: typesOfGroups(asked.typeGroups) }),
    ...(steps && { steps }),
    ...(destinations && { destinations }),
    ...(asked.unclassified && { unclassified: asked.unclassified }),
    ...(recurrences && { recurrences }),
    ...(european && { europeanAids: european }),
    ...(applyBefore !== undefined && { deadlineTo: applyBefore }),
    ...(publishedAfter !== undefined && { publishedFrom: publishedAfter }),
    ...(asked.callsOnly === true && { isCall: true as const }),
    ...(asked.isCharged !== undefined && { isCharged: asked.isCharged }),
  };
}

function connectorsOf(publisher: string, sources: RecordSources): readonly string[] {
  const connectors = sources.connectorsOf(publisher);
  if (connectors.length > 0) return connectors;
  const detail = "Attendu : des producteurs connus (identifiant de connecteur, SIREN, ou nom tel que region-bretagne).";
  throw wrongParameters([{ name: "publisher", detail }]);
}
