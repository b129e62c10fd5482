import type { Child } from "hono/jsx";
import { counted, french } from "../../../french/typography.ts";
import { ConnectorLink } from "../../lists/connector-column.tsx";
import { Alert } from "../../parts/alert.tsx";
import { RunBadge } from "../../parts/badge.tsx";
import { formatNumber, Table } from "../../parts/table.tsx";
import { formatShortDateTime } from "../../parts/time.ts";
import { NightLegend, NightStrip } from "../connectors/night-strip.tsx";
import { nightsOf, readNights } from "../connectors/read-nights.ts";
import { StateBadge } from "../connectors/state-badge.tsx";
import type { PublisherView } from "./publisher-at.ts";
import type { PublisherConnector } from "./read-connectors.ts";

/** The last thirty nights of a publisher's connectors. */
async function Nights({ visit, connectors }: PublisherView): Promise<Child> {
  if (connectors.length === 0) return null;
  const nights = await readNights(
    visit,
    connectors.map(({ row }) => row.id),
  );
  return (
    <>
      <h3>Trente dernières nuits</h3>
      <div class="fr-mb-1w" data-arrows="rows">
        {connectors.map(({ row: { id, name } }) => (
          <div class="moisson-night-grid__row">
            <a href={`/connecteurs/${id}`}>{name}</a>
            <NightStrip connector={id} name={name} nights={nightsOf(nights, id, visit.now)} />
          </div>
        ))}
      </div>
      <NightLegend />
    </>
  );
}

/** The connectors of a publisher, with their state, last run, aids and last score. */
export function PublisherConnectors(view: PublisherView): Child {
  const { connectors, isPartner } = view;
  return (
    <section class="fr-mb-4w" id="flux">
      <h2>Ses flux</h2>
      {connectors.length === 0 ? (
        <NoConnector isPartner={isPartner} />
      ) : (
        <Table
          caption={counted(connectors.length, "connecteur")}
          isCaptionHidden
          head={[
            "Connecteur",
            "État",
            "Dernière collecte",
            { title: "En ligne", isNumber: true },
            { title: "À relire", isNumber: true },
            { title: "Note de sa dernière lettre", isNumber: true },
          ]}
          rows={connectors.map(({ row, live, inReview, score }) => [
            <>
              <a href={`/connecteurs/${row.id}`}>{row.name}</a>
              {isPartner && <ChangeOwner row={row} />}
            </>,
            <>
              <StateBadge row={row} />
              {isPartner && row.state === "draft" && live + inReview > 0 && <StartCollecting row={row} />}
            </>,
            <LastRun row={row} />,
            <Counted count={live} href={`/aides?connecteur=${row.id}&situation=live`} about="aides en ligne" />,
            <Counted count={inReview} href={`/relecture?connecteur=${row.id}`} about="aides à relire" />,
            score === null ? "" : french`${score} / 100`,
          ])}
        />
      )}
      <Nights {...view} />
      {connectors.map((one) => (
        <NamesAnother view={view} connector={one} />
      ))}
    </section>
  );
}

function NoConnector({ isPartner }: { readonly isPartner: boolean }): Child {
  if (!isPartner) return <p>Aucun connecteur ne lit encore ses aides.</p>;
  return (
    <p>
      {french`Aucun connecteur ne lit encore ses aides : « Amener son flux », en haut de cette page, en fait un. S'il y en a un qui est rattaché à un autre producteur, ouvrez-le dans la `}
      <a href="/connecteurs">liste des connecteurs</a>
      {french`, puis « Changer de producteur ».`}
    </p>
  );
}

/** A number that links to the counted aids; 0 has no link. */
function Counted({ count, href, about }: { readonly count: number; readonly href: string; readonly about: string }): Child {
  if (count === 0) return "0";
  return (
    <a href={href}>
      {formatNumber(count)}
      <span class="fr-sr-only"> {about}</span>
    </a>
  );
}

function ChangeOwner({ row: { id, name } }: Pick<PublisherConnector, "row">): Child {
  return (
    <div>
      <a class="fr-link fr-link--sm moisson-no-print" href={`/connecteurs/${id}/producteur`}>
        Changer de producteur<span class="fr-sr-only">{` (${name})`}</span>
      </a>
    </div>
  );
}

/** Warns that the connector's definition names another publisher. Exports use that name until the definition changes. */
function NamesAnother({ view, connector }: { readonly view: PublisherView; readonly connector: PublisherConnector }): Child {
  const { publisherId, name } = view.publisher;
  const { id, name: connectorName, definition } = connector.row;
  if (connector.named === null) return null;
  return (
    <Alert kind="warning" title={french`Le connecteur « ${connectorName} » nomme un autre producteur`}>
      <p>
        {french`Sa définition dit « ${definition?.publisher.name ?? id} » : les exports et les lettres donnent ce nom. `}
        {view.isPartner && (
          <a href={`/connecteurs/${id}/definition/producteur?producteur=${publisherId}`}>{french`Le mettre au nom de « ${name} »`}</a>
        )}
      </p>
    </Alert>
  );
}

/** Link to activate a draft connector. Drafts are not collected automatically. */
function StartCollecting({ row: { id, name } }: Pick<PublisherConnector, "row">): Child {
  return (
    <div>
      {french`pas encore collecté de lui-même : `}
      <a href={`/connecteurs/${id}/definition/collecte?etat=active#champ-etat`}>
        l’activer<span class="fr-sr-only">{` (${name})`}</span>
      </a>
    </div>
  );
}

function LastRun({ row: { standing } }: Pick<PublisherConnector, "row">): Child {
  if (standing?.runId == null) return "jamais collecté";
  return (
    <>
      <RunBadge {...standing} state="ended" />{" "}
      <a href={`/collectes/${standing.runId}`}>
        {standing.startedAt === null ? "voir" : formatShortDateTime(new Date(standing.startedAt))}
      </a>
    </>
  );
}

export async function PublisherDrafts({ visit, publisher }: PublisherView): Promise<Child> {
  const drafts = await visit.catalogue.publishers.draftsOf(publisher.publisherId);
  if (drafts.length === 0) return null;
  return (
    <section class="fr-mb-4w">
      <h2>Brouillons</h2>
      <ul>
        {drafts.map(({ draftId, title, connector }) => (
          <li>
            <a href={`/brouillons/${draftId}`}>{title}</a>
            {connector !== null && (
              <span class="moisson-mention">
                {" connecteur créé : "}
                <ConnectorLink visit={visit} connector={connector} />
              </span>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
