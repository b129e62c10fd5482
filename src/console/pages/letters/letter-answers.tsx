import type { Child } from "hono/jsx";
import type { LetterAnswer } from "../../../catalogue/letters/letter-answer-repository.ts";
import { answerSentence, pointSentence, pointTopic } from "../../../french/letters/points.ts";
import { french } from "../../../french/typography.ts";
import { isSamePoint, pointsOf } from "../../../model/letter/points.ts";
import { parisDay } from "../../../model/text/paris-day.ts";
import type { MadeLetter } from "../../../partners/correspondence/stored-letter.ts";
import { Badge } from "../../parts/badge.tsx";
import { Table } from "../../parts/table.tsx";
import { formatDay } from "../../parts/time.ts";
import { hasRole, type Visit } from "../../visit.ts";
import { type Reread, readReread } from "./read-reread.ts";
import { rereadSentence, stateWords } from "./reread-section.tsx";

interface AnswersGiven {
  readonly visit: Visit;
  readonly made: MadeLetter;
}

/** The publisher's answers to a letter, and the result of the last new reading of its feed. */
export async function LetterAnswers({ visit, made }: AnswersGiven): Promise<Child> {
  const answers = await visit.catalogue.letterAnswers.list(made.letterId);
  const reread = await readReread(visit, made);
  return (
    <section class="moisson-no-print fr-mb-4w" aria-labelledby="reponses">
      <h2 id="reponses">Réponses du producteur</h2>
      {answers.length === 0 ? (
        <p>Aucune réponse pour l’instant.</p>
      ) : (
        <Table caption="Réponses" isCaptionHidden head={["Point", "Réponse", "Le", "Remarque"]}>
          {answers.map((answer) => (
            <Row visit={visit} made={made} answer={answer} reread={reread} />
          ))}
        </Table>
      )}
      {reread.state !== "never" && (
        <p>
          {rereadSentence(reread, "Ses données")} <a href={`/collectes/${reread.run.runId}`}>La collecte à blanc</a>
        </p>
      )}
    </section>
  );
}

function Row({ visit, made, answer: stored, reread }: AnswersGiven & { readonly answer: LetterAnswer; readonly reread: Reread }): Child {
  const { code, answer, plannedFor, remark, at } = stored;
  const point = pointsOf(made.letter).find((one) => isSamePoint(one, stored));
  const after = reread.state === "read" ? reread.points.find((one) => isSamePoint(one, stored)) : undefined;
  const isLate = answer === "planned" && plannedFor !== null && plannedFor < parisDay(visit.now) && after?.state !== "corrected";
  return (
    <tr>
      <td>
        {code === null ? "L’ensemble de la lettre" : point === undefined ? pointTopic({ code, field: stored.field }) : pointSentence(point)}
        {after !== undefined && <span class="moisson-mention">{french` À la relecture : ${stateWords(after)}.`}</span>}
      </td>
      <td>
        {answer === null ? "" : answerSentence(answer, plannedFor)} {isLate && <Badge tone="warning" label="en retard" />}
        {answer === "intended" && <SetAsideLink visit={visit} made={made} answer={stored} />}
      </td>
      <td>{formatDay(at)}</td>
      <td class="moisson-text">{remark ?? ""}</td>
    </tr>
  );
}

/** Link to set aside an anomaly that the publisher says is intended, if the letter's run reported it. */
async function SetAsideLink({ visit, made, answer: { code, field } }: AnswersGiven & { readonly answer: LetterAnswer }): Promise<Child> {
  const run = await visit.catalogue.runs.find(made.runId);
  const isMet = run?.report?.issues.some((group) => group.code === code && group.field === field) === true;
  if (code === null || !isMet) return null;
  if (!hasRole(visit, "ops")) return <span class="moisson-mention">{french` L'exploitation peut mettre cette anomalie de côté.`}</span>;
  const query = new URLSearchParams({ code, champ: field ?? "" });
  return (
    <>
      {" "}
      <a href={`/collectes/${made.runId}/mettre-de-cote?${query}`}>Mettre cette anomalie de côté</a>
    </>
  );
}
