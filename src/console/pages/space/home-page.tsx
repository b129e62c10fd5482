import type { Child } from "hono/jsx";
import { type SearchStanding, searchStandings } from "../../../catalogue/search/search-row.ts";
import { frenchMonth } from "../../../french/dates.ts";
import { counted, french } from "../../../french/typography.ts";
import { parisDay } from "../../../model/text/paris-day.ts";
import { nameOfConnector } from "../../../registry/connector-names.ts";
import { Badge } from "../../parts/badge.tsx";
import { type Fact, Facts } from "../../parts/facts.tsx";
import { ParagraphLink } from "../../parts/link.tsx";
import { formatDateTime } from "../../parts/time.ts";
import type { Page } from "../../route.ts";
import type { Visit } from "../../visit.ts";
import type { ActingPublisher } from "./acting-publisher.ts";
import { entryState } from "./file-state.ts";
import { spacePage } from "./space-frame.tsx";
import { actState, actWords, runCounts, runWords, standingWords } from "./space-words.ts";
import { UploadSection } from "./upload-file.tsx";

const actsShown = 8;
const filesShown = 20;
const yearMs = 365 * 86_400_000;

/** The first page of a publisher's space: its aids in figures, its requests, letters and feeds. */
export async function homePage(visit: Visit, acting: ActingPublisher): Promise<Page> {
  const { publisherSpace } = visit.catalogue;
  const [letters, standings] = await Promise.all([publisherSpace.letters(acting.connectors), publisherSpace.standings(acting.connectors)]);
  const toAnswer = letters.filter(({ answers }) => answers === 0).length;
  return spacePage(visit, acting, {
    title: "Mon espace",
    at: "",
    content: (
      <>
        <h1>Mon espace</h1>
        {acting.connectors.length === 0 && (
          <p>{french`Nous ne lisons encore aucun de vos flux. La personne qui suit vos aides vous dira quand ils le seront.`}</p>
        )}
        <div class="moisson-halves">
          <section>
            <h2>Vos aides</h2>
            <Figures visit={visit} acting={acting} standings={standings} />
            {standings.size > 0 && <ParagraphLink href={`${acting.base}/aides`} label="Voir, confirmer ou corriger mes aides" />}
            <ParagraphLink href={`${acting.base}/saisir`} label="Saisir une aide qui manque" />
          </section>
          <section>
            <h2>Ce que vous nous avez dit</h2>
            <LastActs visit={visit} acting={acting} />
            <h2>Nos lettres</h2>
            <p>{lettersInWords(letters.length, toAnswer)}</p>
            {letters.length > 0 && <ParagraphLink href={`${acting.base}/courriers`} label="Lire les lettres" />}
          </section>
        </div>
      </>
    ),
  });
}

function lettersInWords(count: number, toAnswer: number): string {
  if (count === 0) return "Nous ne vous avons pas encore écrit.";
  return toAnswer === 0
    ? "Aucune lettre n’attend de réponse."
    : french`${counted(toAnswer, "lettre attend", "lettres attendent")} votre réponse.`;
}

async function Figures(given: {
  readonly visit: Visit;
  readonly acting: ActingPublisher;
  readonly standings: ReadonlyMap<SearchStanding, number>;
}): Promise<Child> {
  const { visit, acting, standings } = given;
  const since = `${parisDay(new Date(visit.now.getTime() - yearMs)).slice(0, 7)}-01`;
  const reads = await visit.catalogue.publisherSpace.readsByMonth(acting.connectors, since);
  const last = reads.at(-1);
  const facts: Fact[] = searchStandings.flatMap((standing) => {
    const count = standings.get(standing);
    const [tone, label] = standingWords[standing];
    return count === undefined ? [] : [{ name: counted(count, "aide"), value: <Badge tone={tone} label={label} /> }];
  });
  return (
    <>
      <Facts facts={facts} none="Aucune aide pour l’instant." />
      {last !== undefined && (
        <p>
          {french`Vos aides ont été lues ${counted(last.count, "fois", "fois")} en ${frenchMonth(last.month)}, et ${counted(
            reads.reduce((sum, { count }) => sum + count, 0),
            "fois",
            "fois",
          )} en un an, par les sites qui les reprennent.`}
        </p>
      )}
    </>
  );
}

async function LastActs({ visit, acting }: { readonly visit: Visit; readonly acting: ActingPublisher }): Promise<Child> {
  const { publisherPlans, publisherFiles } = visit.catalogue;
  const [plans, entries] = await Promise.all([
    publisherPlans.list(acting.publisherId, actsShown),
    publisherFiles.list(acting.publisherId, "entry", actsShown),
  ]);
  const acts = [
    ...plans.map((plan) => ({ at: plan.at, what: actWords(plan.asked), state: actState(plan), again: null })),
    ...entries.map((entry) => ({
      at: entry.at,
      what: french`Aide saisie : « ${entry.name} »`,
      state: entryState(entry, entries),
      again: entry.hasAnswers ? `${acting.base}/saisir?reprise=${entry.fileId}` : null,
    })),
  ];
  if (acts.length === 0) return <p>Rien pour l’instant.</p>;
  const newest = acts.sort((a, b) => b.at.localeCompare(a.at)).slice(0, actsShown);
  return (
    <ul>
      {newest.map(({ at, what, state: [tone, label], again }) => (
        <li>
          {`${what}, ${formatDateTime(new Date(at))} `}
          <Badge tone={tone} label={label} />
          {again !== null && (
            <>
              {" "}
              <a href={again}>Corriger et renvoyer</a>
            </>
          )}
        </li>
      ))}
    </ul>
  );
}

/** The feeds of a publisher: when they were last read, and how that went. */
export async function feedsPage(visit: Visit, acting: ActingPublisher): Promise<Page> {
  const { publisherSpace, publisherFiles } = visit.catalogue;
  const [runs, files, connectors] = await Promise.all([
    publisherSpace.lastRuns(acting.connectors),
    publisherFiles.list(acting.publisherId, "file", filesShown),
    visit.console.jobs.connectors(),
  ]);
  return spacePage(visit, acting, {
    title: "Mes flux",
    at: "/flux",
    content: (
      <>
        <h1>Mes flux</h1>
        {acting.connectors.length === 0 && <p>Nous ne lisons encore aucun de vos flux.</p>}
        {acting.connectors.map((connector) => {
          const run = runs.find((one) => one.connector === connector);
          const [tone, sentence] = run === undefined ? (["neutral", "Pas encore lu."] as const) : runWords(run);
          return (
            <section class="fr-mb-4w">
              <h2>{nameOfConnector(connectors, connector)}</h2>
              <p>
                <Badge tone={tone} label={run === undefined ? "pas encore lu" : french`lu le ${formatDateTime(new Date(run.at))}`} />
              </p>
              <p>{run === undefined ? sentence : `${sentence} ${runCounts(run)}`}</p>
              <UploadSection
                visit={visit}
                acting={acting}
                connector={connector}
                format={connectors.find(({ definition }) => definition.id === connector)?.definition.decode.format ?? null}
                files={files}
              />
            </section>
          );
        })}
        {acting.connectors.length > 0 && (
          <p class="moisson-mention">
            {french`Nous relisons vos flux à heures régulières. Ce qui est corrigé à la source l'est chez nous à la lecture suivante.`}
          </p>
        )}
      </>
    ),
  });
}
