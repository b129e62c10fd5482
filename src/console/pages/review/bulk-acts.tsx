import type { Child } from "hono/jsx";
import type { CuratedAid } from "../../../catalogue/aids/aid-repository.ts";
import type { Catalogue } from "../../../catalogue/open-catalogue.ts";
import { decidePublish, decideReject } from "../../../curation/decide-status.ts";
import type { Curator } from "../../../curation/person-plan.ts";
import type { Verdict } from "../../../curation/persons-change.ts";
import { objectionMessage } from "../../../french/objections.ts";
import { capitalize, counted, french, sentence } from "../../../french/typography.ts";
import { shownValue } from "../../../model/aid/shown-value.ts";
import { titleRule } from "../../../model/aid/title-rule.ts";
import { actOnAids, connectorOfAll, curatorOf } from "../../curation/act-on-aid.ts";
import { lastActOn } from "../../curation/aid-moved.tsx";
import { Alert, Problems } from "../../parts/alert.tsx";
import { ActForm, TextField } from "../../parts/form-controls.tsx";
import { Link } from "../../parts/link.tsx";
import { List } from "../../parts/list.tsx";
import { type ActRoute, actRoute, CannotDo, type Form, type Page } from "../../route.ts";
import type { Visit } from "../../visit.ts";
import { type FilteredQueue, queryOf, queuePath, queueQuery, readQueue } from "./queue-address.ts";
import { QueueForm, type QueueTable } from "./queue-form.tsx";

/**
 * Renders the table of a queue with the actions on ticked new aids. A checkbox carries the revision of its aid, so that an action never
 * applies to an unseen revision. A second page asks for confirmation.
 */
export function BulkForm(given: QueueTable): Child {
  return (
    <QueueForm {...given} action="/relecture/ensemble" ticks="aide">
      <ul class="fr-btns-group fr-btns-group--inline fr-btns-group--sm">
        {(Object.keys(bulkActs) as BulkAct[]).map((act) => (
          <li>
            <button type="submit" class="fr-btn fr-btn--secondary" name="faire" value={act}>
              {bulkActs[act].button}
            </button>
          </li>
        ))}
      </ul>
    </QueueForm>
  );
}

/** An action on several new aids at once. Proposals are answered by change: see `changeActs`. */
type BulkAct = "publish" | "reject";

interface BulkActWords {
  readonly button: string;
  readonly question: (count: number) => string;
  readonly confirm: (count: number) => string;
  readonly done: (count: number) => string;
  readonly decide: (aid: CuratedAid, curator: Curator) => Verdict;
}

/** Bulk actions by name, which is also the name of the plan's action. */
const bulkActs: Readonly<Record<BulkAct, BulkActWords>> = {
  publish: {
    button: "Publier…",
    question: (count) => french`Publier ${counted(count, "aide")} ?`,
    confirm: (count) => french`Publier ${counted(count, "aide")}`,
    done: (count) => counted(count, "aide publiée", "aides publiées"),
    decide: decidePublish,
  },
  reject: {
    button: "Rejeter…",
    question: (count) => french`Rejeter ${counted(count, "aide")} ?`,
    confirm: (count) => french`Rejeter ${counted(count, "aide")}`,
    done: (count) => counted(count, "aide rejetée", "aides rejetées"),
    decide: decideReject,
  },
};

function bulkActNamed(name: string): BulkAct | null {
  return (Object.keys(bulkActs) as BulkAct[]).find((act) => act === name) ?? null;
}

/** Actions on many aids: a preview, then the action. */
export const bulkRoutes: readonly ActRoute[] = [
  actRoute("/relecture/ensemble", { who: "bizdev", act: null }, async (visit, form) => {
    const { act, requested, sorted } = await readBulk(visit, form);
    return page(visit, { act, requested, sorted, problems: {} });
  }),
  actRoute("/relecture/ensemble/faire", { who: "bizdev", act: "review.many" }, doMany),
];

