import type { Child } from "hono/jsx";
import type { LetterAnswer } from "../../../catalogue/letters/letter-answer-repository.ts";
import { pointSentence } from "../../../french/letters/points.ts";
import { counted, french } from "../../../french/typography.ts";
import type { Letter } from "../../../model/letter/letter.ts";
import { isSamePoint } from "../../../model/letter/points.ts";
import type { MadeLetter } from "../../../partners/correspondence/stored-letter.ts";
import { countStates, type PointNow } from "../../../partners/letters/compare-letters.ts";
import { Badge, type Tone } from "../../parts/badge.tsx";
import { ActForm, SubmitButton } from "../../parts/form-controls.tsx";
import { Table } from "../../parts/table.tsx";
import { formatDateTime } from "../../parts/time.ts";
import type { Visit } from "../../visit.ts";
import { type Reread, readReread, rereadObstacle } from "./read-reread.ts";

interface RereadGiven {
  readonly visit: Visit;
  readonly made: MadeLetter;
  readonly path: string;
}

/** Section of a letter: the result of the last new reading, and the button to start one. */
export async function RereadSection({ visit, made, path }: RereadGiven): Promise<Child> {
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
export async function RereadForm({ visit, made, path }: RereadGiven): Promise<Child> {
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
export function PointsLeft(given: {
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
        <Table caption="Ce qui reste, point par point" head={["Point", "Où il en est"]}>
          {reread.points.map((point) => (
            <tr>
              <td>
                {pointSentence({ ...point, count: point.before ?? point.now })}
                {point.state === "left" && isAnsweredCorrected(point, answers) && (
                  <p class="moisson-mention fr-mb-0">
                    {french`Vous nous avez dit que c'était corrigé, et nous le lisons encore : le fichier publié n'a peut-être pas encore été mis à jour ?`}
                  </p>
                )}
              </td>
              <td>
                <Badge tone={tones[point.state]} label={stateWords(point)} />
              </td>
            </tr>
          ))}
        </Table>
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
