import type { Child } from "hono/jsx";
import { maxHits } from "../../../catalogue/aids/find-trace-hits.ts";
import { placeMessage } from "../../../french/places.ts";
import { standingMessage, troubleMessage } from "../../../french/trace.ts";
import { capitalize, counted, french, sentence } from "../../../french/typography.ts";
import { shownContent } from "../../../model/aid/shown-value.ts";
import { comparableLink } from "../../../model/text/comparable-link.ts";
import { parisDay } from "../../../model/text/paris-day.ts";
import { lifeOfAid } from "../../../model/trace/life-of-aid.ts";
import { receptionIn } from "../../../model/trace/reception.ts";
import { type Standing, standingOf } from "../../../model/trace/standing.ts";
import type { TraceFacts, TraceHit } from "../../../model/trace/trace.ts";
import { AidTitle } from "../../parts/aid-text.tsx";
import { TextField } from "../../parts/form-controls.tsx";
import { List } from "../../parts/list.tsx";
import { Table } from "../../parts/table.tsx";
import { formatDateTime } from "../../parts/time.ts";
import { pageRoute } from "../../route.ts";
import type { Visit } from "../../visit.ts";
import { AidLife } from "../aids/aid-life.tsx";
import { NothingFound } from "./nothing-found.tsx";

/** Maximum number of revisions that the page adds to the index before it answers. */
const maxIndexedRevisions = 1000;

/** « Où est mon aide ? ». Finds an aid by title, publisher's identifier, link or URL on our site, even if it is not in the catalogue. */
export const findRoute = pageRoute("/ou-est-mon-aide", "read", async (visit) => {
  const query = (visit.query.get("q") ?? "").trim().slice(0, 800);
  return {
    title: query === "" ? french`Où est mon aide ?` : french`${query.slice(0, 60)} – Où est mon aide ?`,
    breadcrumb: [],
    menuPath: "/aides",
    content: (
      <>
        <h1>{french`Où est mon aide ?`}</h1>
        <form method="get" action="/ou-est-mon-aide" class="moisson-narrow" role="search">
          <TextField
            name="q"
            label="Ce que vous savez d’elle"
            hint={french`Son titre, ou des mots de son titre ; son identifiant chez le producteur ; un lien, ou son adresse sur le site.`}
            type="search"
            value={query}
            maxlength={800}
          />
          <button type="submit" class="fr-btn">
            Chercher
          </button>
        </form>
        {query !== "" && <div class="fr-mt-4w">{await answerOf(visit, query)}</div>}
      </>
    ),
  };
});

/** Brings the index up to date if that is fast. Returns false after a first import of thousands of aids. */
async function updateIndex({ catalogue: { search } }: Visit): Promise<boolean> {
  const behind = await search.behind();
  if (behind === 0) return true;
  if (behind > maxIndexedRevisions) return false;
  await search.catchUp(maxIndexedRevisions);
  return (await search.behind()) === 0;
}

async function answerOf(visit: Visit, query: string): Promise<Child> {
  const isQuick = !visit.query.has("partout") && (await updateIndex(visit));
  const hits = await visit.catalogue.aidTraces.find(query, undefined, isQuick);
  const [hit] = hits;
  if (hit === undefined) return <NothingFound visit={visit} query={query} isQuick={isQuick} isLink={comparableLink(query) !== null} />;
  return hits.length === 1 ? <FoundLife visit={visit} hit={hit} /> : <FoundList visit={visit} hits={hits} />;
}

/** Only the first results are explained by a sentence. The others show where they were found. */
const maxExplained = 10;

/** Renders several results, for the visitor to choose from. */
async function FoundList({ visit, hits }: { readonly visit: Visit; readonly hits: readonly TraceHit[] }): Promise<Child> {
  const sentences = await Promise.all(hits.map((hit, place) => (place < maxExplained ? explain(visit, hit) : sentence(places[hit.place]))));
  const caption =
    hits.length < maxHits ? counted(hits.length, "réponse") : french`Les ${hits.length} premières réponses : précisez ce que vous cherchez`;
  return (
    <Table
      caption={caption}
      head={["Aide", "Où elle en est"]}
      rows={hits.map((hit, place) => [
        [<Name visit={visit} hit={hit} />, <br />, <span class="moisson-mention">{nameOfHit(hit)}</span>],
        sentences[place],
      ])}
    />
  );
}

function Name({ visit, hit }: { readonly visit: Visit; readonly hit: TraceHit }): Child {
  const { seen } = hit;
  const name = hit.externalId ?? placeMessage(seen?.locator ?? "?");
  const title = hit.title === null ? name : <AidTitle visit={visit} connector={hit.connector} title={hit.title} />;
  const href = findPath(hit) ?? (seen === null ? null : `/collectes/${seen.runId}/enregistrement?ou=${encodeURIComponent(seen.locator)}`);
  return href === null ? title : <a href={href}>{title}</a>;
}

