import type { Child } from "hono/jsx";
import { outgrownSentence } from "../../../french/monitoring.ts";
import { counted, french } from "../../../french/typography.ts";
import { clockSentence, futureNames } from "../../../jobs/digest/french/clocks.ts";
import { expectedSentence } from "../../../jobs/digest/french/expected.ts";
import { namesSentence } from "../../../jobs/digest/french/lines.ts";
import { nightSentence, periodSentence } from "../../../jobs/digest/french/night.ts";
import type { FutureDueTime, OutgrownCatalogue } from "../../../model/run/digest.ts";
import { Alert } from "../../parts/alert.tsx";
import { pageRoute, type Route } from "../../route.ts";
import { ConnectorTable } from "./connector-table.tsx";
import { type Night, readNight } from "./read-night.ts";
import { ToLookAt } from "./to-look-at.tsx";
import { ConnectorTrouble, RunTrouble } from "./troubles.tsx";

/** The home page. It says whether the night went well, and what to do if not. */
const nightPage = pageRoute("/", "read", async (visit) => {
  const night = await readNight(visit);
  const { trouble, rows, standstill } = night;
  return {
    title: "Dernière nuit",
    content: (
      <>
        <h1>Dernière nuit</h1>
        <Verdict night={night} />
        {standstill !== null && (
          <Alert kind="error">
            <p>{standstill}</p>
          </Alert>
        )}
        <WrongClock times={trouble.futureDueTimes} />
        <RunTrouble visit={visit} trouble={trouble} />
        <ToLookAt feeds={night.toLookAt} />
        <ConnectorTrouble visit={visit} trouble={trouble} />
        <Waiting waiting={night.waiting} />
        <Outgrown size={night.outgrown} />
        <ConnectorTable visit={visit} rows={rows} />
      </>
    ),
  };
});

function Verdict({ night: { period, trouble, totals, toLookAt } }: { readonly night: Night }): Child {
  const { held, late, silent, refusedFiles, gone, toBring } = trouble;
  const facts = {
    held: held.length,
    requested: trouble.requested.length,
    failed: trouble.failed.length + trouble.abandoned.length,
    unread: trouble.refused.length + trouble.unreadable.length + trouble.stoppedEarly.length + trouble.unreachable.length,
    late: late.length,
    silent: silent.length,
    refused: refusedFiles.length + gone.length,
    toBring: toBring.length,
    missing: trouble.expected.missing.length,
    wrongClock: trouble.futureDueTimes.length > 0 ? 1 : 0,
    toLookAt: toLookAt.length,
    ended: Object.values(totals.runs).reduce((sum, count) => sum + count, 0),
  };
  const { ended: _, ...wrong } = facts;
  const isWell = Object.values(wrong).every((count) => count === 0);
  return (
    <Alert
      kind={isWell ? "success" : facts.missing + facts.failed + facts.unread + facts.refused > 0 ? "error" : "warning"}
      title={nightVerdict(facts)}
      level={2}
    >
      <p>{expectedSentence(trouble.expected)}</p>
      <p>
        {periodSentence({ since: period.since.toISOString(), until: period.until.toISOString() })} {nightSentence(totals)}
      </p>
    </Alert>
  );
}

function WrongClock({ times }: { readonly times: readonly FutureDueTime[] }): Child {
  if (times.length === 0) return null;
  return (
    <Alert kind="error">
      <p>
        {clockSentence(times)} {namesSentence(futureNames(times))}
      </p>
    </Alert>
  );
}

function Outgrown({ size }: { readonly size: OutgrownCatalogue | null }): Child {
  if (size === null) return null;
  return (
    <Alert kind="info">
      <p>
        {outgrownSentence(size)} La commande est <code>moisson db move</code>.
      </p>
    </Alert>
  );
}

function Waiting({ waiting: { review, proposed, expired, words } }: { readonly waiting: Night["waiting"] }): Child {
  const links = [
    [review, "/relecture", counted(review, "nouvelle aide à relire", "nouvelles aides à relire")],
    [
      proposed,
      "/relecture/propositions",
      counted(proposed, "aide avec une proposition du producteur", "aides avec une proposition du producteur"),
    ],
    [expired, "/relecture/echues", counted(expired, "aide échue pendant l’attente", "aides échues pendant l’attente")],
    [words, "/mots", counted(words, "mot à traduire", "mots à traduire")],
  ] as const;
  const found = links.filter(([count]) => count > 0);
  return (
    <section class="fr-mb-4w">
      <h2>En attente de relecture</h2>
      {found.length === 0 ? (
        <p>Rien n’attend de relecture.</p>
      ) : (
        <ul>
          {found.map(([, href, label]) => (
            <li>
              <a href={href}>{label}</a>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** Number of problems of each kind, and number of ended runs. */
interface NightFacts {
  readonly held: number;
  /** Plans that somebody asked ops to apply. */
  readonly requested: number;
  /** Failed on our side, or abandoned. */
  readonly failed: number;
  /** The publisher's feed could not be fetched or read. */
  readonly unread: number;
  readonly late: number;
  readonly silent: number;
  /** Refused or deleted definitions. */
  readonly refused: number;
  /** Files that somebody has to upload. */
  readonly toBring: number;
  /** Due times without a run. */
  readonly missing: number;
  /** 1 if a clock was ahead. */
  readonly wrongClock: number;
  /** Feeds that were applied, but have rejects, warnings or repairs. */
  readonly toLookAt: number;
  /** Runs that ended in the period. */
  readonly ended: number;
}

/** Returns a sentence: the number of problems by kind, or that everything is all right. */
function nightVerdict(facts: NightFacts): string {
  const found = [
    some(facts.missing, "collecte manquante", "collectes manquantes"),
    some(facts.wrongClock, "horloge en avance", "horloges en avance"),
    some(facts.held, "collecte retenue", "collectes retenues"),
    some(facts.requested, "plan à appliquer sur demande", "plans à appliquer sur demande"),
    some(facts.failed, "collecte en échec", "collectes en échec"),
    some(facts.unread, "flux non lu", "flux non lus"),
    some(facts.late, "collecte en retard", "collectes en retard"),
    some(facts.refused, "connecteur non lu", "connecteurs non lus"),
    some(facts.silent, "connecteur silencieux", "connecteurs silencieux"),
    some(facts.toBring, "fichier à demander", "fichiers à demander"),
  ].filter((label) => label !== null);
  const look = some(facts.toLookAt, "collecte à regarder", "collectes à regarder");
  if (found.length > 0) return french`Il y a à faire : ${[...found, ...(look === null ? [] : [look])].join(", ")}.`;
  if (look !== null) return french`Rien n'attend de décision, mais il y a ${look} : des rejets, des avertissements ou des réparations.`;
  if (facts.ended === 0) return french`Rien à signaler : aucune collecte n'était attendue.`;
  return french`Tout va bien : ${counted(facts.ended, "collecte terminée", "collectes terminées")}, aucune n'attend de décision.`;
}

function some(count: number, one: string, many: string): string | null {
  return count === 0 ? null : counted(count, one, many);
}

export const nightRoutes: readonly Route[] = [nightPage];
