import { type ActRoute, actRoute, CannotDo, NotFound } from "../../route.ts";
import { param, visitorOf } from "../../visit.ts";
import { letterFromPath } from "../letters/find-letter.tsx";

/** Records that a colleague has handled a correction. */
const handle = actRoute(
  "/connecteurs/:connecteur/courriers/:lettre/demandes/:demande/faite",
  { who: "bizdev", act: "request.handle" },
  async (visit) => {
    const { connector, letterId } = await letterFromPath(visit);
    const request = param(visit, "demande");
    await requestOf(visit, connector, request);
    await visit.catalogue.publisherRequests.markHandled(request, null, visit.now);
    return {
      message: "C’est noté : cette demande est traitée.",
      to: `/connecteurs/${connector}/courriers/${letterId}`,
      subject: `connecteur ${connector}`,
      details: { request },
    };
  },
);

/** Ends a stop, because the publisher has asked for it. The connector stays paused until somebody resumes it. */
const endStop = actRoute(
  "/connecteurs/:connecteur/courriers/:lettre/demandes/:demande/lever",
  { who: "ops", act: "request.end" },
  async (visit, form) => {
    const { connector, letterId } = await letterFromPath(visit);
    const request = param(visit, "demande");
    await requestOf(visit, connector, request);
    const why = form.text("raison").slice(0, 500);
    if (why === "") throw new CannotDo("Dites qui, chez le producteur, vous l’a demandé, et quand.", 422);
    const { name: by } = visitorOf(visit);
    if (!(await visit.catalogue.publisherRequests.end(request, { by, why, now: visit.now })))
      throw new CannotDo("Ce refus est déjà levé.", 409);
    return {
      message: "Le refus est levé. Le connecteur reste en pause : reprenez-le, puis défaites le plan qui a retiré ses aides.",
      to: `/connecteurs/${connector}/courriers/${letterId}`,
      subject: `connecteur ${connector}`,
      details: { request },
    };
  },
);

/** Throws `NotFound` unless the request belongs to the connector. */
async function requestOf({ catalogue }: Parameters<ActRoute["perform"]>[0], connector: string, id: string): Promise<void> {
  if (!(await catalogue.publisherRequests.list({ connector })).some((request) => request.id === id))
    throw new NotFound("Cette demande n’existe pas, ou n’existe plus.");
}

export const courtesyActs: readonly ActRoute[] = [handle, endStop];