async function doMany(visit: Visit, form: Form) {
  const { act, requested, sorted } = await readBulk(visit, form);
  const { ready, left } = sorted;
  const note = form.text("motif").slice(0, 1000);
  if (act === "reject" && note === "")
    return page(visit, { act, requested, sorted, problems: { motif: "Dites pourquoi ces aides sont rejetées." } });
  if (ready.length === 0) return page(visit, { act, requested, sorted, problems: {} });
  const planned = { connector: connectorOfAll(ready), asked: { act, aids: ready.length }, note };
  const { plan } = await actOnAids(visit, planned, [ready], bulkActs[act].decide);
  if (plan === null) throw new CannotDo("Ces aides ont changé entre-temps : regardez la liste à nouveau.", 409);
  const leftOut = left.length === 0 ? "" : french` ; ${counted(left.length, "laissée de côté", "laissées de côté")}`;
  return {
    message: `${capitalize(bulkActs[act].done(plan.changes))}${leftOut}.`,
    to: queuePath(requested, { fait: plan.planId }),
    subject: null,
    details: { act, plan: plan.planId, aids: plan.changes },
  };
}

async function readBulk(visit: Visit, form: Form) {
  const act = bulkActNamed(form.text("faire"));
  if (act === null) throw new CannotDo("Dites ce qu’il faut faire des aides cochées.");
  const sorted = await sortTicked(visit.catalogue, form.all("aide"), act, curatorOf(visit));
  return { act, requested: readQueue(queryOf(form)), sorted };
}

interface Bulk {
  readonly act: BulkAct;
  readonly requested: FilteredQueue;
  readonly sorted: SortedAids;
  readonly problems: Readonly<Record<string, string>>;
}

function page(visit: Visit, bulk: Bulk): Page {
  const { act, requested, sorted, problems } = bulk;
  const isNothing = sorted.ready.length === 0;
  return {
    title: isNothing ? "Rien à faire" : bulkActs[act].question(sorted.ready.length),
    breadcrumb: [{ title: "Relecture", href: queuePath(requested) }],
    menuPath: "/relecture",
    ...((isNothing || Object.keys(problems).length > 0) && { status: 422 as const }),
    content: <Preview visit={visit} bulk={bulk} />,
  };
}

function Preview({ visit, bulk: { act, requested, sorted, problems } }: { readonly visit: Visit; readonly bulk: Bulk }): Child {
  const { ready, left, cautions, unannounced } = sorted;
  const back = <Link href={queuePath(requested)} label="Revenir à la liste sans rien faire" />;
  return (
    <>
      <h1>{ready.length === 0 ? "Rien à faire" : bulkActs[act].question(ready.length)}</h1>
      <Problems problems={problems} />
      {ready.length + left.length === 0 && <p>Aucune aide n’est cochée.</p>}
      {left.length > 0 && (
        <Alert kind="warning" level={2} title={counted(left.length, "aide sera laissée de côté", "aides seront laissées de côté")}>
          <RemarkList remarks={left} />
          {act === "publish" && <SuggestionLinks left={left} />}
        </Alert>
      )}
      {unannounced.length > 0 && (
        <Alert kind="warning" level={2} title="Lettre de courtoisie à envoyer">
          {unannounced.map((connector) => (
            <p>
              <a href={`/connecteurs/${connector}/courriers`}>
                {sentence(objectionMessage({ code: "no-courtesy-letter", params: { connector } }))}
              </a>
            </p>
          ))}
        </Alert>
      )}
      {cautions.length > 0 && (
        <Alert kind="info" level={2} title="À savoir">
          <RemarkList remarks={cautions} />
        </Alert>
      )}
      {ready.length > 0 && (
        <ActForm action="/relecture/ensemble/faire" csrf={visit.csrf}>
          <input type="hidden" name="faire" value={act} />
          <input type="hidden" name="file" value={queueQuery(requested)} />
          {[...ready, ...left.map(({ aid }) => aid)].map(({ aidId, revision }) => (
            <input type="hidden" name="aide" value={`${aidId}.${revision}`} />
          ))}
          <h2>{counted(ready.length, "aide concernée", "aides concernées")}</h2>
          <List items={ready.map((aid) => <AidLink aid={aid} />)} />
          {act === "reject" && (
            <TextField
              name="motif"
              label="Motif du rejet"
              hint="Il est gardé dans l’histoire de chaque aide."
              required
              maxlength={300}
              problem={problems.motif}
            />
          )}
          <button type="submit" class="fr-btn fr-mb-3w">
            {bulkActs[act].confirm(ready.length)}
          </button>
        </ActForm>
      )}
      <p>{back}</p>
    </>
  );
}

