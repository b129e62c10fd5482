import type { Child } from "hono/jsx";
import { clockSentence, futureNames } from "../../../french/digest/clocks.ts";
import { expectedSentence } from "../../../french/digest/expected.ts";
import { namesSentence } from "../../../french/digest/lines.ts";
import { nightSentence, periodSentence } from "../../../french/digest/night.ts";
import { rejectsSentence, repairSentence } from "../../../french/digest/ops.ts";
import { outgrownSentence } from "../../../french/monitoring.ts";
import { counted, french } from "../../../french/typography.ts";
import type { FeedToLookAt, FutureDueTime, NightTotals, OutgrownCatalogue } from "../../../model/run/digest.ts";
import { Alert } from "../../parts/alert.tsx";
import { Link } from "../../parts/link.tsx";
import { List } from "../../parts/list.tsx";
import { pageRoute, type Route } from "../../route.ts";
import { cardActs } from "./cards/card-acts.ts";
import { DecisionList } from "./decision-list.tsx";
import { DoneList } from "./done-list.tsx";
import { FirstSteps, ToConfigure } from "./first-steps.tsx";
import { type Night, readNight } from "./read-night.ts";

/** The home page: open decisions, taken decisions and the results of the night. An empty catalogue opens on the first steps. */
const nightPage = pageRoute("/", "read", async (visit) => {
  const night = await readNight(visit);
  const { trouble, standstill } = night;
  if (night.isEmpty && night.cards.length === 0 && night.outgrown === null)
    return { title: "Premiers pas", content: <FirstSteps visit={visit} unused={night.unused} /> };
  return {
    title: "Dernière nuit",
    content: (
      <>
        <h1 class="fr-mb-2w">Dernière nuit</h1>
        <div id="matin" {...(night.isGoingOn && { "data-live": true })}>
          {standstill !== null && <Alert kind="warning" text={standstill} />}
          <WrongClock times={trouble.futureDueTimes} />
          {night.cards.length + night.begun.length + night.postponed.length === 0 ? (
            <Calm night={night} />
          ) : (
            <DecisionList visit={visit} night={night} />
          )}
          <DoneList visit={visit} done={night.done} />
          <RestOfNight night={night} />
          <Outgrown size={night.outgrown} />
        </div>
      </>
    ),
  };
});

function Calm({ night: { totals } }: { readonly night: Night }): Child {
  const ended = endedIn(totals);
  return (
    <Alert kind="success" title="Tout va bien" level={2}>
      <p>
        {ended === 0
          ? french`Aucune collecte n'était attendue, et rien n'attend de décision.`
          : french`${counted(ended, "collecte terminée", "collectes terminées")}, et rien n'attend de décision.`}
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

function endedIn({ runs, requested = {} }: NightTotals): number {
  return [...Object.values(runs), ...Object.values(requested)].reduce((sum, count) => sum + count, 0);
}

/** What the night did without anybody: totals, aids that wait for curators, feeds with rejects, connectors that never ran. */
function RestOfNight({ night }: { readonly night: Night }): Child {
  const { period, totals, trouble, waiting, withRejects, unused } = night;
  return (
    <section aria-labelledby="nuit">
      <h2 id="nuit">Ce que la nuit a fait</h2>
      <p>
        {periodSentence({ since: period.since.toISOString(), until: period.until.toISOString() })}{" "}
        {(trouble.expected.expected > 0 || endedIn(totals) === 0) && `${expectedSentence(trouble.expected)} `}
        {nightSentence(totals)}
      </p>
      <List
        class="moisson-links fr-mb-3w"
        items={[
          waiting.review > 0 && (
            <Link href="/relecture" label={counted(waiting.review, "nouvelle aide à relire", "nouvelles aides à relire")} />
          ),
          waiting.proposals > 0 && (
            <Link
              href="/relecture/propositions"
              label={counted(waiting.proposals, "aide avec une proposition du producteur", "aides avec une proposition du producteur")}
            />
          ),
          <Link href="/connecteurs" label="Tous les connecteurs" />,
          <Link href="/travailleurs" label="Les exécuteurs, et les pannes de machines" />,
        ]}
      />
      <WithRejects feeds={withRejects} />
      <ToConfigure unused={unused} />
    </section>
  );
}

/** Applied feeds that only have rejected or repaired records, in one line. */
function WithRejects({ feeds }: { readonly feeds: readonly FeedToLookAt[] }): Child {
  if (feeds.length === 0) return null;
  return (
    <details class="fr-mb-2w">
      <summary>
        {counted(feeds.length, "collecte avec des rejets ou des réparations", "collectes avec des rejets ou des réparations")}
      </summary>
      <p class="fr-mb-1w">Leurs autres enregistrements sont au catalogue.</p>
      <ul>
        {feeds.map((feed) => (
          <li>
            <a href={`/connecteurs/${feed.connector}`}>{feed.publisher}</a>
            {french` : `}
            {feed.rejected > 0 && <a href={`/collectes/${feed.runId}/rejets`}>{rejectsSentence(feed)}</a>}{" "}
            {feed.repairs.length > 0 && <a href={`/collectes/${feed.runId}#attention`}>{feed.repairs.map(repairSentence).join(" ")}</a>}
          </li>
        ))}
      </ul>
    </details>
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

export const nightRoutes: readonly Route[] = [nightPage, ...cardActs];
