import type { Child } from "hono/jsx";
import { type Answer, answerQuestion } from "../../../curation/answer-question.ts";
import { type AskedQuestion, askQuestions } from "../../../curation/read-questions.ts";
import { fieldName } from "../../../french/fields.ts";
import { questionSentence } from "../../../french/questions.ts";
import { sourceReasonMessage } from "../../../french/source-values.ts";
import { counted, french, sentence } from "../../../french/typography.ts";
import { frenchValue } from "../../../french/values.ts";
import type { AidContent } from "../../../model/aid/aid.ts";
import type { SourceField } from "../../../model/aid/source-value.ts";
import type { AnswerCondition } from "../../../model/plan/standing-decision.ts";
import { parisDay } from "../../../model/text/paris-day.ts";
import { labelOf } from "../../../model/vocabularies.ts";
import { curatorOf } from "../../curation/act-on-aid.ts";
import { Quoting } from "../../parts/aid-text.tsx";
import { Checkbox } from "../../parts/checkbox.tsx";
import { ActForm, Select } from "../../parts/form-controls.tsx";
import { SubmitOrLeave } from "../../parts/submit-or-leave.tsx";
import { truncate } from "../../parts/time.ts";
import { actRoute, type Form, NotFound, pageRoute } from "../../route.ts";
import { mayCurate, param, type Visit } from "../../visit.ts";
import { loadedConnectorOf } from "../connectors/connector-rows.ts";
import { answerPreview, chosenValue, Examples, PreviewButton, questionsPath, reasonIn, ValueControl, WhyField } from "./answer-form.tsx";

const path = `${questionsPath}/:connecteur/:champ`;

/** Reads the question that the path names, with its proposal. Throws `NotFound`. */
async function askedOf(visit: Visit): Promise<AskedQuestion> {
  const loaded = await loadedConnectorOf(visit);
  const asked = (await askQuestions(visit.catalogue, loaded, parisDay(visit.now))).find(
    ({ field, word }) => word === null && field === param(visit, "champ"),
  );
  if (asked === undefined) throw new NotFound("Cette question ne se pose plus : aucune aide de cette source ne manque de ce champ.");
  return asked;
}

/** Path of a question. */
const pathOf = ({ connector, field }: AskedQuestion) => `${questionsPath}/${connector}/${field}`;

/** The question as the page shows it: for all aids, or for those of some types, with the answer proposed for them. */
function chosenPart(asked: AskedQuestion, types: string): Pick<AskedQuestion, "proposed" | "examples"> {
  return asked.parts.find((part) => part.types.join(",") === types) ?? asked;
}

/** A question: the proposed answer with its reason, the part of the source that it is for, and five aids to read. */
export const questionPage = pageRoute(path, "read", async (visit) => {
  const asked = await askedOf(visit);
  const title = questionSentence(asked, asked.publisher);
  return {
    title: "Question",
    breadcrumb: [{ title: "Questions", href: questionsPath }],
    menuPath: "/relecture",
    content: (
      <>
        <h1>{title}</h1>
        <p>{french`La réponse vaut aussi pour les prochaines collectes. Elle s'annule d'un coup, et ce que le producteur dira la remplacera.`}</p>
        <Parts asked={asked} />
        {mayCurate(visit) ? (
          <AnswerForm visit={visit} asked={asked} types={visit.query.get("types") ?? ""} />
        ) : (
          <ToRead visit={visit} asked={asked} />
        )}
      </>
    ),
  };
});