/** Links to the suggestions that may fill what the aids left out lack, by source. */
function SuggestionLinks({ left }: { readonly left: readonly AidRemark[] }): Child {
  const connectors = [...new Set(left.map(({ aid }) => aid.connector))].slice(0, maxConnectors);
  return (
    <p class="fr-mt-1w">
      Remplir plusieurs aides à la fois :{" "}
      {connectors.map((connector, place) => (
        <>
          {place > 0 && ", "}
          <a href={`/connecteurs/${connector}/suggestions`}>{french`suggestions de ${connector}`}</a>
        </>
      ))}
    </p>
  );
}

const maxConnectors = 5;

/** Renders each remark once, with its aids. */
function RemarkList({ remarks }: { readonly remarks: readonly AidRemark[] }): Child {
  const groups = new Map<string, CuratedAid[]>();
  for (const { aid, remark } of remarks) groups.set(remark, [...(groups.get(remark) ?? []), aid]);
  return (
    <ul>
      {[...groups].map(([remark, [first, ...others]]) => (
        <li>
          {first !== undefined && others.length === 0 && (
            <>
              <AidLink aid={first} />
              {french` : ${remark}.`}
            </>
          )}
          {first !== undefined && others.length > 0 && (
            <details>
              <summary>{french`${counted(others.length + 1, "aide")} : ${remark}.`}</summary>
              <List items={[first, ...others].map((aid) => <AidLink aid={aid} />)} />
            </details>
          )}
        </li>
      ))}
    </ul>
  );
}

function AidLink({ aid }: { readonly aid: CuratedAid }): Child {
  return <a href={`/aides/${aid.aidId}`}>{String(shownValue(aid, "name"))}</a>;
}

/** An aid and a remark without capital and full stop, because it follows a colon. */
interface AidRemark {
  readonly aid: CuratedAid;
  readonly remark: string;
}

const maxTicked = 200;

/** The ticked aids: `ready` for the action, or `left` out with a reason. */
type SortedAids = Awaited<ReturnType<typeof sortTicked>>;

/** Sorts the ticked aids. `ticked`: `<aidId>.<revision>`. Skips deleted aids. */
async function sortTicked(catalogue: Catalogue, ticked: readonly string[], act: BulkAct, curator: Curator) {
  const revisions = new Map(ticked.slice(0, maxTicked).flatMap(readTick));
  const ready: CuratedAid[] = [];
  const left: AidRemark[] = [];
  const cautions: AidRemark[] = [];
  for await (const page of catalogue.aids.curated({ aidIds: [...revisions.keys()] })) {
    for (const aid of page) {
      const isMoved = aid.revision !== revisions.get(aid.aidId);
      const decided = isMoved ? { why: await movedMessage(catalogue, aid) } : decide(aid, act, curator);
      if ("why" in decided) left.push({ aid, remark: decided.why });
      else {
        ready.push(aid);
        cautions.push(...decided.cautions.map((remark) => ({ aid, remark })));
      }
    }
  }
  const sites = act === "publish" ? await catalogue.letters.unannouncedSites() : new Set<string>();
  // Connectors that read a site whose publisher has not been sent a courtesy letter.
  const unannounced = [...new Set(ready.map(({ connector }) => connector))].filter((connector) => sites.has(connector));
  return { ready, left, cautions, unannounced };
}

function readTick(tick: string): [string, number][] {
  const [, aidId, revision] = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.(\d{1,9})$/.exec(tick) ?? [];
  return aidId === undefined ? [] : [[aidId, Number(revision)]];
}

async function movedMessage(catalogue: Catalogue, { aidId }: CuratedAid): Promise<string> {
  const last = (await lastActOn(catalogue, aidId)) ?? "inconnu";
  return french`elle a changé depuis que la liste a été affichée (${last}) : regardez-la à nouveau`;
}

function decide(aid: CuratedAid, act: BulkAct, curator: Curator): { why: string } | { cautions: string[] } {
  const verdict = bulkActs[act].decide(aid, curator);
  if ("refused" in verdict) return { why: objectionMessage(verdict.refused) };
  if (aid.status !== "reviewable") return { why: french`elle n'est pas en attente de relecture` };
  const cautions = verdict.cautions.map(objectionMessage);
  if (act !== "publish" || titleRule(String(shownValue(aid, "name"))).beginsWithVerb) return { cautions };
  return { cautions: [...cautions, french`son titre ne commence pas par un verbe à l'infinitif`] };
}
