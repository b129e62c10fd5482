import type { Child } from "hono/jsx";
import { type Answer, type Answered, answerQuestion } from "../../../curation/answer-question.ts";
import { type AnswerToReview, answersToReview, type Contradiction } from "../../../curation/read-answers.ts";
import { frenchDayOf } from "../../../french/dates.ts";
import { fieldName } from "../../../french/fields.ts";
import { decisionMessage } from "../../../french/publication.ts";
import { doubtSentences } from "../../../french/questions.ts";
import { capitalize, counted, french } from "../../../french/typography.ts";
import type { AidField } from "../../../model/aid/field-table.ts";
import { ownOperators, type StandingDecision } from "../../../model/plan/standing-decision.ts";
import { connectorNames } from "../../../registry/connector-names.ts";
import { cachedUntilChange } from "../../cached-until-change.ts";
import { curatorOf } from "../../curation/act-on-aid.ts";
import { ActButton, ActForm } from "../../parts/form-controls.tsx";
import { SubmitOrLeave } from "../../parts/submit-or-leave.tsx";
import { actRoute, CannotDo, type Done, type Form, NotFound, pageRoute } from "../../route.ts";
import { mayCurate, param, type Visit } from "../../visit.ts";
import { answerPreview, chosenValue, Examples, PreviewButton, questionsPath, reasonIn, ValueControl, WhyField } from "./answer-form.tsx";

/** Path of the answers that are asked again. */
const answersPath = "/reponses";
const path = `${answersPath}/:reponse`;
const maxRead = 5;

const reviewUntilChange = cachedUntilChange((catalogue, _now, connector: string | null, _decisions: string) =>
  answersToReview(catalogue, connector === null ? null : [connector]),
);

/** Returns the answers that are asked again, of one connector or of all. Reads them again once an aid or a decision has changed. */
async function toReview({ catalogue, now }: Visit, connector: string | null): Promise<AnswerToReview[]> {
  return reviewUntilChange(catalogue, now, connector, await catalogue.standingDecisions.version());
}

/** A link to the answers that are asked again, on other pages. Nothing without any. */
export async function ReviewLink({ visit, connector }: { readonly visit: Visit; readonly connector: string | null }): Promise<Child> {
  const { length } = await toReview(visit, connector);
  if (length === 0) return null;
  const href = connector === null ? questionsPath : `${questionsPath}?connecteur=${connector}`;
  return (
    <p>
      <a href={href}>{counted(length, "réponse à revoir", "réponses à revoir")}</a>
      {french` : leurs aides ont changé, ou elles se contredisent.`}
    </p>
  );
}

/** The answers that are asked again, each with a link. Nothing without any. */
export async function AnswersToReview({ visit, connector }: { readonly visit: Visit; readonly connector: string | null }): Promise<Child> {
  const found = await toReview(visit, connector);
  if (found.length === 0) return null;
  const names = connectorNames(await visit.console.jobs.connectors());
  return (
    <section class="fr-mb-4w">
      <h2 class="fr-h6 fr-mb-1w">{french`${counted(found.length, "réponse à revoir", "réponses à revoir")}`}</h2>
      <ul class="moisson-list">
        {found.map((one) => (
          <li class="fr-mb-2w">
            <a href={`${answersPath}/${one.answer.id}`}>{french`${sourcesOf(one, names)} : ${decisionMessage(one.answer)}`}</a>
            {doubtSentences(one).map((doubt) => (
              <p class="moisson-mention fr-mb-0">{doubt}</p>
            ))}
          </li>
        ))}
      </ul>
    </section>
  );
}

function sourcesOf({ connectors }: AnswerToReview, names: ReadonlyMap<string, string>): string {
  const [first = "", ...others] = connectors;
  return others.length === 0
    ? (names.get(first) ?? first)
    : french`${names.get(first) ?? first} et ${counted(others.length, "autre source", "autres sources")}`;
}

/** Reads the answer that the path names. Throws `NotFound`. */
async function reviewedOf(visit: Visit): Promise<AnswerToReview> {
  const found = (await toReview(visit, null)).find(({ answer }) => answer.id === param(visit, "reponse"));
  if (found === undefined) throw new NotFound("Cette réponse n’est pas à revoir : elle vaut toujours, ou elle a pris fin.");
  return found;
}

