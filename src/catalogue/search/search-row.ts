import type { Aid, AidContent } from "../../model/aid/aid.ts";
import { aidSlug } from "../../model/aid/aid-slug.ts";
import { missingForPublication } from "../../model/aid/publishable.ts";
import { shownContent } from "../../model/aid/shown-value.ts";
import type { HeldAid } from "../../model/plan/plan.ts";
import type { Perimeter } from "../../model/territories/perimeter.ts";
import { territoriesAround } from "../../model/territories/perimeters.ts";
import { linkWords } from "./search-words.ts";
import { organisationsOf, wordsOfAid } from "./words-of-aid.ts";

/** How aids stand, as lists tell them apart. `live`: on the site; `review`: to be looked at; `out-of-scope`: none for our audiences, and unpublished. */
export const searchStandings = ["live", "review", "out-of-scope", "withdrawn", "draft", "deleted", "merged"] as const;

/** How an aid stands. */
export type SearchStanding = (typeof searchStandings)[number];

/** What the index is made from: an aid as its row holds it. */
export interface SearchSource {
  readonly aidId: string;
  readonly connector: string;
  readonly externalId: string;
  readonly status: Aid["status"];
  readonly withdrawnAt: string | null;
  readonly siteUrl: string | null;
  readonly imported: Partial<AidContent>;
  readonly kept: HeldAid["kept"];
  readonly edits: HeldAid["edits"];
  readonly proposals: HeldAid["proposals"];
  readonly createdAt: string;
  readonly updatedAt: string;
  /** When it was first published; null: never. */
  readonly publishedAt: string | null;
}

/** A row of `aid_search`, in the names of its columns; `slug`: its name in addresses, which is kept beside. Its words hold as `/m/…` the fields that it lacks, too: one index answers for all. */
export function searchRowOf(aid: SearchSource) {
  const content = shownContent(aid);
  const missing = missingForPublication(content);
  const marked = [...missing.map((field) => `/m/${field}`), ...linkWords(linksOf(aid, content))];
  return {
    aid_id: aid.aidId,
    connector: aid.connector,
    title: content.name,
    words: [...wordsOfAid(aid.externalId, content), ...marked].sort(),
    status: aid.status,
    standing: standingOf(aid, content),
    deadline: content.submissionDeadline,
    territories: territoriesOf(content),
    categories: content.categories,
    audiences: content.targetedAudiences,
    types: content.aidTypes,
    organisations: organisationsOf(content),
    language: content.language ?? "fr",
    proposals: Object.keys(aid.proposals).length,
    missing,
    steps: content.mobilizationSteps,
    destinations: content.destinations,
    recurrence: content.recurrence,
    european_aid: content.europeanAid,
    is_call: content.isCallForProject,
    is_charged: content.isCharged,
    start_date: content.startDate,
    source_updated_date: content.sourceUpdatedDate,
    licence: content.importShareLicence,
    published_at: aid.publishedAt,
    slug: aidSlug({ aidId: aid.aidId, name: content.name }),
    created_at: aid.createdAt,
    updated_at: aid.updatedAt,
  };
}

function standingOf({ status, withdrawnAt }: SearchSource, { outOfScope }: AidContent): SearchStanding {
  if (status === "merged" || status === "deleted") return status;
  if (withdrawnAt !== null) return "withdrawn";
  if (status === "draft") return "draft";
  if (status === "published") return "live";
  return outOfScope === null ? "review" : "out-of-scope";
}

/** Its pages as it shows them, as its publisher last gave them, and its address on the site: looked for as `/l/…`. */
function linksOf({ imported, siteUrl }: SearchSource, { originUrl, applicationUrl }: AidContent): (string | null | undefined)[] {
  return [originUrl, applicationUrl, imported.originUrl, imported.applicationUrl, siteUrl];
}

/**
 * Where an aid holds, `scale:code`. So that one look-up answers each question, `in:scale:code` stands beside for every larger territory that one of them lies in,
 * and `not:scale:code` where it does not hold.
 */
function territoriesOf({ perimeters, perimeterExclusions }: AidContent): string[] {
  const around = perimeters.flatMap((territory) => territoriesAround(territory).map(keyOf));
  return [
    ...new Set([
      ...perimeters.map(keyOf),
      ...around.map((key) => `in:${key}`),
      ...perimeterExclusions.map((territory) => `not:${keyOf(territory)}`),
    ]),
  ];
}

function keyOf({ scale, code }: Pick<Perimeter, "scale" | "code">): string {
  return `${scale}:${code}`;
}
