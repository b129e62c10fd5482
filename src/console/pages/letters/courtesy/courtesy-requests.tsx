import type { Child } from "hono/jsx";
import type { PublisherRequest } from "../../../../catalogue/publishers/publisher-request-repository.ts";
import { actRefusalMessage } from "../../../../french/act-refusals.ts";
import { requestKindNames } from "../../../../french/publisher-requests.ts";
import { french } from "../../../../french/typography.ts";
import type { Refused } from "../../../../model/act-refusal.ts";
import { endStop, handleRequest } from "../../../../partners/correspondence/publisher-requests.ts";
import type { AnyLetter, MadeCourtesy } from "../../../../partners/correspondence/stored-letter.ts";
import { ActButton, ActForm, SubmitButton, TextField } from "../../../parts/form-controls.tsx";
import { Table } from "../../../parts/table.tsx";
import { formatDay } from "../../../parts/time.ts";
import { type ActRoute, type Answer, CannotDo, type Done, NotFound } from "../../../route.ts";
import { actorOf, hasRole, param, type Visit } from "../../../visit.ts";
import { backToLetter, letterAct } from "../find-letter.tsx";
import { stopInForce } from "./public-courtesy.tsx";

/** What the publisher of a site has asked for, with what a colleague can do about it. */
export async function CourtesyRequests({ visit, made }: { readonly visit: Visit; readonly made: MadeCourtesy }): Promise<Child> {
  const { connector, letterId } = made;
  const requests = await visit.catalogue.publisherRequests.list({ connector });
  const path = `/connecteurs/${connector}/courriers/${letterId}/demandes`;
  const stop = stopInForce(requests);
  return (
    <section class="moisson-no-print fr-mb-4w" aria-labelledby="demandes">
      <h2 id="demandes">Demandes du producteur</h2>
      {requests.length === 0 ? (
        <p>Aucune demande pour l’instant.</p>
      ) : (
        <Table caption="Demandes" isCaptionHidden head={["Demande", "Aide", "Remarque", "Le", "Suite"]}>
          {requests.map((request) => (
            <tr>
              <td>{requestKindNames[request.kind]}</td>
              <td>{request.title ?? request.hosts.join(", ")}</td>
              <td class="moisson-text">{request.remark ?? ""}</td>
              <td>{formatDay(new Date(request.at))}</td>
              <td>
                <Outcome visit={visit} request={request} path={path} />
              </td>
            </tr>
          ))}
        </Table>
      )}
      {stop !== undefined && hasRole(visit, "ops") && (
        <ActForm action={`${path}/${stop.id}/lever`} csrf={visit.csrf} class="moisson-narrow">
          <p>
            {french`Ce site n'est plus lu, par aucun connecteur. Si son producteur change d'avis, levez ce refus et dites qui vous l'a demandé.`}
          </p>
          <TextField name="raison" label="Qui l’a demandé, et quand" maxlength={500} required />
          <SubmitButton label="Lever le refus" isSecondary />
        </ActForm>
      )}
    </section>
  );
}

function Outcome({ visit, request, path }: { readonly visit: Visit; readonly request: PublisherRequest; readonly path: string }): Child {
  const { id, kind, handledAt, planId, endedAt, endedBy, endedWhy, title } = request;
  if (endedAt !== null) return french`levée le ${formatDay(new Date(endedAt))} par ${endedBy ?? "?"} : ${endedWhy ?? ""}`;
  if (handledAt !== null) {
    return (
      <>
        {french`faite le ${formatDay(new Date(handledAt))}`}
        {planId !== null && (
          <>
            {", par "}
            <a href={`/plans/${planId}`}>ce plan</a>
          </>
        )}
      </>
    );
  }
  if (kind !== "correction") return "en cours";
  return <ActButton action={`${path}/${id}/faite`} csrf={visit.csrf} label="C’est corrigé" about={french`pour « ${title ?? ""} »`} />;
}

/** Records that a colleague has handled a correction. */
const handle = letterAct("demandes/:demande/faite", { who: "bizdev", act: "request.handle" }, async (visit, made) => {
  const request = param(visit, "demande");
  const refusal = await handleRequest(visit.catalogue, made.connector, request, visit.now);
  return done(made, request, refusal, "C’est noté : cette demande est traitée.");
});

/** Ends a stop, because the publisher has asked for it. */
const end = letterAct("demandes/:demande/lever", { who: "ops", act: "request.end" }, async (visit, made, form) => {
  const request = param(visit, "demande");
  const refusal = await endStop(visit.catalogue, made.connector, request, { ...actorOf(visit), why: form.text("raison").slice(0, 500) });
  const message = "Le refus est levé. Le connecteur reste en pause : reprenez-le, puis défaites le plan qui a retiré ses aides.";
  return done(made, request, refusal, message);
});

/** Leads back to the letter, or throws the error that explains the refusal. */
function done(made: AnyLetter, request: string, refusal: Refused | null, message: string): Done | Answer {
  if (refusal === null) return backToLetter(made, message, { request });
  const why = actRefusalMessage(refusal.refused);
  if (refusal.refused.code === "no-such-request") throw new NotFound(why);
  throw new CannotDo(why, refusal.refused.code === "no-reason" ? 422 : 409);
}

export const courtesyActs: readonly ActRoute[] = [handle, end];
