import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import { type Refused, refusedAct } from "../../model/act-refusal.ts";
import type { RequestKind } from "../../model/publisher/publisher-request.ts";
import type { CourtesyAid } from "./courtesy-letter.ts";
import type { MadeCourtesy } from "./stored-letter.ts";

type Requests = Pick<Catalogue, "publisherRequests">;

interface By {
  readonly by: string;
  readonly now: Date;
}

/** What a publisher asks for. `aid`: null for a stop. */
export interface PublisherAsks {
  readonly kind: RequestKind;
  readonly aid: CourtesyAid | null;
  readonly remark: string | null;
}

/**
 * Stores what a publisher asks for in answer to a courtesy letter. From a stop on, no run reads the site; a worker does the rest within a minute.
 * Returns facts for the audit trail, or null if it has asked before.
 */
export async function askForChange(
  { publisherRequests, exchanges }: Requests & Pick<Catalogue, "exchanges">,
  { letterId, connector, letter }: MadeCourtesy,
  { kind, aid, remark }: PublisherAsks,
  { by, now }: By,
): Promise<Readonly<Record<string, unknown>> | null> {
  const hosts = kind === "stop" ? letter.hosts : [];
  const about = { externalId: aid?.externalId ?? null, title: aid?.title ?? null };
  if (!(await publisherRequests.add({ letterId, connector, kind, ...about, hosts, remark, by }, now))) return null;
  const details = { letter: letterId, request: kind, ...(aid !== null && { externalId: aid.externalId }) };
  await exchanges.addOfConnector(connector, { at: now, kind: "publisher-asked", by, details });
  return details;
}

/** Records that a colleague has handled a correction. */
export async function handleRequest({ publisherRequests }: Requests, connector: string, id: string, now: Date): Promise<Refused | null> {
  if (!(await isOf({ publisherRequests }, connector, id))) return refusedAct("no-such-request");
  await publisherRequests.markHandled(id, null, now);
  return null;
}

/** Ends a stop, because the publisher has asked for it. The connector stays paused until somebody resumes it. `why`: who asked for it, and when. */
export async function endStop(
  { publisherRequests }: Requests,
  connector: string,
  id: string,
  { by, now, why }: By & { readonly why: string },
): Promise<Refused | null> {
  if (!(await isOf({ publisherRequests }, connector, id))) return refusedAct("no-such-request");
  if (why === "") return refusedAct("no-reason");
  return (await publisherRequests.end(id, { by, why, now })) ? null : refusedAct("stop-ended");
}

async function isOf({ publisherRequests }: Requests, connector: string, id: string): Promise<boolean> {
  return (await publisherRequests.list({ connector })).some((request) => request.id === id);
}
