import type { Child } from "hono/jsx";
import { frenchDay } from "../../../french/dates.ts";
import { fieldName } from "../../../french/fields.ts";
import { funnelActSentence, stepLabels } from "../../../french/funnel.ts";
import { capitalize, counted, french } from "../../../french/typography.ts";
import { type FunnelAct, type FunnelCounts, type FunnelStep, funnelSteps } from "../../../model/aid/funnel.ts";
import { publicationFields } from "../../../model/aid/publishable.ts";
import { type Funnel, readFunnel } from "../../../partners/figures/read-funnel.ts";
import { connectorNames } from "../../../registry/connector-names.ts";
import { ConnectorName } from "../../lists/connector-column.tsx";
import { Pager } from "../../lists/pager.tsx";
import { Bars } from "../../parts/bars.tsx";
import { ParagraphLink } from "../../parts/link.tsx";
import { formatNumber, Table } from "../../parts/table.tsx";
import { pageRoute } from "../../route.ts";
import type { Visit } from "../../visit.ts";
import { reusePath } from "../reuse/reuse-page.tsx";
import { queuePath, readyState } from "../review/queue-address.ts";

const funnelPath = "/publication";

const shown = 10;
const connectorsPerPage = 40;

/** How far the aids of all connectors have come, or of some (`connecteur`, repeated). */
export const funnelPage = pageRoute(funnelPath, "read", async (visit) => {
  const asked = visit.query.getAll("connecteur");
  const chosen = asked.length === 0 ? null : asked;
  const funnel = await funnelFor(visit, chosen);
  const { all, connectors, past } = funnel;
  const names = connectorNames(await visit.console.jobs.connectors());
  return {
    title: "De la réception à la publication",
    breadcrumb: [{ title: "Producteurs", href: "/producteurs" }],
    menuPath: "/producteurs",
    content: (
      <div class="moisson-across">
        <h1>De la réception à la publication</h1>
        <p>{french`Où en sont les aides, ce qui les retient, et le geste qui en libère le plus.`}</p>
        {chosen !== null && (
          <p>
            {french`Seulement : ${chosen.map((connector) => names.get(connector) ?? connector).join(", ")}.`}{" "}
            <a href={funnelPath}>Voir tous les producteurs</a>
          </p>
        )}
        <Steps counts={all.counts} chosen={chosen} />
        <h2>Que faire d’abord</h2>
        {all.acts.length === 0 ? (
          <p>{all.counts.held === 0 ? "Aucune aide n’est encore au catalogue." : "Rien ne retient ces aides."}</p>
        ) : (
          <ol>
            {all.acts.slice(0, shown).map((act) => (
              <li>
                <a href={addressOf(act)}>{funnelActSentence(act, names.get(act.connector) ?? act.connector)}</a>
              </li>
            ))}
          </ol>
        )}
        {all.blocking.length > 0 && (
          <>
            <h2>Ce qui manque aux aides</h2>
            <Table
              caption="Champs qui manquent aux aides"
              isCaptionHidden
              head={[
                { title: "Champ", isRowTitle: true },
                "Nécessaire pour",
                { title: "Aides", isNumber: true },
                { title: "Dont c’est le seul manque", isNumber: true },
              ]}
              rows={all.blocking
                .slice(0, shown)
                .map(({ field, aids, alone }) => [
                  capitalize(fieldName(field)),
                  publicationFields.includes(field) ? "publier" : "décrire entièrement",
                  <a href={`/aides?manque=${field}${chosen?.length === 1 ? `&connecteur=${chosen[0]}` : ""}`}>{formatNumber(aids)}</a>,
                  formatNumber(alone),
                ])}
            />
          </>
        )}
        <h2>Par connecteur</h2>
        {connectors.length === 0 ? (
          <p>Aucun connecteur n’a encore de collecte.</p>
        ) : (
          <ByConnector visit={visit} connectors={connectors} chosen={chosen} />
        )}
        <ParagraphLink href="/publications" label="Voir les aides publiées sans relecture cette semaine" />
        <Past past={past} now={all.counts} />
      </div>
    ),
  };
});

/** The connectors, those with the most aids first. */
function ByConnector(given: {
  readonly visit: Visit;
  readonly connectors: Funnel["connectors"];
  readonly chosen: readonly string[] | null;
}): Child {
  const { visit, connectors, chosen } = given;
  const pages = Math.ceil(connectors.length / connectorsPerPage);
  const page = Math.min(pages, Math.max(1, Number.parseInt(visit.query.get("page") ?? "1", 10) || 1));
  const byAids = [...connectors].sort((a, b) => b.counts.held - a.counts.held || (a.connector < b.connector ? -1 : 1));
  const query = (more: Readonly<Record<string, string>>) =>
    new URLSearchParams([...queryOf(chosen ?? []), ...Object.entries(more)]).toString();
  return (
    <>
      <Table
        caption="Aides de chaque connecteur, étape par étape"
        isCaptionHidden
        head={[{ title: "Producteur", isRowTitle: true }, ...funnelSteps.map((step) => ({ title: stepLabels[step], isNumber: true }))]}
        rows={byAids.slice((page - 1) * connectorsPerPage, page * connectorsPerPage).map(({ connector, counts }) => [
          <a href={`${funnelPath}?connecteur=${connector}`}>
            <ConnectorName visit={visit} connector={connector} />
          </a>,
          ...funnelSteps.map((step) => <Count step={step} count={counts[step]} connector={connector} />),
        ])}
      />
      <Pager path={funnelPath} page={page} pages={pages} query={query} />
    </>
  );
}

