import type { LetterOverview } from "../../catalogue/letters/letter-answer-repository.ts";
import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import { lastWholeReport } from "../../catalogue/runs/last-whole-run.ts";
import { foldTerm } from "../../kit/values/text/fold-term.ts";
import { isStillReported } from "../../model/publisher/is-still-reported.ts";
import { parisDay } from "../../model/text/paris-day.ts";

export interface LetterRow extends LetterOverview {
  /** The earliest promised date, `YYYY-MM-DD`, or null. */
  readonly promisedFor: string | null;
  /** A promised date has passed and the last run still reports the point. */
  readonly isOverdue: boolean;
}

/** Selects letters. `publisher`: words of the publisher's name or of the connector; `state`: one of `letterStates`. */
export interface LetterFilter {
  readonly publisher?: string | undefined;
  readonly connector?: string | undefined;
  readonly state?: string | undefined;
}

type LetterCatalogue = Pick<Catalogue, "letterAnswers" | "runs" | "links">;

/** Returns the letters that match a filter, newest first. */
export async function letterRows(
  catalogue: LetterCatalogue,
  now: Date,
  { publisher = "", connector, state }: LetterFilter,
): Promise<readonly LetterRow[]> {
  const words = foldTerm(publisher).split(" ");
  const letters = (await catalogue.letterAnswers.overview()).filter(
    (one) =>
      words.every((word) => foldTerm(`${one.publisher} ${one.connector}`).includes(word)) &&
      (connector === undefined || one.connector === connector),
  );
  const rows: LetterRow[] = [];
  for (const one of letters)
    rows.push({ ...one, promisedFor: one.promised[0]?.plannedFor ?? null, isOverdue: await isOverdue(catalogue, parisDay(now), one) });
  return state === undefined ? rows : rows.filter((row) => hasState(row, state));
}

async function isOverdue(catalogue: LetterCatalogue, today: string, { connector, promised }: LetterOverview): Promise<boolean> {
  const late = promised.filter(({ plannedFor }) => plannedFor < today);
  if (late.length === 0) return false;
  const report = await lastWholeReport(catalogue, connector);
  if (report === null) return true;
  const dead = new Set((await catalogue.links.deadLinks(connector)).map(({ field }) => field as string));
  return late.some((point) => isStillReported(point, report, dead));
}

function hasState({ sentAt, revokedAt, answeredAt, promisedFor, isOverdue: isLate }: LetterRow, state: string): boolean {
  if (state === "unsent") return sentAt === null && revokedAt === null;
  if (state === "silent") return sentAt !== null && answeredAt === null;
  if (state === "answered") return answeredAt !== null;
  if (state === "promised") return promisedFor !== null;
  return state === "overdue" ? isLate : revokedAt !== null;
}
