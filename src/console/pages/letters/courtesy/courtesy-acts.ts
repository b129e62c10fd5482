import { actRefusalMessage } from "../../../../french/act-refusals.ts";
import type { Refused } from "../../../../model/act-refusal.ts";
import { endStop, handleRequest } from "../../../../partners/correspondence/publisher-requests.ts";
import { type ActRoute, actRoute, CannotDo, type Done, NotFound } from "../../../route.ts";
import { actorOf, param } from "../../../visit.ts";
import { letterFromPath, letterPath } from "../find-letter.tsx";

/** Records that a colleague has handled a correction. */
const handle = actRoute(
  "/connecteurs/:connecteur/courriers/:lettre/demandes/:demande/faite",
  { who: "bizdev", act: "request.handle" },
  async (visit) => {
    const made = await letterFromPath(visit);
    const request = param(visit, "demande");
    const refusal = await handleRequest(visit.catalogue, made.connector, request, visit.now);
    return done(made, request, refusal, "C’est noté : cette demande est traitée.");
  },
);

/** Ends a stop, because the publisher has asked for it. */
const end = actRoute(
  "/connecteurs/:connecteur/courriers/:lettre/demandes/:demande/lever",
  { who: "ops", act: "request.end" },
  async (visit, form) => {
    const made = await letterFromPath(visit);
    const request = param(visit, "demande");
    const refusal = await endStop(visit.catalogue, made.connector, request, { ...actorOf(visit), why: form.text("raison").slice(0, 500) });
    const message = "Le refus est levé. Le connecteur reste en pause : reprenez-le, puis défaites le plan qui a retiré ses aides.";
    return done(made, request, refusal, message);
  },
);

/** Leads back to the letter, or throws the error that explains the refusal. */
function done(made: Parameters<typeof letterPath>[0], request: string, refusal: Refused | null, message: string): Done {
  if (refusal === null) return { message, to: letterPath(made), subject: `connecteur ${made.connector}`, details: { request } };
  const why = actRefusalMessage(refusal.refused);
  if (refusal.refused.code === "no-such-request") throw new NotFound(why);
  throw new CannotDo(why, refusal.refused.code === "no-reason" ? 422 : 409);
}

export const courtesyActs: readonly ActRoute[] = [handle, end];
