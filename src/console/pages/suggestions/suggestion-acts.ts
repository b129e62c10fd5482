import type { CuratedAid } from "../../../catalogue/aids/aid-repository.ts";
import { decideSuggestion } from "../../../curation/decide-suggestion.ts";
import { makeDecision, type WantedDecision } from "../../../curation/make-standing-decision.ts";
import type { Curator } from "../../../curation/person-plan.ts";
import { type PlannedActs, planActs } from "../../../curation/plan-acts.ts";
import { suggestionsOf } from "../../../curation/waiting-suggestions.ts";
import { fieldName } from "../../../french/fields.ts";
import { objectionMessage } from "../../../french/objections.ts";
import { decisionMessage } from "../../../french/publication.ts";
import { counted, french, sentence } from "../../../french/typography.ts";
import { type AidField, aidFields } from "../../../model/aid/aid.ts";
import { descriptionLevels } from "../../../model/aid/field-table.ts";
import { curatorOf } from "../../curation/act-on-aid.ts";
import { actRoute, CannotDo, type Done, type Form } from "../../route.ts";
import { type Visit, visitorOf } from "../../visit.ts";
import { connectorRowOf } from "../connectors/connector-rows.ts";
import { firstAids } from "./read-suggestions.ts";

const path = "/connecteurs/:connecteur/suggestions";

/** Makes an open plan that fills a field of a connector's aids with their sure suggestions. */
const acceptSure = actRoute(path, { who: "bizdev", act: "suggestions.accept" }, async (visit, form) => {
  const { id } = await connectorRowOf(visit);
  const field = fieldOf(form);
  const curator = curatorOf(visit);
  const decide = (aid: CuratedAid) => decideSuggestion(aid, { field, isSeen: false }, suggestionsOf(aid), curator);
  const aids = firstAids(visit.catalogue.aids.curated({ connector: id, lacks: field })).pages();
  const acts = await planActs(visit.catalogue, curator, { connector: id, asked: { act: "suggest", connector: id, field } }, aids, decide);
  if (acts.plan === null) throw new CannotDo(sentence(reasonOf(acts, field)));
  return planned(id, acts, { field });
});

/** Decides that the next runs fill a field with its sure suggestions, too. */
const decideAct = actRoute(`${path}/decider`, { who: "bizdev", act: "suggestions.decide" }, async (visit, form) => {
  const field = fieldOf(form);
  return decided(visit, form, curatorOf(visit), { kind: "fill", field, rule: null, value: null, condition: null });
});

/** Ends a decision that fills a field. */
const endAct = actRoute(`${path}/finir`, { who: "bizdev", act: "suggestions.end" }, async (visit, form) => {
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
  return decided(visit, form, curatorOf(visit, why), { kind: "publish", field: null, rule: null, value: level, condition: null });
});

async function decided(visit: Visit, form: Form, curator: Curator, wanted: Omit<WantedDecision, "connector" | "publisher">): Promise<Done> {
  const { id } = await connectorRowOf(visit);
  const publisher = form.text("portee") === "producteur" ? await visit.catalogue.publishers.findByConnector(id) : null;
  const scope = publisher === null ? { connector: id, publisher: null } : { connector: null, publisher: publisher.publisherId };
  const made = await makeDecision(visit.catalogue, curator, { ...wanted, ...scope });
  const details = { decision: made.id, kind: wanted.kind, ...(wanted.field !== null && { field: wanted.field }) };
  if (made.acts.plan !== null) return planned(id, made.acts, details, "Les prochaines collectes en tiendront compte. ");
  return {
    message: "C’est décidé : les prochaines collectes en tiendront compte. Rien ne change pour les aides déjà reçues.",
    to: `/connecteurs/${id}/suggestions#decisions`,
    subject: `connecteur ${id}`,
    details,
  };
}

async function ended(visit: Visit, id: string, decisionId: string, kind: WantedDecision["kind"]): Promise<Done> {
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

function planned(id: string, { plan }: PlannedActs, details: Readonly<Record<string, unknown>>, before = ""): Done {
  const count = plan?.changes ?? 0;
  return {
    message: french`${before}Le plan est prêt pour ${counted(count, "aide")} : relisez-le, puis appliquez-le.`,
    to: `/plans/${plan?.planId}`,
    subject: `connecteur ${id}`,
    details: { ...details, plan: plan?.planId, count },
  };
}

function reasonOf({ refused: [first] }: PlannedActs, field: AidField): string {
  return first === undefined ? french`aucune aide n'a ce champ vide (${fieldName(field)})` : objectionMessage(first);
}

function fieldOf(form: Form): AidField {
  const field = aidFields.find((known) => known === form.text("champ"));
  if (field === undefined) throw new CannotDo("Ce champ n’existe pas.");
  return field;
}

/** Acts of the page « Suggestions » of a connector. */
export const suggestionActs = [acceptSure, decideAct, endAct, publishingAct];
