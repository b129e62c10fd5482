import type { PublishedFilter } from "../../../catalogue/published/published-filter.ts";
import { vocabularies } from "../../../model/vocabularies.ts";
import type { AskedAids } from "../parameters/aid-parameters.ts";
import { wrongParameters } from "../parameters/parameter.ts";
import type { ApiVisit } from "../route.ts";
import { licencesOf } from "./may-read.ts";
import type { RecordSources } from "./sources.ts";

const europeanSlugs = vocabularies.europeanAid.map(({ slug }) => slug);

/** Returns the filter of a request within its access. Throws `ApiProblem` 400 for an unknown publisher. */
export function filterOf(asked: AskedAids, { access, day }: Pick<ApiVisit, "access" | "day">, sources: RecordSources): PublishedFilter {
  const { keyword, audiences, categories, types, steps, destinations, recurrences, backers, applyBefore, publishedAfter } = asked;
  const territories = [...(asked.perimeterId ?? []), ...(asked.perimeterCodes ?? [])];
  const european: PublishedFilter["europeanAids"] = asked.europeanAids?.flatMap((one) => (one === "european" ? europeanSlugs : [one]));
  return {
    licences: licencesOf(access.scope),
    ...(asked.includeExpired !== true && { notExpiredOn: day }),
    ...(keyword !== undefined && { text: keyword }),
    ...(access.scope === "site" && (keyword !== undefined || backers) && { findsPeople: true as const }),
    ...(asked.publisher && { connectors: asked.publisher.flatMap((publisher) => connectorsOf(publisher, sources)) }),
    ...(territories.length > 0 && { territories }),
    ...(backers && { backers }),
    ...(asked.reuseBases && { reuseBases: asked.reuseBases }),
    ...(audiences && { audiences }),
    ...(categories && { categories }),
    ...(types && { types }),
    ...(asked.typeGroups && { groupTypes: typesOf(asked.typeGroups) }),
    ...(steps && { steps }),
    ...(destinations && { destinations }),
    ...(recurrences && { recurrences }),
    ...(european && { europeanAids: european }),
    ...(applyBefore !== undefined && { deadlineTo: applyBefore }),
    ...(publishedAfter !== undefined && { publishedFrom: publishedAfter }),
    ...(asked.callsOnly === true && { isCall: true as const }),
    ...(asked.isCharged !== undefined && { isCharged: asked.isCharged }),
  };
}

function typesOf(groups: readonly string[]): NonNullable<PublishedFilter["groupTypes"]> {
  return vocabularies.aidTypes.filter(({ group }) => groups.includes(group)).map(({ slug }) => slug);
}

function connectorsOf(publisher: string, sources: RecordSources): readonly string[] {
  const connectors = sources.connectorsOf(publisher);
  if (connectors.length > 0) return connectors;
  const detail = "Attendu : des producteurs connus (identifiant de connecteur, SIREN, ou nom tel que region-bretagne).";
  throw wrongParameters([{ name: "publisher", detail }]);
}
