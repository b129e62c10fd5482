import type { Child } from "hono/jsx";
import { french } from "../../../french/typography.ts";
import type { Outcome } from "../../../model/run/run-error.ts";
import type { MadeLetter } from "../../../partners/correspondence/stored-letter.ts";
import { formatDateTime } from "../../parts/time.ts";
import { type Page, pageRoute } from "../../route.ts";
import { param, type Visit } from "../../visit.ts";
import { letterByToken, revokedPage } from "./find-letter.tsx";
import { type Reread, readReread } from "./read-reread.ts";
import { PointsLeft, RereadForm } from "./reread-section.tsx";

/** Without JavaScript, the page reloads after this many seconds while the run is in progress. */
const againSeconds = 4;

/** Progress of a new reading, then its result. */
export const rereadPage = pageRoute("/lettre/:jeton/relecture", "public", async (visit) => {
  const made = await letterByToken(visit);
  if (made.revokedAt !== null) return revokedPage;
  return rereadPageOf(visit, made, `/lettre/${param(visit, "jeton")}`);
});

/** Returns the page. `path`: of the page with the letter. */
export async function rereadPageOf(visit: Visit, made: MadeLetter, path: string): Promise<Page> {
  const reread = await readReread(visit, made);
  const answers = reread.state === "read" ? await visit.catalogue.letterAnswers.list(made.letterId) : [];
  return {
    title: "Relecture de vos données",
    isBare: true,
    content: (
      <div class="moisson-letter">
        <h1>Relecture de vos données</h1>
        <p>
          <a class="fr-link fr-icon-arrow-left-line fr-link--icon-left moisson-no-print" href={path}>
            Revenir à la lettre
          </a>
        </p>
        {reread.state === "never" && <p>{french`Aucune relecture n'a été demandée depuis cette lettre.`}</p>}
        {reread.state === "going-on" ? (
          <GoingOn reread={reread} path={path} />
        ) : (
          <>
            {reread.state === "read" && <PointsLeft reread={reread} letter={made.letter} answers={answers} />}
            {reread.state === "not-read" && <p>{notReadSentence(reread)}</p>}
            <RereadForm visit={visit} made={made} path={path} />
          </>
        )}
      </div>
    ),
  };
}

function GoingOn({ reread, path }: { readonly reread: Extract<Reread, { state: "going-on" }>; readonly path: string }): Child {
  const { run, at } = reread;
  const stage = run.state === "queued" ? "elle attend son tour" : (stages[run.progress?.stage ?? ""] ?? "elle commence");
  return (
    <>
      {/* Written as HTML text: Hono moves a meta element to the head, where it also applies with JavaScript. */}
      <noscript dangerouslySetInnerHTML={{ __html: `<meta http-equiv="refresh" content="${againSeconds}">` }} />
      <div id="relecture" class="fr-callout" role="status" data-live>
        <h2 class="fr-callout__title">La relecture est en cours</h2>
        <p class="fr-callout__text">
          {french`Demandée le ${formatDateTime(at)} : ${stage}. C'est l'affaire de quelques secondes, ou de quelques minutes si vos données sont longues. Cette page se met à jour d'elle-même ; vous pouvez aussi la quitter et y revenir.`}
        </p>
      </div>
      <p>
        <a class="fr-link fr-icon-refresh-line fr-link--icon-left" href={`${path}/relecture`}>
          Actualiser cette page
        </a>
      </p>
    </>
  );
}

const stages: Readonly<Record<string, string>> = {
  fetch: "nous recevons vos données",
  read: "nous les lisons",
  plan: "nous finissons de les comparer",
};

const failureReasons: Partial<Readonly<Record<Outcome, string>>> = {
  unreachable: french`votre serveur n'a pas répondu, ou pas jusqu'au bout`,
  refused: french`votre serveur a refusé notre demande`,
  unreadable: french`ce que votre serveur a envoyé n'est pas, ou plus, le fichier attendu`,
  "stopped-early": french`la lecture s'est interrompue avant la fin`,
};

function notReadSentence({ at, run: { outcome } }: Extract<Reread, { state: "not-read" }>): string {
  const why = (outcome === null ? undefined : failureReasons[outcome]) ?? french`un incident de notre côté l'a arrêtée`;
  return french`Le ${formatDateTime(at)}, la relecture n'est pas allée jusqu'au bout : ${why}. Vous pouvez la demander à nouveau un peu plus tard.`;
}
