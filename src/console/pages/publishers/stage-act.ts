import type { StoredPublisher } from "../../../catalogue/publishers/publisher-repository.ts";
import { publisherStageLabel } from "../../../french/publishers.ts";
import { french } from "../../../french/typography.ts";
import { publisherStages } from "../../../model/publisher/publisher-stage.ts";
import { exchangeSentence } from "../../../partners/exchanges-in-french.ts";
import { formatDateTime } from "../../parts/time.ts";
import { actRoute, CannotDo } from "../../route.ts";
import { type Visit, visitorOf } from "../../visit.ts";
import { publisherAt, subjectOf } from "./publisher-at.ts";
import { pageOf } from "./publisher-page.tsx";
import { doubtOf } from "./publisher-stage.tsx";

/** Returns a hint about the new stage, or "". */
async function hintOf({ catalogue }: Visit, publisher: StoredPublisher): Promise<string> {
  if (publisher.stage === "agreed" && publisher.licence === null) return " Notez la licence convenue : c’est elle qui permet l’export.";
  await catalogue.search.catchUp();
  const activity = (await catalogue.publisherListing.activity()).find(({ publisherId }) => publisherId === publisher.publisherId);
  const doubt = activity === undefined ? null : doubtOf(publisher, activity);
  if (doubt === "empty") return " Aucune de ses aides n’est pourtant publiée : la liste et la couverture le disent.";
  return doubt === "stopped" ? " Des aides de ce producteur restent en ligne : voyez ci-dessous ce qui sort encore." : "";
}

/** Returns sentences that say who changed the stage meanwhile. */
async function movedSentence({ catalogue }: Visit, { publisherId, stage }: StoredPublisher): Promise<string> {
  const last = (await catalogue.exchanges.list(publisherId)).find(({ kind, details }) => kind === "stage" && details.to === stage);
  const what =
    last === undefined
      ? french`Ce producteur est à l'étape « ${publisherStageLabel(stage)} ».`
      : french`${last.by} a changé l'étape entre-temps, le ${formatDateTime(last.at)}. ${exchangeSentence("stage", last.details) ?? ""}`;
  return french`${what} Votre choix n'est pas enregistré : il reste dans le formulaire ; changez l'étape à nouveau pour le garder.`;
}

/** Changes the stage of a publisher. The log records the former stage. */
export const stageAct = actRoute("/producteurs/:producteur/etape", { who: "bizdev", act: "publisher.stage" }, async (visit, form) => {
  const publisher = await publisherAt(visit);
  const stage = publisherStages.find((known) => known === form.text("etape"));
  if (stage === undefined) throw new CannotDo("Cette étape n’existe pas.");
  const to = `/producteurs/${publisher.publisherId}`;
  if (stage === publisher.stage) return { to };
  const by = { by: visitorOf(visit).name, now: visit.now, from: publisher.stage };
  const isMoved = form.text("etait") === publisher.stage && (await visit.catalogue.publishers.moveTo(publisher.publisherId, stage, by));
  if (!isMoved) {
    const now = await publisherAt(visit);
    return pageOf(visit, now, { typed: { etape: stage }, problems: {}, moved: await movedSentence(visit, now) });
  }
  const hint = await hintOf(visit, { ...publisher, stage });
  return {
    message: french`Le producteur est à l'étape « ${publisherStageLabel(stage)} ».${hint}`,
    to,
    subject: subjectOf(publisher),
    details: { name: publisher.name, was: publisherStageLabel(publisher.stage), stage: publisherStageLabel(stage) },
  };
});
