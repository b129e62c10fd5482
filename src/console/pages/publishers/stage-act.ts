import { publisherStages } from "../../../aid/publisher-stage.ts";
import { publisherStageWord } from "../../../texts/fr-publisher-stages.ts";
import { french } from "../../../texts/fr-typography.ts";
import { type ActRoute, CannotDo } from "../../route.ts";
import { visitorOf } from "../../visit.ts";
import { publisherAt, subjectOf } from "./publisher-at.ts";

/** Moves a publisher to another stage; the log says from which. */
export const stageAct: ActRoute = {
  method: "post",
  path: "/producteurs/:producteur/etape",
  who: "bizdev",
  act: "publisher.stage",
  async perform(visit, form) {
    const publisher = await publisherAt(visit);
    const stage = publisherStages.find((known) => known === form.text("etape"));
    if (stage === undefined) throw new CannotDo("Cette étape n’existe pas.");
    const to = `/producteurs/${publisher.publisherId}`;
    const isMoved = await visit.catalogue.publishers.moveTo(publisher.publisherId, stage, { by: visitorOf(visit).name, now: visit.now });
    if (!isMoved) return { to };
    const hint = stage === "agreed" && publisher.licence === null ? " Notez la licence convenue : c’est elle qui permet l’export." : "";
    return {
      said: french`Le producteur est à l'étape « ${publisherStageWord(stage)} ».${hint}`,
      to,
      subject: subjectOf(publisher),
      details: { name: publisher.name, was: publisherStageWord(publisher.stage), stage: publisherStageWord(stage) },
    };
  },
};