async function explain({ catalogue, now }: Visit, hit: TraceHit): Promise<string> {
  return sentence(standingMessage(standingOf(await catalogue.aidTraces.facts(hit), parisDay(now)).standing));
}

/** Returns the URL of the page about a result; null for a record without identifier. */
function findPath({ connector, externalId, aidId }: Pick<TraceHit, "connector" | "externalId" | "aidId">): string | null {
  const name = aidId ?? (externalId === null ? null : `${connector}/${externalId}`);
  return name === null ? null : `/ou-est-mon-aide?q=${encodeURIComponent(name)}`;
}

const eventsShown = 30;

/** Renders what happened to the aid, or the record, if it is the only result. */
async function FoundLife({ visit, hit }: { readonly visit: Visit; readonly hit: TraceHit }): Promise<Child> {
  const facts = await visit.catalogue.aidTraces.facts(hit);
  const { standing, troubles } = standingOf(facts, parisDay(visit.now));
  const life = lifeOfAid(facts).reverse();
  const title = facts.aid === null ? hit.title : shownContent(facts.aid).name;
  return (
    <>
      <h2 class="fr-h3 fr-mb-1v">{title === null ? nameOfHit(hit) : <AidTitle visit={visit} connector={hit.connector} title={title} />}</h2>
      <p class="moisson-mention">{nameOfHit(hit)}</p>
      <p class="fr-text--lead fr-mb-2w">{sentence(standingMessage(standing))}</p>
      <List items={troubles.map((trouble) => sentence(troubleMessage(trouble)))} />
      <NextLinks facts={facts} standing={standing} />
      <LastReception facts={facts} />
      {life.length > 0 && (
        <>
          <h3 class="fr-h4">Son histoire</h3>
          <AidLife life={life.slice(0, eventsShown)} more={null} language={facts.aid?.imported.language ?? null} />
        </>
      )}
    </>
  );
}

/** Renders links to the next pages. */
function NextLinks({ facts: { hit, aid }, standing }: { readonly facts: TraceFacts; readonly standing: Standing }): Child {
  const links: { readonly href: string; readonly label: string }[] = [];
  if (aid !== null && hit.aidId !== null) links.push({ href: `/aides/${hit.aidId}`, label: "Voir l’aide" });
  if (aid?.mergedInto != null) links.push({ href: `/aides/${aid.mergedInto}`, label: "Voir l’aide qui reste" });
  if (standing.code === "plan-open" || standing.code === "plan-closed")
    links.push({ href: `/plans/${standing.plan.planId}`, label: "Voir le plan" });
  if (standing.code === "record-rejected") {
    const { run, locator } = standing;
    links.push({ href: `/collectes/${run.runId}/enregistrement?ou=${encodeURIComponent(locator)}`, label: "Voir l’enregistrement reçu" });
    links.push({ href: `/collectes/${run.runId}`, label: "Voir la collecte" });
  }
  if (standing.code === "ours") links.push({ href: `/ou-est-mon-aide?q=${encodeURIComponent(standing.of)}`, label: "Voir notre aide" });
  links.push({ href: `/connecteurs/${hit.connector}`, label: "Voir le connecteur" });
  return (
    <ul class="fr-btns-group fr-btns-group--inline fr-btns-group--sm">
      {links.map(({ href, label }, place) => (
        <li>
          <a class={`fr-btn${place === 0 ? "" : " fr-btn--secondary"}`} href={href}>
            {label}
          </a>
        </li>
      ))}
    </ul>
  );
}

function LastReception({ facts }: { readonly facts: TraceFacts }): Child {
  const run = facts.runs.findLast((candidate) => ["received", "rejected"].includes(receptionIn(candidate, facts)));
  if (run === undefined) return <p>{sentence(places[facts.hit.place])}</p>;
  const locator = [...facts.rejections, ...facts.planned].find((each) => each.runId === run.runId && each.locator !== null)?.locator;
  return (
    <p>
      {capitalize("reçue pour la dernière fois par la ")}
      <a href={`/collectes/${run.runId}`}>{french`collecte du ${formatDateTime(new Date(run.startedAt))}`}</a>
      {locator != null && ` (${placeMessage(locator)})`}.
    </p>
  );
}

/** Where a result was found, without capital and full stop. */
const places: Readonly<Record<TraceHit["place"], string>> = {
  catalogue: "dans le catalogue",
  plan: "attend dans un plan",
  removed: "supprimée par une annulation",
  rejected: "enregistrement rejeté",
  ours: "une aide de notre propre catalogue",
};

/** Returns the publisher's identifier, or the location of the record. */
function nameOfHit({ connector, externalId, seen }: Pick<TraceHit, "connector" | "externalId" | "seen">): string {
  return externalId === null
    ? french`${connector}, sans identifiant (${placeMessage(seen?.locator ?? "?")})`
    : `${connector}/${externalId}`;
}
