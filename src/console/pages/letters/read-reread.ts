import type { RunRecord } from "../../../catalogue/runs/run-repository.ts";
import { everything } from "../../../catalogue/runs/schedule-repository.ts";
import { french } from "../../../french/typography.ts";
import { missingAddress } from "../../../jobs/schedule/missing-variables.ts";
import { byPublisher } from "../../../model/publisher/letter-answer.ts";
import { goodOutcomes } from "../../../model/run/run-error.ts";
import type { RunReport } from "../../../model/run/run-report.ts";
import { parisDay } from "../../../model/text/paris-day.ts";
import type { MadeLetter } from "../../../partners/correspondence/stored-letter.ts";
import { comparePoints, countStates, type PointNow } from "../../../partners/letters/compare-letters.ts";
import { writeLetter } from "../../../partners/letters/write-letter.ts";
import type { Visit } from "../../visit.ts";

/** State of a new reading. `at`: when it ended, or when it was requested if it is not finished. */
export type Reread =
  | { readonly state: "never" }
  | { readonly state: "going-on"; readonly at: Date; readonly run: RunRecord }
  | { readonly state: "not-read"; readonly at: Date; readonly run: RunRecord }
  | {
      readonly state: "read";
      readonly at: Date;
      readonly run: RunRecord;
      readonly points: readonly PointNow[];
      readonly score: number | null;
    };

/** Maximum number of retries that are followed. */
const maxTries = 10;

/** Reads the state of a new reading. The first call after its end adds it to the publisher's log. */
export async function readReread(visit: Visit, made: MadeLetter): Promise<Reread> {
  if (made.rereadRun === null || made.rereadAt === null) return { state: "never" };
  const run = await lastTry(visit, made.rereadRun);
  if (run === null) return { state: "never" };
  if (run.state !== "ended") return { state: "going-on", at: made.rereadAt, run };
  const at = run.endedAt ?? made.rereadAt;
  const read = wholeReport(run);
  const definition = (await visit.console.jobs.connectors()).find((one) => one.definition.id === made.connector)?.definition;
  const found =
    read === null || definition === undefined
      ? null
      : writeLetter({
          definition,
          feed: { address: null, file: null, day: parisDay(at) },
          reading: read,
          lines: [],
          isWhole: false,
          past: [],
          trouble: null,
        });
  const points = found === null ? null : comparePoints(made.letter, found);
  await visit.catalogue.letterAnswers.logReread(
    { letterId: made.letterId, connector: made.connector, runId: run.runId },
    { at, by: byPublisher, details: points === null ? { outcome: run.outcome } : { ...logCounts(points), score: found?.score ?? null } },
  );
  if (points === null) return { state: "not-read", at, run };
  return { state: "read", at, run, points, score: found?.score ?? null };
}

/** Returns the last retry of a run: an abandoned run is retried at once by another run. Null if the run is deleted. */
export async function lastTry({ catalogue }: Pick<Visit, "catalogue">, runId: string): Promise<RunRecord | null> {
  let run = await catalogue.runs.find(runId);
  for (let tries = 0; tries < maxTries && run?.outcome === "abandoned"; tries++) {
    const next = await catalogue.runs.retryOf(run.runId);
    const again = next === null ? null : await catalogue.runs.find(next);
    if (again === null) break;
    run = again;
  }
  return run;
}

/** Returns the report of a run that read the whole feed, or null. */
function wholeReport({ outcome, report }: RunRecord): RunReport | null {
  const isWhole = outcome !== null && (goodOutcomes.has(outcome) || outcome === "held");
  return isWhole ? report : null;
}

function logCounts(points: readonly PointNow[]): Readonly<Record<"corrected" | "left" | "added", number>> {
  const { corrected, left, new: added } = countStates(points);
  return { corrected, left, added };
}

/** Minimum time between two requests to read the feed again. */
export const rereadPauseMs = 10 * 60_000;

const clock = new Intl.DateTimeFormat("fr-FR", { timeZone: "Europe/Paris", hour: "2-digit", minute: "2-digit" });

/** Returns the reason why the feed of a letter cannot be read again now, as text for the publisher, or null. */
export async function rereadObstacle(visit: Visit, made: MadeLetter): Promise<string | null> {
  const { catalogue, console: services, now } = visit;
  const { connector: id, letter, rereadAt } = made;
  const definition = (await services.jobs.connectors()).find((one) => one.definition.id === id)?.definition;
  if (definition === undefined)
    return french`Nous ne lisons plus vos données de cette façon : répondez au message qui vous a transmis cette lettre, nous verrons ensemble.`;
  // The process for people without an account does not know secret addresses. If it had one for the letter, it probably still has it.
  const hasNoAddress = services.settings.isPublicOnly
    ? definition.feed.urlFrom !== undefined && letter.feed.address === null
    : missingAddress(definition, services.jobs.services.environment) !== null;
  if (definition.rhythm !== undefined || (hasNoAddress && letter.feed.file !== null))
    return french`Vos données nous parviennent par un fichier que vous nous envoyez : envoyez le fichier corrigé en réponse au message qui vous a transmis cette lettre${byMail(visit)}. Nous le lirons, et vous dirons ce qui reste.`;
  if (hasNoAddress)
    return french`Nous n'avons plus l'adresse de vos données : donnez-la en réponse au message qui vous a transmis cette lettre.`;
  const pauses = await catalogue.schedule.pauses();
  if (pauses.some(({ connector }) => connector === id || connector === everything))
    return french`La lecture de vos données est en pause de notre côté. Elle reprendra, et ce que vous aurez corrigé sera pris en compte : vous n'avez rien à faire.`;
  if (rereadAt !== null && now.getTime() < rereadAt.getTime() + rereadPauseMs)
    return french`Vous l'avez demandé à ${clock.format(rereadAt)} : vous pourrez le demander à nouveau à ${clock.format(new Date(rereadAt.getTime() + rereadPauseMs))}.`;
  const isBusy = (await catalogue.runQueue.running(id)) !== null || (await catalogue.runQueue.waiting(id)).length > 0;
  return isBusy ? french`Vos données sont justement en train d'être lues. Revenez dans quelques minutes.` : null;
}

function byMail({ console: { settings } }: Visit): string {
  return settings.contact === null ? "" : french`, ou à : ${settings.contact}`;
}
