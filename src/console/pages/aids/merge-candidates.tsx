import type { Child } from "hono/jsx";
import type { CuratedAid } from "../../../catalogue/aids/aid-repository.ts";
import { contradictionMessage } from "../../../french/contradictions.ts";
import { matchReasonName } from "../../../french/plans.ts";
import { french } from "../../../french/typography.ts";
import { comparableLink } from "../../../model/text/comparable-link.ts";
import { nameOfConnector } from "../../../registry/connector-names.ts";
import { type LikelyDuplicateOf, likelyDuplicatesOf } from "../../curation/likely-duplicates-of.ts";
import { ConnectorName } from "../../lists/connector-column.tsx";
import { AidText, AidTitle } from "../../parts/aid-text.tsx";
import { TextField } from "../../parts/form-controls.tsx";
import { Table } from "../../parts/table.tsx";
import type { Visit } from "../../visit.ts";

const maxResults = 20;

/** Renders the aids into which `aid` can be merged: likely duplicates, and the results of a search. */
export async function MergeCandidates({ visit, aid }: { readonly visit: Visit; readonly aid: CuratedAid }): Promise<Child> {
  const query = (visit.query.get("q") ?? "").trim();
  const found = query === "" ? [] : (await findCandidates(visit, query)).filter(({ aidId }) => aidId !== aid.aidId);
  const likely = await likelyDuplicatesOf(visit.catalogue, aid);
  const mergeHref = (aidId: string) => `/aides/${aid.aidId}/fusionner?dans=${aidId}`;
  return (
    <>
      {likely.length > 0 && (
        <>
          <h2>Sans doute les mêmes</h2>
          <LikelyDuplicates visit={visit} connector={aid.connector} duplicates={likely} href={mergeHref} act="Comparer avec" />
        </>
      )}
      <h2>Chercher celle qui reste</h2>
      <form method="get" action={`/aides/${aid.aidId}/fusionner`} class="moisson-narrow">
        <TextField name="q" label="Titre, identifiant du producteur, organisme" type="search" value={query} maxlength={300} />
        <button type="submit" class="fr-btn fr-btn--secondary">
          Chercher
        </button>
      </form>
      {query !== "" && (
        <div class="fr-mt-4w" role="status">
          {found.length === 0 ? (
            <p>Aucune autre aide ne répond à ces mots.</p>
          ) : (
            <Table caption={french`Aides qui répondent à « ${query} »`} head={["Aide", "Connecteur", "Organismes"]}>
              {found.map((other) => (
                <tr>
                  <td>
                    <a href={mergeHref(other.aidId)}>
                      <span class="fr-sr-only">Comparer avec </span>
                      <AidTitle visit={visit} connector={other.connector} title={other.title} />
                    </a>
                  </td>
                  <td>
                    <ConnectorName visit={visit} connector={other.connector} />
                  </td>
                  <td>{other.organisations.slice(0, 3).join(", ")}</td>
                </tr>
              ))}
            </Table>
          )}
        </div>
      )}
    </>
  );
}

/** Searches for aids that are not deleted or merged. */
async function findCandidates({ catalogue }: Visit, query: string): Promise<readonly Candidate[]> {
  if (comparableLink(query) !== null || /^[0-9a-f-]{36}$/i.test(query)) return findTraced(catalogue, query);
  return catalogue.search.list(
    { text: query, standings: ["live", "review", "draft", "out-of-scope", "withdrawn"] },
    { limit: maxResults, offset: 0 },
  );
}

interface Candidate {
  readonly aidId: string;
  readonly title: string;
  readonly connector: string;
  readonly organisations: readonly string[];
}

async function findTraced(catalogue: Visit["catalogue"], query: string): Promise<readonly Candidate[]> {
  const hits = await catalogue.aidTraces.find(query);
  return hits
    .slice(0, maxResults)
    .flatMap(({ place, aidId, title, connector }) =>
      place === "catalogue" && aidId !== null ? { aidId, title: title ?? "", connector, organisations: [] } : [],
    );
}

/** Renders the likely duplicates of an aid, with certainty, reasons and contradictions. `connector`: that of the aid itself; `href`: returns the URL of a title; `act`: hidden text before the title. */
export async function LikelyDuplicates(given: {
  readonly visit: Visit;
  readonly connector: string;
  readonly duplicates: readonly LikelyDuplicateOf[];
  readonly href: (aidId: string) => string;
  readonly act?: string;
}): Promise<Child> {
  const connectors = await given.visit.console.jobs.connectors();
  const nameOf = (connector: string) => nameOfConnector(connectors, connector);
  return (
    <ul>
      {given.duplicates.map(({ aid, match, contradictions }) => (
        <li>
          <a href={given.href(aid.aidId)}>
            {given.act !== undefined && <span class="fr-sr-only">{given.act} </span>}
            <AidText text={aid.name} language={aid.language} />
          </a>
          <span class="moisson-mention">
            {french` – ${nameOf(aid.connector)}, sûr à ${Math.round(match.certainty * 100)} % : ${match.reasons.map(matchReasonName).join(", ")}`}
          </span>
          {contradictions.length > 0 && (
            <ul>
              {contradictions.map(({ field, one, other, isSwapped }) => (
                <li>
                  {contradictionMessage({
                    field,
                    one: { connector: nameOf(given.connector), value: one },
                    other: { connector: nameOf(aid.connector), value: other },
                    isSwapped,
                  })}
                </li>
              ))}
            </ul>
          )}
        </li>
      ))}
    </ul>
  );
}
