import type { Child } from "hono/jsx";
import type { Catalogue } from "../../../catalogue/open-catalogue.ts";
import type { PersonAnswer } from "../../../catalogue/published/person-answer-repository.ts";
import { french } from "../../../french/typography.ts";
import { foreignLanguageOf } from "../../../kit/values/text/language-of-text.ts";
import { type Doubt, doubtsIn } from "../../../privacy/doubts.ts";
import { cachedUntilChange } from "../../cached-until-change.ts";
import { AidText } from "../../parts/aid-text.tsx";
import { ActButton } from "../../parts/form-controls.tsx";
import { ParagraphLink } from "../../parts/link.tsx";
import { Table } from "../../parts/table.tsx";
import { formatDateTime } from "../../parts/time.ts";
import { actRoute, CannotDo, type Form, pageRoute, type Route } from "../../route.ts";
import { mayCurate, visitorOf } from "../../visit.ts";

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
      <Table
        caption="Réponses, la plus récente d’abord"
        isCaptionHidden
        head={["Réponse", "Par", "Défaire"]}
        rows={answers.map(({ key, answer, text, by, at }) => [
          answer === "service" ? french`Un service : ${text ?? ""}` : "Une personne (le nom n’est pas gardé)",
          french`${by}, ${formatDateTime(new Date(at))}`,
          csrf !== null && (
            <ActButton
              action={`${doubtsPath}/defaire`}
              csrf={csrf}
              label="Défaire"
              about={text ?? "la réponse"}
              kind="tertiary"
              fields={{ cle: key }}
            />
          ),
        ])}
      />
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

/** A doubtful person with the first aid that names it. */
interface FoundDoubt extends Doubt {
  readonly aidId: string;
  readonly aidName: string;
  readonly language: string | null;
}

/** A page of the list. `next`: number of live aids read so far, null at the end. */
interface ReadDoubts {
  readonly doubts: readonly FoundDoubt[];
  readonly next: number | null;
}

/** Maximum number of aids read for a page of the list, and of doubts on it. */
const maxAids = 3000;
const maxDoubts = 50;

/** Finds the doubtful people without an answer in live aids, from the aid number `from` on, in the order of identifiers. */
async function readDoubts(catalogue: Catalogue, from: number, now: Date): Promise<ReadDoubts> {
  const answered = await catalogue.personAnswers.answered();
  const { doubts, isEnd } = await allDoubts(catalogue, now, from);
  const open = doubts.filter(({ key }) => !answered.has(key));
  const last = open[maxDoubts - 1];
  if (last === undefined) return { doubts: open, next: isEnd ? null : from + maxAids };
  return { doubts: open.filter(({ place }) => place <= last.place), next: last.place + 1 };
}

/** A doubt with the number of its aid. */
type PlacedDoubt = FoundDoubt & { readonly place: number };

/** Finds every doubtful person in the live aids from the aid number `from` on, each once. Reading the texts takes a second. */
const allDoubts = cachedUntilChange(async ({ openData }, _now, from: number) => {
  const found = new Map<string, PlacedDoubt>();
  let place = 0;
  for await (const page of openData.liveAids()) {
    for (const { aid } of page) {
      if (place - from >= maxAids) return { doubts: [...found.values()], isEnd: false };
      for (const doubt of place < from ? [] : doubtsIn(aid)) {
        if (found.has(doubt.key)) continue;
        found.set(doubt.key, { ...doubt, aidId: aid.aidId, aidName: aid.name, language: aid.language, place });
      }
      place++;
    }
  }
  return { doubts: [...found.values()], isEnd: true };
});
