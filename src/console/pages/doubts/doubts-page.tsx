import type { Child } from "hono/jsx";
import type { PersonAnswer } from "../../../catalogue/published/person-answer-repository.ts";
import { french } from "../../../french/typography.ts";
import { foreignLanguageOf } from "../../../kit/values/text/language-of-text.ts";
import { AidText } from "../../parts/aid-text.tsx";
import { ActButton } from "../../parts/form-controls.tsx";
import { ParagraphLink } from "../../parts/paragraph-link.tsx";
import { Table } from "../../parts/table.tsx";
import { formatDateTime } from "../../parts/time.ts";
import { actRoute, CannotDo, type Form, pageRoute, type Route } from "../../route.ts";
import { mayCurate, visitorOf } from "../../visit.ts";
import { type FoundDoubt, readDoubts } from "./read-doubts.ts";

/** Address of the list. */
export const doubtsPath = "/noms-a-verifier";
const maxAnswers = 50;

/** The doubtful people in live aids, with two answers each, and the answers so far. */
const doubtsPage = pageRoute(doubtsPath, "read", async (visit) => {
  const { catalogue, query } = visit;
  const csrf = mayCurate(visit) ? visit.csrf : null;
  const { doubts, next } = await readDoubts(catalogue, Math.max(0, Number.parseInt(query.get("apres") ?? "0", 10) || 0), visit.now);
  const answers = await catalogue.personAnswers.list(maxAnswers);
  return {
    title: "Noms à vérifier",
    breadcrumb: [{ title: "À relire", href: "/relecture" }],
    menuPath: "/relecture",
    content: (
      <>
        <h1>Noms à vérifier</h1>
        <p>
          {french`Ces mots sont peut-être le nom ou l'adresse d'une personne. Sans réponse, ils restent retirés des données ouvertes et de l'API. Votre réponse vaut pour toutes les aides, et se défait plus bas.`}
        </p>
        {doubts.length === 0 ? (
          <p>Aucun nom n’attend de réponse{next === null ? "" : " dans ces aides"}.</p>
        ) : (
          <Doubts doubts={doubts} csrf={csrf} />
        )}
        {next !== null && <ParagraphLink href={`${doubtsPath}?apres=${next}`} label="Lire les aides suivantes" />}
        {answers.length > 0 && <Answers answers={answers} csrf={csrf} />}
      </>
    ),
  };
});

function Doubts({ doubts, csrf }: { readonly doubts: readonly FoundDoubt[]; readonly csrf: string | null }): Child {
  return (
    <Table caption="Noms et adresses sans réponse" isCaptionHidden head={["Dans le texte", "Aide", "C’est…"]}>
      {doubts.map(({ key, text, around: [before, after], aidId, aidName, language }) => (
        <tr>
          <td lang={foreignLanguageOf(`${before}${text}${after}`)}>
            {before}
            <mark>{text}</mark>
            {after}
          </td>
          <td>
            <a href={`/aides/${aidId}`}>
              <AidText text={aidName} language={language} />
            </a>
          </td>
          <td>
            {csrf !== null && (
              <>
                <ActButton action={`${doubtsPath}/personne`} csrf={csrf} label="Une personne" about={`: ${text}`} fields={{ cle: key }} />{" "}
                <ActButton
                  action={`${doubtsPath}/service`}
                  csrf={csrf}
                  label="Un service"
                  about={`: ${text}`}
                  fields={{ cle: key, texte: text }}
                />
              </>
            )}
          </td>
        </tr>
      ))}
    </Table>
  );
}

function Answers({ answers, csrf }: { readonly answers: readonly PersonAnswer[]; readonly csrf: string | null }): Child {
  return (
    <>
      <h2>Réponses</h2>
      <Table caption="Réponses, la plus récente d’abord" isCaptionHidden head={["Réponse", "Par", "Défaire"]}>
        {answers.map(({ key, answer, text, by, at }) => (
          <tr>
            <td>{answer === "service" ? french`Un service : ${text ?? ""}` : "Une personne (le nom n’est pas gardé)"}</td>
            <td>{french`${by}, ${formatDateTime(new Date(at))}`}</td>
            <td>
              {csrf !== null && (
                <ActButton
                  action={`${doubtsPath}/defaire`}
                  csrf={csrf}
                  label="Défaire"
                  about={text ?? "la réponse"}
                  kind="tertiary"
                  fields={{ cle: key }}
                />
              )}
            </td>
          </tr>
        ))}
      </Table>
    </>
  );
}

const maxText = 200;

const answerAct = (answer: "person" | "service", path: string, message: string) =>
  actRoute(`${doubtsPath}/${path}`, { who: "bizdev", act: `person.${answer}` }, async (visit, form) => {
    const key = keyIn(form);
    const text = answer === "service" ? form.text("texte").slice(0, maxText) || null : null;
    await visit.catalogue.personAnswers.set({ key, answer, text, by: visitorOf(visit).name }, visit.now);
    return { message, to: doubtsPath, subject: "nom à vérifier", details: { key } };
  });

const undoAct = actRoute(`${doubtsPath}/defaire`, { who: "bizdev", act: "person.undo" }, async ({ catalogue }, form) => {
  const key = keyIn(form);
  if (!(await catalogue.personAnswers.undo(key))) throw new CannotDo("Cette réponse est déjà défaite.", 409);
  return {
    message: "La réponse est défaite : ce nom est de nouveau à vérifier.",
    to: doubtsPath,
    subject: "nom à vérifier",
    details: { key },
  };
});

function keyIn(form: Form): string {
  const key = form.text("cle");
  if (!/^[\w-]{22}$/.test(key)) throw new CannotDo("Cette page est trop ancienne : rouvrez la liste.", 422);
  return key;
}

/** The list of doubtful people, the two answers, and their undo. */
export const doubtRoutes: readonly Route[] = [
  doubtsPage,
  answerAct("person", "personne", "C’est une personne : son nom reste retiré des données ouvertes."),
  answerAct("service", "service", "C’est un service : l’API le montre désormais, et les données ouvertes à leur prochaine édition."),
  undoAct,
];
