import type { KnownAid } from "../../../catalogue/published/published-change-repository.ts";
import type { ApiAnswer, ApiRoute, ApiVisit } from "../api-route.ts";
import { ApiProblem } from "../problem.ts";
import { searchPath } from "../search-page/page-frame.tsx";
import { type GoneReason, publicStateOf } from "./may-read.ts";
import { withOpeningNotice } from "./opening-notice.ts";
import { currentSources } from "./sources.ts";
import { tombstonesOf } from "./tombstones.ts";

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Returns an aid by its number or permanent id. */
export async function aidById(visit: ApiVisit): Promise<ApiAnswer> {
  const { id = "" } = visit.params;
  const { publishedChanges } = visit.services.catalogue;
  if (/^\d{1,15}$/.test(id)) return answerOf(await publishedChanges.find({ number: Number(id) }), visit);
  return answerOf(uuid.test(id) ? await publishedChanges.find({ aidId: id }) : null, visit);
}

/** Returns an aid by a current or former slug. */
export async function aidBySlug(visit: ApiVisit): Promise<ApiAnswer> {
  const { slug = "" } = visit.params;
  const { publishedChanges } = visit.services.catalogue;
  if (uuid.test(slug)) return answerOf(await publishedChanges.find({ aidId: slug }), visit);
  return answerOf(/^[a-z0-9-]{1,300}$/.test(slug) ? await publishedChanges.find({ slug }) : null, visit);
}

/**
 * Leads from the `url` of an aid to its page for readers: on the search page if that is on, else at its publisher, else its record. With
 * the status 302, because the settings may change.
 */
export const aidPageRoute: ApiRoute = {
  path: "/aides/:slug/",
  name: "aid-page",
  summary: "La page d’une aide, à l’adresse `url`",
  parameters: [],
  changesWith: "catalogue",
  async answer(visit) {
    const { json } = await aidBySlug(visit);
    const { id, origin_url: page } = JSON.parse(Buffer.from(json).toString()) as {
      readonly id: number;
      readonly origin_url: string | null;
    };
    const { url, settings } = visit.services;
    const record = `${url}/api/aids/by-id/${id}/`;
    const location = settings.hasSearchPage ? `${url}${searchPath}selection/?aide=${id}` : (page ?? record);
    return new Response(null, { status: 302, headers: { location } });
  },
};

async function answerOf(aid: KnownAid | null, visit: ApiVisit): Promise<ApiAnswer> {
  const { services, access } = visit;
  const became = aid === null ? null : publicStateOf(aid, access.scope);
  if (aid === null || became === null) throw notThere();
  if (became !== "live") throw await gone(aid, became, visit);
  const sources = await currentSources(services);
  const record =
    aid.revision === null ? undefined : (await services.records.of([{ ...aid, revision: aid.revision }], sources, visit)).get(aid.aidId);
  if (record === undefined) throw notThere();
  services.reads.note(aid.aidId, visit.now);
  return { json: withOpeningNotice(record) };
}

const goneDetails: Readonly<Record<GoneReason, string>> = {
  withdrawn: "Le producteur ne publie plus cette aide.",
  rejected: "Cette aide a été supprimée.",
  merged: "Cette aide a été réunie à une autre.",
  removed: "Cette aide a été retirée du catalogue.",
  unpublished: "Cette aide n’est plus publiée.",
  licence: "Cette aide n’est plus diffusée : ni sa licence, ni une base légale confirmée ne le permet.",
};

async function gone(aid: KnownAid, reason: GoneReason, { services, access }: ApiVisit): Promise<ApiProblem> {
  const tombstones = await tombstonesOf([{ ...aid, became: reason }], services.catalogue.publishedChanges, access.scope);
  const { merged_into: mergedInto, ...tombstone } = JSON.parse(tombstones.get(aid.aidId) ?? "{}");
  // The address of a merged aid leads to the aid that replaces it. The body is for clients that do not follow.
  const target = typeof mergedInto === "number" ? { location: `${services.url}/api/aids/by-id/${mergedInto}/` } : undefined;
  return new ApiProblem(target === undefined ? 410 : 301, {
    ...(target !== undefined && { headers: target }),
    kind: "gone",
    detail: goneDetails[reason],
    more: { ...tombstone, mergedInto, merged_into: mergedInto },
  });
}

function notThere(): ApiProblem {
  return new ApiProblem(404, { detail: "Aucune aide n’est publiée à cette adresse." });
}
