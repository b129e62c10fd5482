import type { Child } from "hono/jsx";
import { answerQuestion } from "../../../curation/answer-question.ts";
import { readFieldValue } from "../../../curation/read-field-value.ts";
import { type AskedQuestion, askQuestions } from "../../../curation/read-questions.ts";
import { fieldName } from "../../../french/fields.ts";
import { objectionMessage } from "../../../french/objections.ts";
import { questionSentence } from "../../../french/questions.ts";
import { sourceReasonMessage } from "../../../french/source-values.ts";
import { capitalize, counted, french, sentence } from "../../../french/typography.ts";
import type { AidContent } from "../../../model/aid/aid.ts";
import type { AidField } from "../../../model/aid/field-table.ts";
import type { SourceField } from "../../../model/aid/source-value.ts";
import { type AnswerCondition, ownOperators } from "../../../model/plan/standing-decision.ts";
import { labelOf, type VocabularyName, vocabularies, vocabularyNames } from "../../../model/vocabularies.ts";
import { curatorOf } from "../../curation/act-on-aid.ts";
import { AidTitle, Quoting } from "../../parts/aid-text.tsx";
import { Checkbox } from "../../parts/checkbox.tsx";
import { ActForm, Checkboxes, Select, TextField } from "../../parts/form-controls.tsx";
import { SubmitOrLeave } from "../../parts/submit-or-leave.tsx";
import { truncate } from "../../parts/time.ts";
import { actRoute, CannotDo, type Form, NotFound, pageRoute } from "../../route.ts";
import { mayCurate, param, type Visit } from "../../visit.ts";
import { loadedConnectorOf } from "../connectors/connector-rows.ts";
import { questionsPath } from "./questions-page.tsx";

const path = `${questionsPath}/:connecteur/:champ`;
const maxOperators = 40;

/** Reads the question that the path names, with its proposal. Throws `NotFound`. */
async function askedOf(visit: Visit): Promise<AskedQuestion> {
  const loaded = await loadedConnectorOf(visit);
  const asked = (await askQuestions(visit.catalogue, loaded)).find(({ field, word }) => word === null && field === param(visit, "champ"));
  if (asked === undefined) throw new NotFound("Cette question ne se pose plus : aucune aide de cette source ne manque de ce champ.");
  return asked;
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
        {mayCurate(visit) ? <AnswerForm visit={visit} asked={asked} /> : <Examples visit={visit} asked={asked} mayExclude={false} />}
      </>
    ),
  };
});

function AnswerForm({ visit, asked }: { readonly visit: Visit; readonly asked: AskedQuestion }): Child {
  const { connector, field, types } = asked;
  return (
    <ActForm action={`${questionsPath}/${connector}/${field}`} csrf={visit.csrf}>
      <ValueControl asked={asked} />
      <Reason asked={asked} />
      {types.length > 1 && (
        <Select
          name="types"
          label="Pour quelles aides ?"
          empty={french`toutes (${asked.aids})`}
          choices={types.map(([of, count]) => ({ value: of.join(","), label: french`${typesLabel(of)} (${count})` }))}
        />
      )}
      <Examples visit={visit} asked={asked} mayExclude />
      <TextField
        name="raison"
        label="Pourquoi ?"
        hint="Une phrase suffit : elle reste dans l’histoire de chaque aide."
        required
        maxlength={300}
      />
      <Checkbox id="portee" name="portee" value="producteur" class="fr-mb-2w">
        Et pour toutes les sources de ce producteur
      </Checkbox>
      <SubmitOrLeave label="Répondre" leaveLabel="Revenir aux questions" leaveHref={questionsPath} />
    </ActForm>
  );
}

function typesLabel(types: AidContent["aidTypes"]): string {
  return types.length === 0 ? "aides sans type" : types.map((type) => labelOf("aidTypes", type)).join(" et ");
}

