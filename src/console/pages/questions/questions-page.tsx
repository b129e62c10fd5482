import type { Child } from "hono/jsx";
import { readQuestions } from "../../../curation/read-questions.ts";
import { gainSentence, questionSentence } from "../../../french/questions.ts";
import { capitalize, counted, french } from "../../../french/typography.ts";
import { freesAids, type Question } from "../../../model/aid/question.ts";
import { groupedBy } from "../../../model/collect.ts";
import { findTerritories } from "../../../model/territories/perimeters.ts";
import { parisDay } from "../../../model/text/paris-day.ts";
import { connectorNames } from "../../../registry/connector-names.ts";
import { cachedUntilChange } from "../../cached-until-change.ts";
import { SubmitButton, TextField } from "../../parts/form-controls.tsx";
import { requestedTerritories } from "../../parts/territory-field.ts";
import { TerritoryNotice } from "../../parts/territory-notice.tsx";
import { pageRoute } from "../../route.ts";
import type { Visit } from "../../visit.ts";
import { wordHref } from "../words/words-in-french.tsx";
import { questionsPath } from "./answer-form.tsx";
import { AnswersToReview, ReviewLink } from "./answer-page.tsx";

const maxShown = 30;

const questionsUntilChange = cachedUntilChange((catalogue, now, connector: string | null, territories: string, _decisions: string) =>
  readQuestions(catalogue, {
    connectors: connector === null ? null : [connector],
    territories: territories === "" ? null : findTerritories(territories),
    today: parisDay(now),
  }),
);

/** Reads the questions again once an aid or a decision has changed. */
async function questionsOf({ catalogue, now }: Visit, connector: string | null, territories: string): Promise<Question[]> {
  return questionsUntilChange(catalogue, now, connector, territories, await catalogue.standingDecisions.version());
}

/** Returns the address of a question. */
function questionPath({ connector, field, word }: Pick<Question, "connector" | "field" | "word">): string {
  if (word === null) return `${questionsPath}/${connector}/${field}`;
  return wordHref(field, word);
}

/** All questions about sources, those that free most aids for each answer first. */
export const questionsPage = pageRoute(questionsPath, "read", async (visit) => {
  const connector = visit.query.get("connecteur") || null;
  const written = (visit.query.get("territoire") ?? "").slice(0, 200);
  const territories = written === "" ? [] : requestedTerritories(written);
  const questions = await questionsOf(visit, connector, territories.map(({ scale, code }) => `${scale}:${code}`).join(","));
  const names = connectorNames(await visit.console.jobs.connectors());
  const title = connector === null ? "Questions sur les sources" : french`Questions sur ${names.get(connector) ?? connector}`;
  return {
    title,
    breadcrumb: [{ title: "Relecture", href: "/relecture" }],
    menuPath: "/relecture",
    content: (
      <>
        <h1>{title}</h1>
        <p>
          {french`Une réponse vaut pour toutes les aides d'une source où le champ manque, aujourd'hui et aux prochaines collectes. Elle s'annule d'un coup, et ce que le producteur dira la remplacera. Les premières questions libèrent le plus d'aides.`}
        </p>
        <AnswersToReview visit={visit} connector={connector} />
        <form method="get" action={questionsPath} class="fr-mb-3w">
          {connector !== null && <input type="hidden" name="connecteur" value={connector} />}
          <TextField
            name="territoire"
            label="Aides d’un territoire"
            hint="Par exemple : Drôme, ou Crest."
            value={written}
            maxlength={200}
          />
          <SubmitButton label="Choisir" isSecondary />
        </form>
        {written !== "" && <TerritoryNotice asked={written} name="territoire" visit={visit} />}
        {connector !== null && (
          <p>
            <a href={questionsPath}>Voir les questions sur toutes les sources</a>
          </p>
        )}
        {questions.length === 0 ? (
          <p>Aucune question : ce qui manque se remplit aide par aide, ou chez le producteur.</p>
        ) : (
          <QuestionList questions={questions.slice(0, maxShown)} names={names} />
        )}
        {questions.length > maxShown && (
          <p>{french`Et ${counted(questions.length - maxShown, "autre question", "autres questions")}, après celles-ci.`}</p>
        )}
      </>
    ),
  };
});

function QuestionList({
  questions,
  names,
}: {
  readonly questions: readonly Question[];
  readonly names: ReadonlyMap<string, string>;
}): Child {
  const sets = [...groupedBy(questions, ({ set }) => set).values()];
  return (
    <ol class="moisson-questions">
      {sets.map((set) => (
        <li class="fr-mb-2w">
          {set.map((question) => (
            <p class="fr-mb-1v">
              <a href={questionPath(question)}>{questionSentence(question, names.get(question.connector) ?? question.connector)}</a>
            </p>
          ))}
          <p class="moisson-mention fr-mb-0">
            {capitalize(gainSentence(set.at(-1)?.frees ?? { publishable: 0, fullyDescribed: 0 }, set.length))}
          </p>
        </li>
      ))}
    </ol>
  );
}

/** Number of sets of questions that other pages show. */
const firstSets = 3;

/** The first questions, of one connector or of all, with a link to the others. Nothing without any. */
export async function FirstQuestions({ visit, connector }: { readonly visit: Visit; readonly connector: string | null }): Promise<Child> {
  const all = await questionsOf(visit, connector, "");
  const questions = all.filter((question) => freesAids(question, all));
  const [first] = questions;
  if (first === undefined) return <ReviewLink visit={visit} connector={connector} />;
  const names = connectorNames(await visit.console.jobs.connectors());
  const sets = [...new Set(questions.map(({ set }) => set))].slice(0, firstSets);
  return (
    <section class="fr-mb-3w">
      <h2 class="fr-h6 fr-mb-1w">Répondre pour toute une source</h2>
      <ReviewLink visit={visit} connector={connector} />
      <QuestionList questions={questions.filter(({ set }) => sets.includes(set))} names={names} />
      <a href={connector === null ? questionsPath : `${questionsPath}?connecteur=${connector}`}>Voir toutes les questions</a>
    </section>
  );
}
