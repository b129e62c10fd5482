import { decideAnswer } from "../../../curation/decide-answer.ts";
import { decideEdit } from "../../../curation/decide-edit.ts";
import { decideSource, furtherSources } from "../../../curation/decide-source.ts";
import { decideSuggestion } from "../../../curation/decide-suggestion.ts";
import { french } from "../../../french/typography.ts";
import { type AidField, aidFields } from "../../../model/aid/aid.ts";
import { findAid } from "../../curation/act-on-aid.ts";
import { connectorName } from "../../lists/connector-column.tsx";
import { type ActRoute, actRoute, CannotDo, type Form, type Route } from "../../route.ts";
import { param } from "../../visit.ts";
import { performAidAct } from "./perform-aid-act.ts";

/** Withdraws the correction of a field, so that the publisher's value is shown again. */
const takeBack = actRoute("/aides/:aide/reprendre", { who: "bizdev", act: "aid.take-back" }, async (visit, form) => {
  const aid = await findAid(visit, param(visit, "aide"));
  const field = fieldOf(form);
  return performAidAct(visit, aid, form, {
    kind: "edit",
    asked: { withdraw: field },
    done: french`La correction est reprise : la valeur du producteur est affichée.`,
    decide: (each, curator) => decideEdit(each, { values: {}, withdrawn: [field] }, curator),
  });
});

/** Chooses the source of a field. Without a connector, returns to the order that the connectors declare. */
const chooseSource = actRoute("/aides/:aide/source", { who: "bizdev", act: "aid.source" }, async (visit, form) => {
  const aid = await findAid(visit, param(visit, "aide"));
  const field = fieldOf(form);
  const connector = form.text("connecteur") || null;
  const connectors = [aid, ...(await furtherSources(visit.catalogue, aid))].map((source) => source.connector);
  return performAidAct(visit, aid, form, {
    kind: "choose-source",
    asked: { field, source: connector ?? "default" },
    done:
      connector === null
        ? "L’ordre des sources vaut de nouveau pour ce champ."
        : french`Ce champ suit désormais ${await connectorName(visit, connector)}.`,
    decide: (each, curator) => decideSource(each, { field, connector, connectors }, curator),
  });
});

/** Fills an empty field with its suggestion, or confirms the suggestion that many aids have got. */
const acceptSuggestion = actRoute("/aides/:aide/suggestion", { who: "bizdev", act: "aid.suggestion" }, async (visit, form) => {
  const aid = await findAid(visit, param(visit, "aide"));
  const field = fieldOf(form);
  return performAidAct(visit, aid, form, {
    kind: "suggest",
    asked: { field },
    done: "La suggestion est acceptée.",
    decide: (each, curator) => decideSuggestion(each, field, curator),
  });
});

/** Returns the route that accepts or refuses the publisher's proposal for one field, or for all fields. */
function answerRoute(kind: "accept" | "refuse", slug: string, done: string): ActRoute {
  return actRoute(`/aides/:aide/${slug}`, { who: "bizdev", act: `aid.${kind}` }, async (visit, form) => {
    const aid = await findAid(visit, param(visit, "aide"));
    const fields = form.has("champ") ? [fieldOf(form)] : null;
    return performAidAct(visit, aid, form, {
      kind,
      asked: { ...(fields !== null && { fields: fields.join(", ") }) },
      done,
      decide: (each, curator) => decideAnswer(each, kind, fields, curator),
    });
  });
}

function fieldOf(form: Form): AidField {
  const field = aidFields.find((known) => known === form.text("champ"));
  if (field === undefined) throw new CannotDo("Ce champ n’existe pas.");
  return field;
}

/** Actions on single fields, except corrections. */
export const fieldActRoutes: readonly Route[] = [
  takeBack,
  chooseSource,
  acceptSuggestion,
  answerRoute("accept", "accepter", "La proposition du producteur est acceptée."),
  answerRoute("refuse", "refuser", french`La proposition du producteur est refusée : ce qui était affiché le reste.`),
];
