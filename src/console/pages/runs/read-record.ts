import type { RunRecord } from "../../../catalogue/runs/run-repository.ts";
import { leftOutReason } from "../../../french/kept-records.ts";
import { ReadingTookTooLong, readStoredRecords } from "../../../jobs/read-stored-records.ts";
import type { Issue } from "../../../model/issue.ts";
import { CannotDo, NotFound } from "../../route.ts";
import type { Visit } from "../../visit.ts";

/** A record of a run's feed as it was received. */
export interface ReceivedRecord {
  readonly locator: string;
  readonly externalId: string | null;
  /** As decoded, or its text where it could not be. */
  readonly record: unknown;
  readonly isRejected: boolean;
  /** Why the connector leaves it out, in French words; null where it counts. */
  readonly skipped: string | null;
  /** What was met in it: then, of a rejected one; else what is met today. */
  readonly issues: readonly Issue[];
}

/** How long somebody waits for a record that stands far down in a large feed. */
const longestSearchMs = 10_000;

/** The record in a place of the feed that a run read: as it was rejected, else out of the stored feed. @throws NotFound, CannotDo */
export async function readReceivedRecord(visit: Visit, run: RunRecord, locator: string): Promise<ReceivedRecord> {
  const { catalogue } = visit;
  const rejected = await catalogue.rejected.at(await catalogue.rejected.readBy(run.runId), locator);
  if (rejected !== null) {
    const { externalId, record, reasons } = rejected;
    return { locator, externalId, record, isRejected: true, skipped: null, issues: reasons };
  }
  const found = await findInFeed(visit, run, locator);
  if (found === undefined) throw new NotFound("Le flux de cette collecte n’a pas d’enregistrement à cette place.");
  return { ...found, isRejected: false };
}

async function findInFeed({ catalogue, console }: Visit, run: RunRecord, locator: string) {
  const { snapshotHash } = run;
  if (snapshotHash === null || !(await catalogue.snapshots.has(snapshotHash)))
    throw new NotFound("Le flux de cette collecte n’est pas, ou plus, conservé : ses enregistrements ne peuvent plus être montrés.");
  const connector = (await console.jobs.connectors()).find(({ definition }) => definition.id === run.connector);
  if (connector === undefined) throw new CannotDo("Le connecteur de cette collecte n’existe plus : personne ne sait plus lire son flux.");
  try {
    const [found] = await readStoredRecords(catalogue, connector, snapshotHash, { locator }, { limit: 1, withinMs: longestSearchMs });
    if (found === undefined || found.skipped === null) return found;
    return { ...found, skipped: leftOutReason(found.skipped, connector.definition.keepWhen) };
  } catch (error) {
    if (!(error instanceof ReadingTookTooLong)) throw error;
    throw new CannotDo(
      "Ce flux est si volumineux que l’enregistrement n’a pas été trouvé à temps. La ligne de commande peut le chercher : moisson trace --record.",
      503,
    );
  }
}
