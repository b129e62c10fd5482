import type { Child } from "hono/jsx";
import { placeMessage } from "../../../french/places.ts";
import { excludedReasonMessage } from "../../../french/rules.ts";
import { runErrorMessage } from "../../../french/runs.ts";
import { french, sentence } from "../../../french/typography.ts";
import type { FoundRecord } from "../../../ingest/find-records.ts";
import { ReadingTookTooLong } from "../../../jobs/stored-feeds/read-stored-records.ts";
import { recordsWithWords } from "../../../jobs/stored-feeds/records-of-aid.ts";
import type { LoadedConnector } from "../../../kit/loaded-connector.ts";
import { RunError } from "../../../model/run/run-error.ts";
import { Alert } from "../../parts/alert.tsx";
import { Select } from "../../parts/form-controls.tsx";
import { Table } from "../../parts/table.tsx";
import type { Visit } from "../../visit.ts";

/** Renders suggestions if nothing matches. Offers to search the last feed of one connector, including excluded records. */
export async function NothingFound(given: {
  readonly visit: Visit;
  readonly query: string;
  readonly isQuick: boolean;
  readonly isLink: boolean;
}): Promise<Child> {
  const { visit, query, isQuick, isLink } = given;
  const connectors = await visit.console.jobs.connectors();
  const wanted = visit.query.get("connecteur");
  const chosen = connectors.find(({ definition }) => definition.id === wanted);
  return (
    <>
      <Alert kind="info" title="Rien ne répond à cela" level={2}>
        <p>{french`Ni aide du catalogue, ni plan qui attend, ni enregistrement rejeté : « ${query} ».`}</p>
        <ul>
          {isLink && <li>Essayez le titre : le producteur a pu changer l’adresse de sa page.</li>}
          {!isLink && <li>Essayez un seul mot rare de son titre, ou le lien de sa page.</li>}
          <li>Un identifiant se cherche tel que le producteur l’écrit, zéros compris.</li>
          {isQuick && (
            <li>
              {french`Cette réponse est rapide : elle regarde les débuts de mots, et le dernier flux de chaque connecteur.`}{" "}
              <a href={`/ou-est-mon-aide?q=${encodeURIComponent(query)}&partout=oui`}>Chercher partout, plus lentement</a>
            </li>
          )}
          <li>{french`Le producteur ne la publie peut-être pas, ou son connecteur la laisse de côté : cherchez ci-dessous dans son dernier flux.`}</li>
        </ul>
      </Alert>
      <h2 class="fr-h4">Chercher dans le dernier flux d’un connecteur</h2>
      <form method="get" action="/ou-est-mon-aide" class="moisson-narrow">
        <input type="hidden" name="q" value={query} />
        <Select
          name="connecteur"
          label="Connecteur"
          hint="Son dernier flux est relu en entier, avec les enregistrements que sa règle laisse de côté."
          choices={connectors.map(({ definition }) => ({ value: definition.id, label: `${definition.id} – ${definition.publisher.name}` }))}
          value={chosen?.definition.id}
          empty="Choisissez"
        />
        <button type="submit" class="fr-btn fr-btn--secondary">
          Chercher dans son dernier flux
        </button>
      </form>
      {chosen !== undefined && <FeedResults visit={visit} connector={chosen} query={query} />}
    </>
  );
}

const limits = { limit: 10, withinMs: 10_000 };

/** Renders the records of a connector's last feed that contain the words, and what happened to each. */
async function FeedResults({ visit, connector, query }: FeedSearch): Promise<Child> {
  const { id } = connector.definition;
  const found = await readLastFeed({ visit, connector, query });
  if (typeof found === "string") return <Alert kind="warning">{<p>{found}</p>}</Alert>;
  if (found.records.length === 0)
    return (
      <p class="fr-mt-4w" role="status">
        {french`Aucun enregistrement du dernier flux de ${id} ne contient ces mots.`}
      </p>
    );
  return (
    <div class="fr-mt-4w">
      <Table
        caption={french`Dans le dernier flux de ${id}`}
        head={["Enregistrement", "Ce qu’il devient"]}
        rows={found.records.map((record) => [
          [
            <a href={`/collectes/${found.runId}/enregistrement?ou=${encodeURIComponent(record.locator)}`}>
              {placeMessage(record.locator)}
            </a>,
            record.externalId !== null && [<br />, <span class="moisson-mention">{record.externalId}</span>],
          ],
          recordOutcome(record, connector),
        ])}
      />
    </div>
  );
}

interface FeedSearch {
  readonly visit: Visit;
  readonly connector: LoadedConnector;
  readonly query: string;
}

function recordOutcome({ skipped, issues }: FoundRecord, { definition }: LoadedConnector): string {
  if (skipped !== null)
    return french`Le connecteur le laisse de côté, par sa règle : ${excludedReasonMessage(skipped, definition.keepWhen)}.`;
  const isRejected = issues.some(({ severity }) => severity === "error");
  return isRejected ? "Il ne peut pas être gardé." : french`Il compte : l’aide devrait être dans le catalogue.`;
}

/** Returns the records found, or why the feed could not be searched. */
async function readLastFeed({ visit, connector, query }: FeedSearch) {
  try {
    const found = await recordsWithWords(visit.catalogue, connector, query, limits);
    return found ?? "Ce connecteur n’a encore lu aucun flux.";
  } catch (error) {
    if (error instanceof ReadingTookTooLong)
      return french`Ce flux est si volumineux que rien n’a été trouvé à temps. La ligne de commande peut chercher plus longtemps : moisson trace --record.`;
    if (error instanceof RunError) return sentence(runErrorMessage(error.code, error.params));
    throw error;
  }
}
