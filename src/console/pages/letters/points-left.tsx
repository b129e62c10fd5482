import type { Child } from "hono/jsx";
import type { LetterAnswer } from "../../../catalogue/letters/letter-answer-repository.ts";
import { french } from "../../../french/typography.ts";
import { pointSentence } from "../../../partners/letters/french/points.ts";
import type { Letter } from "../../../partners/letters/letter.ts";
import { isSamePoint } from "../../../partners/letters/points.ts";
import { countStates, type PointNow } from "../../../partners/letters/what-is-left.ts";
import { Badge, type Tone } from "../../parts/badge.tsx";
import { Table } from "../../parts/table.tsx";
import { formatDateTime } from "../../parts/time.ts";
import type { Reread } from "./read-reread.ts";

/** What is left of a letter after its feed was read again: corrected, so many still, new; with the score. */
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
                {point.state === "left" && isSaidCorrected(point, answers) && (
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

function isSaidCorrected(point: PointNow, answers: readonly LetterAnswer[]): boolean {
  return answers.some((one) => one.answer === "corrected" && isSamePoint(one, point));
}

function scoreSentence(before: number | null, now: number): string {
  if (before === null || before === now) return french`La note de vos données est de ${now} sur 100.`;
  return french`La note de vos données est de ${now} sur 100 (${before} dans la lettre).`;
}
