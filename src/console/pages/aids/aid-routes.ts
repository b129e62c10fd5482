import { runErrorMessage } from "../../../french/runs.ts";
import { french, sentence } from "../../../french/typography.ts";
import { ReadingTookTooLong } from "../../../jobs/stored-feeds/read-stored-records.ts";
import { recordsOfAid } from "../../../jobs/stored-feeds/records-of-aid.ts";
import { RunError } from "../../../model/run/run-error.ts";
import { findAid } from "../../curation/act-on-aid.ts";
import { CannotDo, NotFound, pageRoute, type Route } from "../../route.ts";
import { param } from "../../visit.ts";
import { aidPage } from "./aid-page.tsx";
import { editAidRoutes } from "./edit-aid.tsx";
import { fieldActRoutes } from "./field-acts.ts";
import { mergeAidRoutes } from "./merge-aid.tsx";
import { undoAidAct } from "./perform-aid-act.ts";
import { factsOfAid } from "./read-aid-view.ts";
import { statusActRoutes } from "./status-acts.tsx";

/** Limits that make the page answer in time. */
const limits = { limit: 1, withinMs: 10_000 };

/** Redirects to the aid's record in the last run that received it. */
const aidRecord = pageRoute("/aides/:aide/enregistrement", "read", async (visit) => {
  const aid = await findAid(visit, param(visit, "aide"));
  const connector = (await visit.console.jobs.connectors()).find(({ definition }) => definition.id === aid.connector);
  if (connector === undefined) throw new CannotDo("Le connecteur de cette aide n’existe plus : personne ne sait plus lire son flux.");
  const found = await recordsOfAid(visit.catalogue, connector, await factsOfAid(visit, aid), limits).catch((error: unknown) => {
    if (error instanceof RunError) throw new CannotDo(sentence(runErrorMessage(error.code, error.params)));
    if (!(error instanceof ReadingTookTooLong)) throw error;
    throw new CannotDo(
      french`Ce flux est si volumineux que l'enregistrement n'a pas été trouvé à temps. La ligne de commande peut le chercher : moisson trace --record.`,
      503,
    );
  });
  const [record] = found?.records ?? [];
  if (found === null || record === undefined) throw new NotFound("Aucun flux conservé ne contient l’enregistrement de cette aide.");
  return { to: `/collectes/${found.runId}/enregistrement?ou=${encodeURIComponent(record.locator)}` };
});

/** Pages and actions of an aid. */
export const aidRoutes: readonly Route[] = [
  aidPage,
  aidRecord,
  ...editAidRoutes,
  ...statusActRoutes,
  ...fieldActRoutes,
  ...mergeAidRoutes,
  undoAidAct,
];
