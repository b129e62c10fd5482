import type { Child } from "hono/jsx";
import type { LetterAnswer } from "../../../catalogue/letters/letter-answer-repository.ts";
import { pointSentence } from "../../../french/letters/points.ts";
import { counted, french } from "../../../french/typography.ts";
import type { Letter } from "../../../model/letter/letter.ts";
import { isSamePoint } from "../../../model/letter/points.ts";
import type { Outcome } from "../../../model/run/run-error.ts";
import type { MadeLetter } from "../../../partners/correspondence/stored-letter.ts";
import { countStates, type PointNow } from "../../../partners/letters/compare-letters.ts";
import { Badge, type Tone } from "../../parts/badge.tsx";
import { ActForm, SubmitButton } from "../../parts/form-controls.tsx";
import { Link } from "../../parts/link.tsx";
import { Table } from "../../parts/table.tsx";
import { formatDateTime } from "../../parts/time.ts";
import type { Page } from "../../route.ts";
import type { Visit } from "../../visit.ts";
import { type LetterGiven, letterByToken } from "./find-letter.tsx";
import { publicLetterPage } from "./public-routes.tsx";
import { type Reread, readReread, rereadObstacle } from "./read-reread.ts";

/** Section of a letter: the result of the last new reading, and the button to start one. */
export async function RereadSection({ visit, made, path }: LetterGiven<MadeLetter>): Promise<Child> {
  const reread = await readReread(visit, made);
  return (
    <section id="relecture" class="moisson-no-print">
      <h3>Vous avez corrigé ?</h3>
      {reread.state !== "never" && (
        <p>
          {rereadSentence(reread, "Vos données")}{" "}
          <a href={`${path}/relecture`}>{reread.state === "read" ? "Voir ce qui reste" : "Voir où elle en est"}</a>
        </p>
      )}
      <RereadForm visit={visit} made={made} path={path} />
    </section>
  );
}

/** The button to read the feed again, or the reason why it is not possible. */
async function RereadForm({ visit, made, path }: LetterGiven<MadeLetter>): Promise<Child> {
  const why = await rereadObstacle(visit, made);
  if (why !== null) return <p>{why}</p>;
  return (
    <ActForm action={`${path}/relecture`} csrf={visit.csrf} class="fr-mb-3w">
      <SubmitButton label="Relire maintenant" />
      <p class="fr-hint-text fr-mt-1w">
        {french`Nous lisons vos données à leur adresse, telles qu'elles sont à l'instant, et vous disons ce qui reste à corriger. Rien n'est publié ni modifié par cette lecture.`}
      </p>
    </ActForm>
  );
}

/** Returns the result of a new reading as a sentence. `whose`: subject of the sentence. */
export function rereadSentence(reread: Exclude<Reread, { state: "never" }>, whose: "Vos données" | "Ses données"): string {
  const when = formatDateTime(reread.at);
  if (reread.state === "going-on") return french`La relecture demandée le ${when} est en cours.`;
  if (reread.state === "not-read") return french`La relecture du ${when} n'est pas allée jusqu'au bout.`;
  const { corrected, left, new: added } = countStates(reread.points);
  const parts = [
    counted(corrected, "point corrigé", "points corrigés"),
    french`${left} à corriger encore`,
    ...(added > 0 ? [counted(added, "nouveau point", "nouveaux points")] : []),
  ];
  return french`${whose} ont été relues le ${when} : ${parts.join(", ")}.`;
}

/** The state of each point after the feed was read again, with the new score. */
function PointsLeft(given: {
  readonly reread: Extract<Reread, { state: "read" }>;
  readonly letter: Letter;
  readonly answers: readonly LetterAnswer[];
}): Child {
  const { reread, letter, answers } = given;
  const { left, new: added } = countStates(reread.points);
  return (
    <>
      <p>{french`Vos données ont été relues le ${formatDateTime(reread.at)}.`}</p>
      {left + added === 0 && <p>{french`Tout ce que nous pouvons vérifier en les lisant est corrigé. Merci !`}</p>}
      {reread.score !== null && <p>{scoreSentence(letter.score, reread.score)}</p>}
      {reread.points.length > 0 && (
        <Table
          caption="Ce qui reste, point par point"
          head={["Point", "Où il en est"]}
          rows={reread.points.map((point) => [
            <>
              {pointSentence({ ...point, count: point.before ?? point.now })}
              {point.state === "left" && isAnsweredCorrected(point, answers) && (
                <p class="moisson-mention fr-mb-0">
                  {french`Vous nous avez dit que c'était corrigé, et nous le lisons encore : le fichier publié n'a peut-être pas encore été mis à jour ?`}
                </p>
              )}
            </>,
            <Badge tone={tones[point.state]} label={stateWords(point)} />,
          ])}
        />
      )}
    </>
  );
}

