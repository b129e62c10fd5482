import type { CuratedAid } from "../catalogue/aids/aid-repository.ts";
import { openLicences } from "../model/aid/open-data.ts";
import { missingForPublication } from "../model/aid/publishable.ts";
import { shownContent } from "../model/aid/shown-value.ts";
import type { Objection } from "../model/plan/objection.ts";
import type { Curator } from "./person-plan.ts";
import { outOfCatalogue, personsChange, refused, type Verdict } from "./persons-change.ts";

/**
 * Publishes a draft or an aid in review. Refuses if a required field is missing. Warns if the licence is not open, because the aid is then
 * left out of open data, and if the aid is withdrawn, because it then appears only after its return.
 */
export function decidePublish(aid: CuratedAid, curator: Curator): Verdict {
  const gone = outOfCatalogue(aid);
  if (gone !== null) return { refused: gone };
  if (aid.status === "published") return refused("is-published");
  const content = shownContent(aid);
  const missing = missingForPublication(content);
  if (missing.length > 0) return refused("missing-fields", { fields: missing.join(", ") });
  const { importShareLicence: licence } = content;
  const cautions: Objection[] = [
    ...(openLicences.has(licence) ? [] : [{ code: "licence-not-open", params: { licence } } as const]),
    ...(aid.withdrawnAt === null ? [] : [{ code: "is-withdrawn", params: { day: aid.withdrawnAt } } as const]),
  ];
  return { change: personsChange(aid, "publish", curator, { state: { status: "published" } }), cautions };
}

/** Turns a published aid into a draft. It is off the site until somebody publishes it again. */
export function decideUnpublish(aid: CuratedAid, curator: Curator): Verdict {
  const gone = outOfCatalogue(aid);
  if (gone !== null) return { refused: gone };
  if (aid.status !== "published") return refused("not-published");
  return { change: personsChange(aid, "unpublish", curator, { state: { status: "draft" } }), cautions: [] };
}