function ValueControl({ asked: { field, proposed, operators } }: { readonly asked: AskedQuestion }): Child {
  const label = capitalize(fieldName(field));
  const vocabulary = vocabularyNames.find((name) => name === field);
  if (vocabulary !== undefined) {
    const choices = vocabularies[vocabulary].map(({ slug, label: text }) => ({ value: slug, label: text }));
    return <Checkboxes name="valeur" label={label} choices={choices} values={proposed.values} isInline />;
  }
  const more = operators.length - maxOperators;
  const typed = <TextField name="texte" label={label} hint={hintOf(field)} value={proposed.values.join(" ; ")} maxlength={500} />;
  if (field !== "financers" || operators.length === 0) return typed;
  return (
    <>
      <Checkboxes
        name="operateur"
        label="Ces organismes instruisent les aides. Lesquels les financent aussi ?"
        hint={french`La réponse ne vaut que pour les aides des organismes cochés.${more > 0 ? french` ${counted(more, "autre organisme n'a", "autres organismes n'ont")} qu'une aide ou peu : répondez pour eux ensuite.` : ""}`}
        choices={operators.slice(0, maxOperators).map(([name, count]) => ({ value: name, label: `${name} (${count})` }))}
        values={[]}
        isInline
      />
      <TextField name="texte" label="Ou un même financeur pour toutes" hint={hintOf(field)} maxlength={500} />
    </>
  );
}

function hintOf(field: AidField): string {
  if (field === "perimeters") return "Par exemple : region:53, ou department:26.";
  return field === "financers" ? "Le nom de l’organisme ; plusieurs, séparés par des virgules." : "Un service, une adresse, un lien.";
}

function Reason({ asked: { field, proposed } }: { readonly asked: AskedQuestion }): Child {
  if (proposed.reason === null) return <p class="moisson-mention">Nous ne proposons rien : ces aides ne le disent pas.</p>;
  return (
    <p class="moisson-mention">
      <Quoting text={sentence(french`Proposé : ${truncate(sourceReasonMessage(field as SourceField, proposed.reason), 220)}`)} />
    </p>
  );
}

function Examples({
  visit,
  asked,
  mayExclude,
}: {
  readonly visit: Visit;
  readonly asked: AskedQuestion;
  readonly mayExclude: boolean;
}): Child {
  const { connector, examples } = asked;
  return (
    <fieldset class="fr-fieldset">
      <legend class="fr-fieldset__legend">{french`${counted(examples.length, "aide à lire", "aides à lire")} avant de répondre`}</legend>
      <ul class="moisson-list">
        {examples.map(({ aidId, externalId, title }) => (
          <li class="fr-mb-1w">
            <a href={`/aides/${aidId}`}>
              <AidTitle visit={visit} connector={connector} title={title} />
            </a>
            {mayExclude && (
              <Checkbox id={`sauf-${aidId}`} name="sauf" value={externalId}>
                Sauf pour celle-ci
              </Checkbox>
            )}
          </li>
        ))}
      </ul>
    </fieldset>
  );
}

/** Answers a question in one act: the aids are filled at once, with a plan that can be undone, and so are those of later runs. */
export const answerAct = actRoute(path, { who: "bizdev", act: "question.answer" }, async (visit, form) => {
  const asked = await askedOf(visit);
  const { connector, field } = asked;
  const why = form.text("raison").slice(0, 300);
  if (why === "") throw new CannotDo("Dites pourquoi, en une phrase.");
  const publisher = form.text("portee") === "producteur" ? await visit.catalogue.publishers.findByConnector(connector) : null;
  const scope = publisher === null ? { connector, publisher: null } : { connector: null, publisher: publisher.publisherId };
  const { value, operators } = chosenValue(form, asked);
  const condition = conditionOf(form, asked, operators);
  const answered = await answerQuestion(visit.catalogue, curatorOf(visit, why), { ...scope, field, value, condition });
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

/** Returns the chosen value, and the organisations that pay the aids they run. Throws `CannotDo` without a value. */
function chosenValue(
  form: Form,
  { field, operators: known }: AskedQuestion,
): { readonly value: unknown; readonly operators?: readonly string[] } {
  const vocabulary: VocabularyName | undefined = vocabularyNames.find((name) => name === field);
  const operators = form.all("operateur").filter((name) => known.some(([operator]) => operator === name));
  if (operators.length > 0) return { value: ownOperators, operators };
  const text = vocabulary === undefined ? form.text("texte") : form.all("valeur").join(",");
  if (text.trim() === "") throw new CannotDo(vocabulary === undefined ? "Donnez une valeur." : "Cochez au moins une valeur.");
  const reading = readFieldValue(field, text);
  if ("objection" in reading) throw new CannotDo(sentence(objectionMessage(reading.objection)));
  return { value: reading.value };
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
