import { CatalogueRefused } from "../catalogue/connection/storage-failure.ts";
import { byPublisher } from "../model/publisher/letter-answer.ts";
import { RunError } from "../model/run/run-error.ts";
import { BodyTooLarge } from "./forms/read-form.ts";
import { type ActRoute, type Answer, CannotDo, type Done, type DoneWithPage, NotFound } from "./route.ts";
import type { Visit } from "./visit.ts";

/**
 * Performs an act between two entries of the audit trail: one for its start, one for its end. If the process dies or the act fails halfway,
 * the second entry is missing and the outcome is unknown.
 */
export async function performAudited(
  visit: Visit,
  { act, path }: Pick<ActRoute, "act" | "path">,
  perform: () => Promise<Done | DoneWithPage | Answer>,
): Promise<Done | DoneWithPage | Answer> {
  if (act === null) return perform();
  const { now: at, catalogue, console: services } = visit;
  const actor = actorOf(visit);
  const begun = { act, at, subject: null, details: { address: addressOf(path, visit) }, ...whoOf(actor) };
  const seq = await catalogue.audit.begin(begun);
  let answer: Done | DoneWithPage | Answer;
  try {
    answer = await perform();
  } catch (error) {
    if (isRefusal(error)) await catalogue.audit.endWithNothing(seq, begun);
    throw error;
  }
  if (!("subject" in answer)) {
    await catalogue.audit.endWithNothing(seq, begun);
    return answer;
  }
  const who = whoOf(("by" in answer ? answer.by : undefined) ?? actor);
  await catalogue.audit.end(seq, { act, at, subject: answer.subject, details: answer.details ?? {}, ...who });
  services.jobs.services.logger.info({ act, subject: answer.subject, by: who.by }, "done in the console");
  return answer;
}

/** Returns true if the error means that the act is not possible and nothing was done. Returns false for an internal error. */
export function isRefusal(error: unknown): boolean {
  if (error instanceof RunError) return error.code !== "storage-failed" && error.code !== "internal";
  return error instanceof NotFound || error instanceof CannotDo || error instanceof BodyTooLarge || error instanceof CatalogueRefused;
}

/**
 * Returns the person who acts, or null. The audit trail cannot be changed, so it names a publisher's person only by the id of the account:
 * once `moisson forget` has erased the account, the id says nothing.
 */
function actorOf({ visitor, publisherVisitor }: Visit): { readonly name: string; readonly personId: string } | null {
  return visitor ?? (publisherVisitor === null ? null : { name: byPublisher, personId: publisherVisitor.accountId });
}

function whoOf(who: { readonly name: string; readonly personId: string } | null) {
  return { by: who?.name ?? "personne", person: who?.personId ?? null };
}

/** Returns the requested path, without its secret parameters. */
function addressOf(path: string, { params }: Visit): string {
  return path.replace(/:([a-z]+)/g, (whole, name: string) => (name === "jeton" ? "…" : (params[name] ?? whole)));
}
