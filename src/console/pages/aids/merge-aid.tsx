import type { Child } from "hono/jsx";
import type { CuratedAid } from "../../../catalogue/aids/aid-repository.ts";
import type { ListedAid } from "../../../catalogue/search/search-repository.ts";
import { decideMerge } from "../../../curation/decide-status.ts";
import { contradictionMessage } from "../../../french/contradictions.ts";
import { fieldName } from "../../../french/fields.ts";
import { matchReasonNames } from "../../../french/plans.ts";
import { capitalize, french } from "../../../french/typography.ts";
import { isEmptyValue } from "../../../model/aid/aid.ts";
import { sameValue } from "../../../model/aid/same-value.ts";
import { shownValue } from "../../../model/aid/shown-value.ts";
import { comparableLink } from "../../../model/text/comparable-link.ts";
import { nameOfConnector } from "../../../registry/connector-names.ts";
import { findAid, nameOf } from "../../curation/act-on-aid.ts";
import { formSections } from "../../curation/field-controls.ts";
import { type LikelyDuplicateOf, likelyDuplicatesOf } from "../../curation/likely-duplicates-of.ts";
import { ConnectorName } from "../../lists/connector-column.tsx";
import { AidName, AidText, AidTitle } from "../../parts/aid-text.tsx";
import { Difference } from "../../parts/diff.tsx";
import { ActForm, TextField } from "../../parts/form-controls.tsx";
import { SubmitOrLeave } from "../../parts/submit-or-leave.tsx";
import { Table } from "../../parts/table.tsx";
import { actRoute, pageRoute, type Route } from "../../route.ts";
import { param, type Visit } from "../../visit.ts";
import { aidBreadcrumb, aidPath, performAidAct } from "./perform-aid-act.ts";

/** Lets the curator search for the aid that stays, then compares both side by side. */
const choose = pageRoute("/aides/:aide/fusionner", "bizdev", async (visit) => {
  const aid = await findAid(visit, param(visit, "aide"));
  const chosen = visit.query.get("dans");
  const into = chosen === null ? null : await findAid(visit, chosen);
  return {
    title: "Fusionner une aide",
    breadcrumb: aidBreadcrumb(aid),
    menuPath: "/aides",
    content: (
      <>
        <h1>Fusionner une aide</h1>
        <p class="fr-text--lead">
          <AidName aid={aid} />
        </p>
        <p>
          {french`L'aide fusionnée quitte le site, n'est jamais recréée, et mène à celle qui reste. Si elle vient d'un autre connecteur, elle en devient une source : ses valeurs complètent celles qui manquent.`}
        </p>
        {into === null ? <MergeCandidates visit={visit} aid={aid} /> : <SideBySide visit={visit} aid={aid} into={into} />}
      </>
    ),
  };
});

const merge = actRoute("/aides/:aide/fusionner", { who: "bizdev", act: "aid.merge" }, async (visit, form) => {
  const aid = await findAid(visit, param(visit, "aide"));
  const into = await findAid(visit, form.text("dans"));
  return performAidAct(visit, aid, form, {
    kind: "merge",
    asked: { into: nameOf(into) },
    note: form.text("note"),
    done: "L’aide est fusionnée.",
    decide: (each, curator) => decideMerge(each, into, curator),
  });
});

function SideBySide({ visit, aid, into }: { readonly visit: Visit; readonly aid: CuratedAid; readonly into: CuratedAid }): Child {
  const fields = formSections.flatMap((part) => part.fields);
  const values = fields.map((field) => ({ field, own: shownValue(aid, field), others: shownValue(into, field) }));
  const differing = values.filter(({ field, own, others }) => !sameValue(field, own, others));
  const alike = values.filter(({ field, own, others }) => !isEmptyValue(own) && sameValue(field, own, others));
  return (
    <>
      <h2>
        Dans{" "}
        <a href={aidPath(into.aidId)}>
          <AidName aid={into} />
        </a>{" "}
        ({nameOf(into)})
      </h2>
      {differing.map(({ field, own, others }) => (
        <section class="fr-mb-3w">
          <h3 class="fr-h6 fr-mb-1w">{capitalize(fieldName(field))}</h3>
          <Difference
            field={field}
            before={own}
            after={others}
            titles={["Celle qui part", "Celle qui reste"]}
            language={into.imported.language}
          />
        </section>
      ))}
      {alike.length > 0 && <p class="moisson-mention">{french`Identiques : ${alike.map(({ field }) => fieldName(field)).join(", ")}.`}</p>}
      <ActForm action={`/aides/${aid.aidId}/fusionner`} csrf={visit.csrf} class="moisson-narrow">
        <input type="hidden" name="dans" value={into.aidId} />
        <input type="hidden" name="revision" value={String(aid.revision)} />
        <TextField name="note" label="Pourquoi" hint="Gardé dans l’histoire de l’aide." maxlength={1000} required={false} />
        <SubmitOrLeave label="Fusionner dans cette aide" leaveLabel="En choisir une autre" leaveHref={`/aides/${aid.aidId}/fusionner`} />
      </ActForm>
    </>
  );
}

/** Merge one aid into another. */
export const mergeAidRoutes: readonly Route[] = [choose, merge];

const maxResults = 20;

/** Renders the aids into which `aid` can be merged: likely duplicates, and the results of a search. */
async function MergeCandidates({ visit, aid }: { readonly visit: Visit; readonly aid: CuratedAid }): Promise<Child> {
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
            <Table
              caption={french`Aides qui répondent à « ${query} »`}
              head={["Aide", "Connecteur", "Organismes"]}
              rows={found.map((other) => [
                <a href={mergeHref(other.aidId)}>
                  <span class="fr-sr-only">Comparer avec </span>
                  <AidTitle visit={visit} connector={other.connector} title={other.title} />
                </a>,
                <ConnectorName visit={visit} connector={other.connector} />,
                other.organisations.slice(0, 3).join(", "),
              ])}
            />
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

type Candidate = Pick<ListedAid, "aidId" | "title" | "connector" | "organisations">;

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
            {french` – ${nameOf(aid.connector)}, sûr à ${Math.round(match.certainty * 100)} % : ${match.reasons.map((one) => matchReasonNames[one]).join(", ")}`}
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