/** An answer that is asked again: why, the aids to read, and the acts to confirm it, to change it, to keep one of two, or to end it. */
const reviewPage = pageRoute(path, "read", async (visit) => {
  const reviewed = await reviewedOf(visit);
  const { answer, changed, contradictions, connectors } = reviewed;
  const names = connectorNames(await visit.console.jobs.connectors());
  const own = `${answersPath}/${answer.id}`;
  const [connector = ""] = connectors;
  const doubts = changed.slice(0, maxRead);
  return {
    title: "Réponse à revoir",
    breadcrumb: [{ title: "Questions", href: questionsPath }],
    menuPath: "/relecture",
    content: (
      <>
        <h1>{french`Cette réponse pour ${sourcesOf(reviewed, names)} vaut-elle toujours ?`}</h1>
        <Given answer={answer} />
        {doubtSentences(reviewed).map((doubt) => (
          <p>{doubt}</p>
        ))}
        <p class="moisson-mention">{french`Ce que les réponses ont rempli reste tel quel jusqu'à ce que vous en décidiez.`}</p>
        {contradictions.map((one) => (
          <Against visit={visit} reviewed={reviewed} contradiction={one} />
        ))}
        {mayCurate(visit) ? (
          <>
            {contradictions.length === 0 && (
              <ActButton action={`${own}/confirmer`} csrf={visit.csrf} label="Elle vaut toujours" kind="primary" size="md" />
            )}{" "}
            <ActButton action={`${own}/finir`} csrf={visit.csrf} label="Y mettre fin" size="md" />
            <h2 class="fr-h4 fr-mt-4w">Changer la réponse</h2>
            <p>Les valeurs que cette réponse a remplies changent aussi. Celles d’une personne ou du producteur restent.</p>
            <ActForm action={own} csrf={visit.csrf}>
              <ValueControl field={answer.field as AidField} values={writtenValues(answer)} operators={[]} />
              {doubts.length > 0 && (
                <Examples visit={visit} connector={connector} examples={doubts} legend="Aides qui ont changé depuis" mayExclude />
              )}
              <WhyField />
              <SubmitOrLeave label="Changer la réponse" leaveLabel="Revenir aux questions" leaveHref={questionsPath} />
              <PreviewButton action={own} />
            </ActForm>
          </>
        ) : (
          doubts.length > 0 && (
            <Examples visit={visit} connector={connector} examples={doubts} legend="Aides qui ont changé depuis" mayExclude={false} />
          )
        )}
      </>
    ),
  };
});

function Given({ answer }: { readonly answer: StandingDecision }): Child {
  const { by, at, note } = answer;
  return (
    <p>{french`${capitalize(decisionMessage(answer))} : ${by}, le ${frenchDayOf(at)}${note === null ? "" : french` (« ${note} »)`}.`}</p>
  );
}

/** Another answer that contradicts this one, and the acts to keep one of them. */
function Against(given: { readonly visit: Visit; readonly reviewed: AnswerToReview; readonly contradiction: Contradiction }): Child {
  const { visit, reviewed, contradiction } = given;
  const { other, examples, aids } = contradiction;
  const [first] = examples;
  const action = `${answersPath}/${reviewed.answer.id}/garder`;
  return (
    <section class="fr-mb-3w">
      <h2 class="fr-h6 fr-mb-1w">L’autre réponse</h2>
      <Given answer={other} />
      {first !== undefined && (
        <Examples
          visit={visit}
          connector={first.connector}
          examples={examples}
          legend={french`${counted(aids, "aide concernée", "aides concernées")}`}
          mayExclude={false}
        />
      )}
      {mayCurate(visit) &&
        [["Garder la première", reviewed.answer] as const, ["Garder l’autre", other] as const].map(([label, kept]) => (
          <ActButton
            action={action}
            csrf={visit.csrf}
            label={label}
            about={decisionMessage(kept)}
            fields={{ autre: other.id, gardee: kept.id }}
          />
        ))}
    </section>
  );
}

