import { makeDecision } from "../../../curation/make-standing-decision.ts";
import { decisionMessage } from "../../../french/publication.ts";
import { counted, french } from "../../../french/typography.ts";
import { descriptionLevels } from "../../../model/aid/field-table.ts";
import type { StandingDecision } from "../../../model/plan/standing-decision.ts";
import { announcePublishing } from "../../../partners/correspondence/announce-publishing.ts";
import { curatorOf } from "../../curation/act-on-aid.ts";
import { actRoute, CannotDo, type Done } from "../../route.ts";
import { type Visit, visitorOf } from "../../visit.ts";
import { connectorRowOf } from "../connectors/connector-rows.ts";

/** Ends a decision that fills a field. */
const endAct = actRoute("/connecteurs/:connecteur/suggestions/finir", { who: "bizdev", act: "suggestions.end" }, async (visit, form) => {
  const { id } = await connectorRowOf(visit);
  return ended(visit, id, form.text("decision"), "fill");
});

/** Chooses how the aids of a connector are published. */
const publishingAct = actRoute("/connecteurs/:connecteur/publication", { who: "ops", act: "publishing.choose" }, async (visit, form) => {
  const { id } = await connectorRowOf(visit);
  if (form.text("politique") === "review") return ended(visit, id, form.text("decision"), "publish");
  const level = descriptionLevels.find((one) => one === form.text("politique"));
  if (level === undefined) throw new CannotDo("Cette façon de publier n’existe pas.");
  const why = form.text("raison").slice(0, 300);
  if (why === "") throw new CannotDo("Dites pourquoi, en une phrase.");
  const publisher = form.text("portee") === "producteur" ? await visit.catalogue.publishers.findByConnector(id) : null;
  const scope = publisher === null ? { connector: id, publisher: null } : { connector: null, publisher: publisher.publisherId };
  const decision = { kind: "publish", field: null, rule: null, value: level, condition: null, ...scope } as const;
  const { id: decisionId, acts } = await makeDecision(visit.catalogue, curatorOf(visit, why), decision);
  const { environment } = visit.console.jobs.services;
  const maker = { by: visitorOf(visit).name, now: visit.now };
  const letters = await announcePublishing(visit.catalogue, await visit.console.jobs.connectors(), scope, environment, maker);
  const announced =
    letters.length === 0
      ? ""
      : french` ${counted(letters.length, "lettre attend", "lettres attendent")} dans « Courriers », à relire et à envoyer.`;
  const [subject, details] = [`connecteur ${id}`, { decision: decisionId, kind: decision.kind }];
  if (acts.plan === null) {
    return {
      message: french`C'est décidé : les prochaines collectes en tiendront compte. Rien ne change pour les aides déjà reçues.${announced}`,
      to: `/connecteurs/${id}/suggestions#decisions`,
      subject,
      details,
    };
  }
  const { planId, changes } = acts.plan;
  return {
    message: french`Les prochaines collectes en tiendront compte. Le plan est prêt pour ${counted(changes, "aide")} : relisez-le, puis appliquez-le.${announced}`,
    to: `/plans/${planId}`,
    subject,
    details: { ...details, plan: planId, count: changes },
  };
});

async function ended(visit: Visit, id: string, decisionId: string, kind: StandingDecision["kind"]): Promise<Done> {
  const { catalogue, now } = visit;
  const decision = (await catalogue.standingDecisions.holdingFor(id)).find(
    (one) => one.id === decisionId && (one.kind === "publish") === (kind === "publish"),
  );
  if (decision === undefined) throw new CannotDo("Cette décision a déjà pris fin.", 409);
  await catalogue.standingDecisions.end(decision.id, { by: visitorOf(visit).name, now });
  return {
    message: french`C'est fini : ${decisionMessage(decision)}. Ce qui a été fait le reste.`,
    to: `/connecteurs/${id}/suggestions#${kind === "publish" ? "publication" : "decisions"}`,
    subject: `connecteur ${id}`,
    details: { decision: decision.id, kind },
  };
}

/** Acts of the page « Suggestions » of a connector. */
export const suggestionActs = [endAct, publishingAct];
