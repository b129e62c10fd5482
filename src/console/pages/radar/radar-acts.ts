import type { LeadState } from "../../../model/publisher/feed-lead.ts";
import { actRoute, CannotDo, type Route } from "../../route.ts";
import { visitorOf } from "../../visit.ts";
import { radarPage, radarPath } from "./radar-page.tsx";

const maxReason = 200;

function decideRoute(path: string, act: string, state: LeadState, message: string): Route {
  return actRoute(`${radarPath}/${path}`, { who: "bizdev", act }, async (visit, form) => {
    const id = form.text("piste");
    const why = form.text("raison").slice(0, maxReason) || null;
    if (!(await visit.catalogue.feedLeads.decide(id, { state, why, by: visitorOf(visit).name, now: visit.now })))
      throw new CannotDo("Quelqu’un a déjà répondu pour cette piste, ou elle n’existe plus.", 409);
    return { message, to: radarPath, subject: "piste", details: { id, ...(why !== null && { why }) } };
  });
}

/** The list of leads, and the decisions about them. */
export const radarRoutes: readonly Route[] = [
  radarPage,
  decideRoute("refuser", "lead.refuse", "refused", "La piste est refusée : elle ne reviendra pas. Vous pouvez la rouvrir plus bas."),
  decideRoute("rouvrir", "lead.reopen", "open", "La piste est de nouveau ouverte."),
];
