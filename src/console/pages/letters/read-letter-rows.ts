import type { LetterOverview } from "../../../catalogue/letters/letter-overview-repository.ts";
import { lastWholeReport } from "../../../jobs/digest/promised-corrections.ts";
import { foldTerm } from "../../../kit/values/text/fold-term.ts";
import { isStillThere } from "../../../model/publisher/is-still-there.ts";
import { parisDay } from "../../../model/text/paris-day.ts";
import type { Filter } from "../../lists/list.ts";
import type { Visit } from "../../visit.ts";

/** A letter in the list. */
export interface LetterRow extends LetterOverview {
  /** The earliest day that a point is promised for, `YYYY-MM-DD`; null: none is. */
  readonly promisedFor: string | null;
  /** A day that was promised has passed, and the point is still there in the last run. */
  readonly isOverdue: boolean;
}

/** The letters that a filter of the list asks for, newest first. */
export async function letterRows(visit: Visit, { producteur, connecteur, etat }: Filter): Promise<readonly LetterRow[]> {
  const words = foldTerm(producteur ?? "").split(" ");
  const letters = (await visit.catalogue.letterOverview.all()).filter(
    (one) =>
      words.every((word) => foldTerm(`${one.publisher} ${one.connector}`).includes(word)) &&
      (connecteur === undefined || one.connector === connecteur),
  );
  const rows: LetterRow[] = [];
  for (const one of letters)
    rows.push({ ...one, promisedFor: one.promised[0]?.plannedFor ?? null, isOverdue: await isOverdue(visit, one) });
  return etat === undefined ? rows : rows.filter((row) => hasState(row, etat));
}

async function isOverdue({ catalogue, now }: Visit, { connector, promised }: LetterOverview): Promise<boolean> {
  const late = promised.filter(({ plannedFor }) => plannedFor < parisDay(now));
  if (late.length === 0) return false;
  const report = await lastWholeReport(catalogue, connector);
  if (report === null) return true;
  const dead = new Set((await catalogue.links.deadLinks(connector)).map(({ field }) => field as string));
  return late.some((point) => isStillThere(point, report, dead));
}

function hasState({ sentAt, revokedAt, answeredAt, promisedFor, isOverdue: isLate }: LetterRow, state: string): boolean {
  if (state === "unsent") return sentAt === null && revokedAt === null;
  if (state === "silent") return sentAt !== null && answeredAt === null;
  if (state === "answered") return answeredAt !== null;
  if (state === "promised") return promisedFor !== null;
  return state === "overdue" ? isLate : revokedAt !== null;
}