function queryOf(connectors: readonly string[]): [string, string][] {
  return connectors.map((connector) => ["connecteur", connector]);
}

async function funnelFor({ catalogue, console: services, now }: Visit, chosen: readonly string[] | null): Promise<Funnel> {
  await catalogue.search.bringIn({ whole: true });
  return readFunnel(catalogue, await services.jobs.connectors(), now, chosen);
}

/** The funnel of some connectors in a few words, for their page. */
export async function FunnelInBrief({
  visit,
  connectors,
}: {
  readonly visit: Visit;
  readonly connectors: readonly string[];
}): Promise<Child> {
  if (connectors.length === 0) return null;
  const { all, connectors: found } = await funnelFor(visit, connectors);
  const [first] = all.acts;
  if (all.counts.held === 0) return null;
  const publisher = found.find(({ connector }) => connector === first?.connector)?.publisher ?? "";
  return (
    <section class="fr-mb-4w">
      <h2>De la réception à la publication</h2>
      <Steps counts={all.counts} chosen={connectors} />
      {first !== undefined && (
        <p>
          À faire d’abord : <a href={addressOf(first)}>{funnelActSentence(first, publisher)}</a>
        </p>
      )}
      <ParagraphLink href={`${funnelPath}?${new URLSearchParams(queryOf(connectors))}`} label="Voir le détail" />
    </section>
  );
}

/** The steps as bars. Each number links to its aids. */
function Steps({ counts, chosen }: { readonly counts: FunnelCounts; readonly chosen: readonly string[] | null }): Child {
  const connector = chosen?.length === 1 ? (chosen[0] ?? null) : null;
  const isLinked = (chosen?.length ?? 0) < 2;
  return (
    <Bars
      caption="Étapes, de la réception à l’ouverture"
      head={["Étape", "Aides"]}
      rows={funnelSteps.map((step) => ({
        label: stepLabels[step],
        count: counts[step],
        href: isLinked && counts[step] > 0 ? addressOfStep(step, connector) : null,
      }))}
    />
  );
}

/** Steps of the list of aids, by step of the funnel. Received and valid records are in the runs. */
const steps: Readonly<Partial<Record<FunnelStep, string>>> = {
  held: "au-catalogue",
  publishable: "prete",
  fullyDescribed: "decrite",
  published: "publiee",
  open: "ouverte",
};

function Count({ step, count, connector }: { readonly step: FunnelStep; readonly count: number; readonly connector: string }): Child {
  return count === 0 ? formatNumber(count) : <a href={addressOfStep(step, connector)}>{formatNumber(count)}</a>;
}

/** Returns the list of what a step counts, of a connector or of all. */
function addressOfStep(step: FunnelStep, connector: string | null): string {
  const filter = connector === null ? "" : `connecteur=${connector}&`;
  const etape = steps[step];
  return etape === undefined ? `/collectes${connector === null ? "" : `?connecteur=${connector}`}` : `/aides?${filter}etape=${etape}`;
}

/** Returns the page on which to do an act, or to see its aids. */
function addressOf(act: FunnelAct): string {
  const { connector } = act;
  if (act.kind === "confirm-basis") return `${reusePath}?connecteur=${connector}#base-${connector}`;
  if (act.kind === "ask-licence") return `/connecteurs/${connector}`;
  if (act.kind === "publish") return queuePath({ queue: "review", filter: { connecteur: connector, etat: readyState } });
  return `/questions?connecteur=${connector}`;
}

function Past({ past, now }: { readonly past: Funnel["past"]; readonly now: FunnelCounts }): Child {
  if (past.length === 0) return <p class="moisson-mention">Les chiffres des jours passés seront ici à partir du prochain matin.</p>;
  return (
    <>
      <h2>Dans le temps</h2>
      <Table
        caption="Étapes à des jours passés"
        isCaptionHidden
        head={[{ title: "Jour", isRowTitle: true }, ...funnelSteps.map((step) => ({ title: stepLabels[step], isNumber: true }))]}
        rows={[...past.map(({ day, counts }) => ({ title: frenchDay(day), counts })), { title: "aujourd’hui", counts: now }].map(
          ({ title, counts }) => [title, ...funnelSteps.map((step) => formatNumber(counts[step]))],
        )}
      />
      <p class="moisson-mention">{french`${counted(past.length, "jour passé", "jours passés")}, gardés chaque matin.`}</p>
    </>
  );
}