const tones: Readonly<Record<PointNow["state"], Tone>> = { corrected: "success", left: "warning", new: "info", unchecked: "neutral" };

/** `corrigé`, `encore 3 (avant 12)`, `nouveau`… */
export function stateWords({ state, before, now }: PointNow): string {
  if (state === "corrected") return "corrigé";
  if (state === "unchecked") return "vérifié à part";
  if (state === "new") return now === null ? "nouveau" : french`nouveau : ${now}`;
  if (now === null) return "toujours là";
  return before === null || before === now ? french`encore ${now}` : french`encore ${now} (avant ${before})`;
}

function isAnsweredCorrected(point: PointNow, answers: readonly LetterAnswer[]): boolean {
  return answers.some((one) => one.answer === "corrected" && isSamePoint(one, point));
}

function scoreSentence(before: number | null, now: number): string {
  if (before === null || before === now) return french`La note de vos données est de ${now} sur 100.`;
  return french`La note de vos données est de ${now} sur 100 (${before} dans la lettre).`;
}

/** Without JavaScript, the page reloads after this many seconds while the run is in progress. */
const againSeconds = 4;

/** Progress of a new reading, then its result. */
export const rereadPage = publicLetterPage("/relecture", letterByToken, rereadPageOf);

/** Returns the page. `path`: of the page with the letter. */
export async function rereadPageOf(visit: Visit, made: MadeLetter, path: string): Promise<Page> {
  const reread = await readReread(visit, made);
  const answers = reread.state === "read" ? await visit.catalogue.letterAnswers.list(made.letterId) : [];
  return {
    title: "Relecture de vos données",
    isBare: true,
    content: (
      <div class="moisson-letter">
        <h1>Relecture de vos données</h1>
        <p>
          <Link icon="fr-icon-arrow-left-line fr-link--icon-left moisson-no-print" href={path} label="Revenir à la lettre" />
        </p>
        {reread.state === "never" && <p>{french`Aucune relecture n'a été demandée depuis cette lettre.`}</p>}
        {reread.state === "going-on" ? (
          <GoingOn reread={reread} path={path} />
        ) : (
          <>
            {reread.state === "read" && <PointsLeft reread={reread} letter={made.letter} answers={answers} />}
            {reread.state === "not-read" && <p>{notReadSentence(reread)}</p>}
            <RereadForm visit={visit} made={made} path={path} />
          </>
        )}
      </div>
    ),
  };
}

function GoingOn({ reread, path }: { readonly reread: Extract<Reread, { state: "going-on" }>; readonly path: string }): Child {
  const { run, at } = reread;
  const stage = run.state === "queued" ? "elle attend son tour" : (stages[run.progress?.stage ?? ""] ?? "elle commence");
  return (
    <>
      {/* Written as HTML text: Hono moves a meta element to the head, where it also applies with JavaScript. */}
      <noscript dangerouslySetInnerHTML={{ __html: `<meta http-equiv="refresh" content="${againSeconds}">` }} />
      <div id="relecture" class="fr-callout" role="status" data-live>
        <h2 class="fr-callout__title">La relecture est en cours</h2>
        <p class="fr-callout__text">
          {french`Demandée le ${formatDateTime(at)} : ${stage}. C'est l'affaire de quelques secondes, ou de quelques minutes si vos données sont longues. Cette page se met à jour d'elle-même ; vous pouvez aussi la quitter et y revenir.`}
        </p>
      </div>
      <p>
        <Link icon="fr-icon-refresh-line fr-link--icon-left" href={`${path}/relecture`} label="Actualiser cette page" />
      </p>
    </>
  );
}

const stages: Readonly<Record<string, string>> = {
  fetch: "nous recevons vos données",
  read: "nous les lisons",
  plan: "nous finissons de les comparer",
};

const failureReasons: Partial<Readonly<Record<Outcome, string>>> = {
  unreachable: french`votre serveur n'a pas répondu, ou pas jusqu'au bout`,
  refused: french`votre serveur a refusé notre demande`,
  unreadable: french`ce que votre serveur a envoyé n'est pas, ou plus, le fichier attendu`,
  "stopped-early": french`la lecture s'est interrompue avant la fin`,
};

function notReadSentence({ at, run: { outcome } }: Extract<Reread, { state: "not-read" }>): string {
  const why = (outcome === null ? undefined : failureReasons[outcome]) ?? french`un incident de notre côté l'a arrêtée`;
  return french`Le ${formatDateTime(at)}, la relecture n'est pas allée jusqu'au bout : ${why}. Vous pouvez la demander à nouveau un peu plus tard.`;
}
