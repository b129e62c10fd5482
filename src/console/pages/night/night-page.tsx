import type { Child } from "hono/jsx";
import { counted } from "../../../french/typography.ts";
import { nightSentence, periodSentence } from "../../../jobs/digest/french/night.ts";
import { Alert } from "../../parts/alert.tsx";
import type { PageRoute } from "../../route.ts";
import { ConnectorTable } from "./connector-table.tsx";
import { ConnectorTrouble } from "./connector-trouble.tsx";
import { nightVerdict } from "./night-in-french.ts";
import { type Night, readNight } from "./read-night.ts";
import { RunTrouble } from "./run-trouble.tsx";

/** The first page: is everything all right, and if not, what is to be done. */
export const nightPage: PageRoute = {
  method: "get",
  path: "/",
  who: "read",
  async answer(visit) {
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
          <RunTrouble visit={visit} trouble={trouble} />
          <ConnectorTrouble visit={visit} trouble={trouble} />
          <Waiting waiting={night.waiting} />
          <ConnectorTable visit={visit} rows={rows} />
        </>
      ),
    };
  },
};

function Verdict({ night: { period, trouble, totals } }: { readonly night: Night }): Child {
  const { held, late, silent, refusedFiles, gone, toBring } = trouble;
  const facts = {
    held: held.length,
    failed: trouble.failed.length + trouble.abandoned.length,
    unread: trouble.refused.length + trouble.unreadable.length + trouble.stoppedEarly.length + trouble.unreachable.length,
    late: late.length,
    silent: silent.length,
    refused: refusedFiles.length + gone.length,
    toBring: toBring.length,
    ended: Object.values(totals.runs).reduce((sum, count) => sum + count, 0),
  };
  const { ended: _, ...wrong } = facts;
  const isWell = Object.values(wrong).every((count) => count === 0);
  return (
    <Alert
      kind={isWell ? "success" : facts.failed + facts.unread + facts.refused > 0 ? "error" : "warning"}
      title={nightVerdict(facts)}
      level={2}
    >
      <p>
        {periodSentence({ since: period.since.toISOString(), until: period.until.toISOString() })} {nightSentence(totals)}
      </p>
    </Alert>
  );
}

function Waiting({ waiting: { review, proposed, words } }: { readonly waiting: Night["waiting"] }): Child {
  const links = [
    [review, "/relecture", counted(review, "nouvelle aide à relire", "nouvelles aides à relire")],
    [
      proposed,
      "/relecture/propositions",
      counted(proposed, "aide avec une proposition du producteur", "aides avec une proposition du producteur"),
    ],
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
          {found.map(([, href, said]) => (
            <li>
              <a href={href}>{said}</a>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
