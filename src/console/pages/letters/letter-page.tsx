import type { Child } from "hono/jsx";
import type { LetterAnswer } from "../../../catalogue/letters/letter-answer-repository.ts";
import { answerSentence, pointSentence, pointTopic } from "../../../french/letters/points.ts";
import { french } from "../../../french/typography.ts";
import { isSamePoint, pointsOf } from "../../../model/letter/points.ts";
import { parisDay } from "../../../model/text/paris-day.ts";
import type { AnyLetter, MadeLetter } from "../../../partners/correspondence/stored-letter.ts";
import { mailServerOf } from "../../mail-sender.ts";
import { languageOfConnector } from "../../parts/aid-text.tsx";
import { Alert } from "../../parts/alert.tsx";
import { Badge } from "../../parts/badge.tsx";
import { ActButton } from "../../parts/form-controls.tsx";
import { ButtonLink, Link } from "../../parts/link.tsx";
import { Table } from "../../parts/table.tsx";
import { formatDateTime, formatDay } from "../../parts/time.ts";
import { type PageRoute, pageRoute } from "../../route.ts";
import { hasRole, type Visit } from "../../visit.ts";
import { annexFile } from "./annex-file.ts";
import { CourtesyBody } from "./courtesy/courtesy-body.tsx";
import { CourtesyRequests } from "./courtesy/courtesy-requests.tsx";
import { AddressBadge, aboutErrors, annexOf, type LetterGiven, letterBreadcrumb, letterFromPath, letterPath } from "./find-letter.tsx";
import { LetterBody } from "./letter-body.tsx";
import { type Reread, readReread } from "./read-reread.ts";
import { rereadSentence, stateWords } from "./reread-page.tsx";

/** A letter as its publisher sees it, with the actions on its address. */
const letterPage = pageRoute("/connecteurs/:connecteur/courriers/:lettre", "bizdev", async (visit) => {
  const made = await letterFromPath(visit);
  const { letter, connector, by, at } = made;
  const { settings } = visit.console;
  const path = letterPath(made);
  const language = await languageOfConnector(visit, connector);
  return {
    title: french`Lettre du ${formatDateTime(at)}`,
    breadcrumb: letterBreadcrumb({ id: connector, publisher: letter.publisher }),
    menuPath: "/connecteurs",
    content: (
      <>
        <Address visit={visit} made={made} path={path} />
        <LetterSending visit={visit} made={made} path={path} />
        {made.kind === "courtesy" ? (
          <>
            <CourtesyRequests visit={visit} made={made} />
            <CourtesyBody letter={made.letter} at={at} path={null} settings={settings} />
          </>
        ) : (
          <>
            <LetterAnswers visit={visit} made={made} />
            <LetterBody letter={made.letter} by={by} at={at} annex={`${path}/annexe.csv`} settings={settings} language={language} />
          </>
        )}
      </>
    ),
  };
});

const letterAnnex = pageRoute("/connecteurs/:connecteur/courriers/:lettre/annexe.csv", "bizdev", async (visit) => {
  const made = aboutErrors(await letterFromPath(visit));
  return annexFile(await annexOf(visit, made), made.letter.feed.day);
});

function Address({ visit: { csrf }, made, path }: LetterGiven): Child {
  const { revokedAt, revokedBy, runId } = made;
  return (
    <aside class="fr-callout moisson-no-print" aria-label="Adresse de la lettre">
      <p class="fr-mb-1w">
        <AddressBadge letter={made} />{" "}
        {revokedAt === null
          ? french`Quiconque connaît l'adresse de cette lettre peut la lire. L'adresse n'a été montrée qu'à sa création.`
          : french`Révoquée le ${formatDateTime(revokedAt)} par ${revokedBy ?? "?"} : plus personne ne peut lire cette lettre sans compte.`}
      </p>
      <p class="fr-mb-2w">
        <Link href={`/collectes/${runId}`} label="La collecte dont parle cette lettre" />
      </p>
      <ActButton action={`${path}/adresse`} csrf={csrf} label="Faire une nouvelle adresse" />
      {revokedAt === null && <ActButton action={`${path}/revoquer`} csrf={csrf} label="Révoquer l’adresse" kind="tertiary" />}
    </aside>
  );
}

export const letterPages: readonly PageRoute[] = [letterPage, letterAnnex];

/** When, by whom and to whom a letter was sent, and the buttons to send it. */
function LetterSending({ visit, made, path }: LetterGiven): Child {
  const { sentAt, revokedAt, isUncertain } = made;
  const canSend = mailServerOf(visit) !== null;
  return (
    <section class="moisson-no-print fr-mb-4w" aria-labelledby="envoi">
      <h2 id="envoi">Envoi</h2>
      {isUncertain ? <Uncertain visit={visit} made={made} /> : <p>{sentSentence(made)}</p>}
      {revokedAt === null && (
        <p class="moisson-acts">
          {canSend && (
            <ButtonLink
              size="sm"
              href={`${path}/envoyer`}
              label={isUncertain ? "Envoyer à nouveau" : sentAt === null ? "Envoyer" : "Envoyer un rappel"}
            />
          )}
        </p>
      )}
      {isUncertain && <ActButton action={`${path}/arrivee`} csrf={visit.csrf} label="Elle est arrivée" />}
      {revokedAt === null && (
        <ActButton
          action={`${path}/envoyee`}
          csrf={visit.csrf}
          label={sentAt === null || isUncertain ? "Je l’ai envoyée moi-même" : "Je l’ai rappelée moi-même"}
        />
      )}
      {!canSend && (
        <p class="moisson-mention fr-mt-1w">
          {french`L'envoi de messages n'est pas réglé ici. Faites une nouvelle adresse : elle vient avec un message à copier dans votre messagerie ; puis dites ici que la lettre est envoyée.`}
        </p>
      )}
    </section>
  );
}

/** A send attempt always ends within a minute. */
const endsWithinMs = 60_000;

function Uncertain({ visit: { now }, made: { sentAt, sentBy, sentTo } }: { readonly visit: Visit; readonly made: AnyLetter }): Child {
  const begun = french`commencé le ${formatDateTime(sentAt ?? now)} par ${sentBy ?? "?"}, à : ${sentTo ?? "?"}`;
  if (sentAt !== null && now.getTime() - sentAt.getTime() < endsWithinMs)
    return <p>{french`Envoi en cours, ${begun}. Rechargez cette page dans une minute.`}</p>;
  return (
    <Alert kind="warning" title="Envoi incertain" level={3}>
      <p>{french`Envoi ${begun}. Le serveur de messagerie n'a pas confirmé : le message est peut-être arrivé, peut-être pas.`}</p>
      <p>
        {french`Demandez au destinataire si la lettre est arrivée. Si oui, dites-le ici ; sinon, envoyez-la à nouveau : l'adresse du premier message ne mènera plus à rien.`}
      </p>
    </Alert>
  );
}

function sentSentence({ sentAt, sentBy, sentTo }: AnyLetter): string {
  if (sentAt === null) return french`Cette lettre n'a pas encore été envoyée.`;
  const when = french`Envoyée le ${formatDateTime(sentAt)} par ${sentBy ?? "?"}`;
  return sentTo === null ? french`${when}, depuis sa messagerie.` : french`${when}, à : ${sentTo}.`;
}

type AnswersGiven = Omit<LetterGiven<MadeLetter>, "path">;

/** The publisher's answers to a letter, and the result of the last new reading of its feed. */
async function LetterAnswers({ visit, made }: AnswersGiven): Promise<Child> {
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