/** The types of aids for which we propose another answer. */
function Parts({ asked }: { readonly asked: AskedQuestion }): Child {
  if (asked.parts.length === 0) return null;
  return (
    <section class="fr-mb-3w">
      <h2 class="fr-h6 fr-mb-1w">Une réponse par type d’aide ?</h2>
      <ul class="moisson-list">
        {asked.parts.map(({ types, aids, proposed: { values, reason } }) => (
          <li class="fr-mb-1w">
            <a href={`${pathOf(asked)}?types=${types.join(",")}`}>{french`${typesLabel(types)} (${aids})`}</a>
            {french` : ${frenchValue(asked.field, values)}`}
            <Reason field={asked.field} reason={reason} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function ToRead({
  visit,
  asked,
  types = null,
}: {
  readonly visit: Visit;
  readonly asked: AskedQuestion;
  readonly types?: string | null;
}): Child {
  const { examples } = types === null ? asked : chosenPart(asked, types);
  const legend = french`${counted(examples.length, "aide à lire", "aides à lire")} avant de répondre`;
  return <Examples visit={visit} connector={asked.connector} examples={examples} legend={legend} mayExclude={types !== null} />;
}

function AnswerForm({
  visit,
  asked,
  types: chosen,
}: {
  readonly visit: Visit;
  readonly asked: AskedQuestion;
  readonly types: string;
}): Child {
  const { field, types, operators } = asked;
  const { proposed } = chosenPart(asked, chosen);
  return (
    <ActForm action={pathOf(asked)} csrf={visit.csrf}>
      <ValueControl field={field} values={proposed.values} operators={operators} />
      <Reason field={field} reason={proposed.reason} />
      {types.length > 1 && (
        <Select
          name="types"
          label="Pour quelles aides ?"
          empty={french`toutes (${asked.aids})`}
          value={chosen}
          choices={types.map(([of, count]) => ({ value: of.join(","), label: french`${typesLabel(of)} (${count})` }))}
        />
      )}
      <ToRead visit={visit} asked={asked} types={chosen} />
      <WhyField />
      <Checkbox id="portee" name="portee" value="producteur" class="fr-mb-2w">
        Et pour toutes les sources de ce producteur
      </Checkbox>
      <SubmitOrLeave label="Répondre" leaveLabel="Revenir aux questions" leaveHref={questionsPath} />
      <PreviewButton action={pathOf(asked)} />
    </ActForm>
  );
}

function typesLabel(types: AidContent["aidTypes"]): string {
  return types.length === 0 ? "aides sans type" : types.map((type) => labelOf("aidTypes", type)).join(" et ");
}

function Reason({
  field,
  reason,
}: {
  readonly field: AskedQuestion["field"];
  readonly reason: AskedQuestion["proposed"]["reason"];
}): Child {
  if (reason === null) return <p class="moisson-mention">Nous ne proposons rien : ces aides ne le disent pas.</p>;
  return (
    <p class="moisson-mention">
      <Quoting text={sentence(french`Proposé : ${truncate(sourceReasonMessage(field as SourceField, reason), 220)}`)} />
    </p>
  );
}

/** Answers a question in one act: the aids are filled at once, with a plan that can be undone, and so are those of later runs. */
export const answerAct = actRoute(path, { who: "bizdev", act: "question.answer" }, async (visit, form) => {
  const asked = await askedOf(visit);
  const { connector, field } = asked;
  const why = reasonIn(form);
  const answered = await answerQuestion(visit.catalogue, curatorOf(visit, why), await answerIn(visit, form, asked));
  const details = { field, decision: answered.decision, plan: answered.planId, aids: answered.aids };
  if (answered.planId === null) {
    const message = "C’est noté pour les prochaines collectes. Aucune aide ne change aujourd’hui.";
    return { message, to: `/connecteurs/${connector}/suggestions#decisions`, subject: `connecteur ${connector}`, details };
  }
  return {
    message: french`${counted(answered.aids, "aide remplie", "aides remplies")} (${fieldName(field)}). Les prochaines collectes en tiendront compte.`,
    to: `/plans/${answered.planId}`,
    subject: `connecteur ${connector}`,
    details,
  };
});

/** Shows what an answer would change. */
export const previewAct = actRoute(`${path}/apercu`, { who: "bizdev", act: null }, async (visit, form) => {
  const asked = await askedOf(visit);
  return answerPreview(visit, form, await answerIn(visit, form, asked), pathOf(asked));
});

/** Returns the answer of a form. Throws `CannotDo` without a value. */
async function answerIn(visit: Visit, form: Form, asked: AskedQuestion): Promise<Answer> {
  const { connector, field } = asked;
  const publisher = form.text("portee") === "producteur" ? await visit.catalogue.publishers.findByConnector(connector) : null;
  const scope = publisher === null ? { connector, publisher: null } : { connector: null, publisher: publisher.publisherId };
  const { value, operators } = chosenValue(form, asked);
  return { ...scope, field, value, condition: conditionOf(form, asked, operators) };
}

function conditionOf(form: Form, { types }: AskedQuestion, operators: readonly string[] | undefined): AnswerCondition | null {
  const chosen = types.find(([of]) => of.join(",") === form.text("types") && of.length > 0)?.[0];
  const except = form.all("sauf").slice(0, 5);
  const condition: AnswerCondition = {
    ...(chosen !== undefined && { types: chosen }),
    ...(operators !== undefined && { operators }),
    ...(except.length > 0 && { except }),
  };
  return Object.keys(condition).length === 0 ? null : condition;
}
