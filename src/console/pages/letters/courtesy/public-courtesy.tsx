import { courtesySubject } from "../../../../french/letters/courtesy.ts";
import type { MadeCourtesy } from "../../../../partners/correspondence/stored-letter.ts";
import type { Page } from "../../../route.ts";
import { param, type Visit } from "../../../visit.ts";
import { OfferedFileLink } from "../open-data/offered-file-page.tsx";
import { CourtesyBody } from "./courtesy-body.tsx";
import { AidRequestForm, type RequestsGiven, RequestTable, StopForm, stopInForce, type TypedRequest } from "./request-forms.tsx";

/** Returns the public page of a courtesy letter. `again`: a request with mistakes, to show its form again. */
export async function courtesyToAnswer(visit: Visit, made: MadeCourtesy, again: TypedRequest | null): Promise<Page> {
  const { letter, connector, at } = made;
  const path = `/lettre/${param(visit, "jeton")}`;
  const requests = await visit.catalogue.publisherRequests.list({ connector });
  const aid = visit.query.get("aide") ?? "";
  const given: RequestsGiven = { path, csrf: visit.csrf, letter, requests, aid, saved: visit.query.get("demande"), again };
  return {
    title: courtesySubject(letter),
    isBare: true,
    status: again === null ? 200 : 422,
    content: (
      <CourtesyBody letter={letter} at={at} path={path} settings={visit.console.settings}>
        {requests.length > 0 && <h2>Vos demandes</h2>}
        <RequestTable requests={requests} />
        {stopInForce(requests) === undefined && <AidRequestForm given={given} />}
        <OfferedFileLink visit={visit} made={made} path={path} />
        <StopForm given={given} />
      </CourtesyBody>
    ),
  };
}