/** Returns the value of an answer as a person would write it in a form. */
function writtenValues({ value }: StandingDecision): string[] {
  if (value === ownOperators) return [];
  return (Array.isArray(value) ? value : [value]).map((one) => {
    if (typeof one !== "object" || one === null) return String(one ?? "");
    return "name" in one && !("scale" in one) ? String(one.name) : "scale" in one && "code" in one ? `${one.scale}:${one.code}` : "";
  });
}

/** Confirms an answer: the same one, given by this person on this day. */
const confirmAct = actRoute(`${path}/confirmer`, { who: "bizdev", act: "question.confirm" }, async (visit) => {
  const { answer } = await reviewedOf(visit);
  return done(await giveAgain(visit, answer, [answer.id]), answer, "C’est confirmé.");
});

/** Keeps one of two answers that contradict each other. The aids that show the other one get its value. */
const keepAct = actRoute(`${path}/garder`, { who: "bizdev", act: "question.keep" }, async (visit, form) => {
  const { answer, contradictions } = await reviewedOf(visit);
  const other = contradictions.find((one) => one.other.id === form.text("autre"))?.other;
  const kept = [answer, other].find((one) => one !== undefined && one.id === form.text("gardee"));
  if (other === undefined || kept === undefined) throw new CannotDo("Ces réponses ne se contredisent plus.", 409);
  return done(await giveAgain(visit, kept, [answer.id, other.id]), kept, "C’est noté.");
});

/** Ends an answer. What it has filled stays. */
const endAct = actRoute(`${path}/finir`, { who: "bizdev", act: "question.end" }, async (visit) => {
  const { answer } = await reviewedOf(visit);
  const { by, now } = curatorOf(visit);
  await visit.catalogue.standingDecisions.end(answer.id, { by, now });
  const message = french`C'est fini : ${decisionMessage(answer)}. Ce qui a été fait le reste.`;
  return { message, to: questionsPath, subject: subjectOf(answer), details: { decision: answer.id } };
});

/** Changes an answer, and the values that it has filled. */
const changeAct = actRoute(path, { who: "bizdev", act: "question.change" }, async (visit, form) => {
  const { answer } = await reviewedOf(visit);
  const changed = changedAnswer(form, answer);
  return done(await answerQuestion(visit.catalogue, curatorOf(visit, reasonIn(form)), changed), answer, "C’est changé.");
});

/** Shows what a changed answer would change. */
const previewAct = actRoute(`${path}/apercu`, { who: "bizdev", act: null }, async (visit, form) => {
  const { answer } = await reviewedOf(visit);
  return answerPreview(visit, form, changedAnswer(form, answer), `${answersPath}/${answer.id}`);
});

function changedAnswer(form: Form, { id, connector, publisher, field, condition }: StandingDecision): Answer {
  const { value } = chosenValue(form, { field: field as AidField, operators: [] });
  const except = [...new Set([...(condition?.except ?? []), ...form.all("sauf").slice(0, maxRead)])];
  const next = { ...condition, ...(except.length > 0 && { except }) };
  return { connector, publisher, field, value, condition: Object.keys(next).length === 0 ? null : next, replaces: [id] };
}

function giveAgain(visit: Visit, answer: StandingDecision, replaces: readonly string[]): Promise<Answered> {
  const { connector, publisher, field, value, condition, note } = answer;
  return answerQuestion(visit.catalogue, curatorOf(visit, note ?? ""), { connector, publisher, field, value, condition, replaces });
}

function done({ decision, planId, aids }: Answered, answer: StandingDecision, said: string): Done {
  const details = { field: answer.field, decision, plan: planId, aids };
  const subject = subjectOf(answer);
  if (planId === null) return { message: said, to: questionsPath, subject, details };
  const message = french`${said} ${counted(aids, "aide remplie", "aides remplies")} (${fieldName(answer.field as AidField)}).`;
  return { message, to: `/plans/${planId}`, subject, details };
}

function subjectOf({ connector, publisher }: StandingDecision): string {
  return connector === null ? `producteur ${publisher}` : `connecteur ${connector}`;
}

/** Routes of the answers that are asked again. */
export const answerRoutes = [reviewPage, confirmAct, keepAct, endAct, changeAct, previewAct];
