import type { Child } from "hono/jsx";
import type { CuratedAid } from "../../../catalogue/aids/aid-repository.ts";
import type { Catalogue } from "../../../catalogue/open-catalogue.ts";
import { fieldOfChange } from "../../../curation/decide-answer.ts";
import { changeTitle } from "../../../french/change-shapes.ts";
import { counted, french, joinedWithAnd } from "../../../french/typography.ts";
import type { AidField } from "../../../model/aid/aid.ts";
import { holdsHtml } from "../../../model/aid/field-table.ts";
import { sameValue } from "../../../model/aid/same-value.ts";
import { shownValue } from "../../../model/aid/shown-value.ts";
import { changeShape } from "../../../model/compare/change-shape.ts";
import { AidFieldControl } from "../../curation/aid-field-control.tsx";
import { inputName } from "../../curation/read-aid-form.ts";
import { type Typed, typedValue } from "../../curation/typed-value.ts";
import { ConnectorLink } from "../../lists/connector-column.tsx";
import { AidName } from "../../parts/aid-text.tsx";
import { Alert, Problems } from "../../parts/alert.tsx";
import { Checkbox } from "../../parts/checkbox.tsx";
import { FieldValue } from "../../parts/field-value.tsx";
import { CsrfField } from "../../parts/form-controls.tsx";
import { Link } from "../../parts/link.tsx";
import { formatDateTime, formatDay } from "../../parts/time.ts";
import { NotFound, type Page, pageRoute } from "../../route.ts";
import { mayCurate, param, type Visit } from "../../visit.ts";
import { DecisionBar, SkipLink } from "./decision-bar.tsx";
import { ProposedDifference } from "./proposal-answers.tsx";
import { changeFilterOf, type FilteredQueue, queuePath, queueQuery, rankOf, readQueue, reviewPath } from "./queue-address.ts";

const formId = "changement";
/** Number of aids whose names are always visible. */
const sample = 6;

/** The page of a change that several aids have in common: the difference once, the aids, and one answer for all that stay ticked. */
export const changePage = pageRoute("/relecture/changements/:changement", "read", async (visit) =>
  changePageOf(visit, await readChange(visit, { ...readQueue(visit.query), queue: "proposals" }), {
    isEdited: visit.query.has("modifier"),
  }),
);

/** A form with a mistake, to show it again. */
interface SentEdit {
  readonly isEdited: boolean;
  readonly typed?: Typed;
  readonly problem?: string;
}

/** Renders the page of a change. After a refused form, it shows the typed values (422). */
export function changePageOf(visit: Visit, review: ChangeReview, sent: SentEdit): Page {
  const { field, shape, requested } = review;
  const title = shape === null ? "Changement déjà traité" : changeTitle(field, shape);
  return {
    title,
    breadcrumb: [
      { title: "Relecture", href: "/relecture" },
      { title: "Propositions", href: queuePath(requested) },
    ],
    menuPath: "/relecture",
    ...(sent.problem !== undefined && { status: 422 as const }),
    content: (
      <>
        <h1 class="fr-h3 fr-mb-1w">{title}</h1>
        {sent.problem !== undefined && <Problems problems={{ [inputName(field)]: sent.problem }} />}
        {shape === null ? <Answered review={review} /> : <ChangeContent review={review} visit={visit} sent={sent} />}
        <ChangeBar review={review} visit={visit} sent={sent} />
      </>
    ),
  };
}

function ChangeContent({ review, visit, sent }: { readonly review: ChangeReview; readonly visit: Visit; readonly sent: SentEdit }): Child {
  const { field, listed } = review;
  const [first] = listed;
  if (first === undefined) return null;
  return (
    <>
      <Head visit={visit} review={review} />
      <div class="fr-grid-row fr-grid-row--gutters">
        <div class="fr-col-12 fr-col-lg-7">
          <p class="moisson-mention fr-mb-1v">
            {"Sur "}
            <a href={reviewPath(first.aidId, review.requested)}>
              <AidName aid={first} />
            </a>
          </p>
          <ProposedDifference aid={first} field={field} />
          {isEditing(review, sent) && <EditForm review={review} visit={visit} sent={sent} />}
        </div>
        <aside class="fr-col-12 fr-col-lg-5" aria-label="Aides concernées">
          <Aids review={review} acts={mayCurate(visit)} />
        </aside>
      </div>
    </>
  );
}

function isEditing({ common }: ChangeReview, { isEdited }: SentEdit): boolean {
  return isEdited && common !== undefined;
}

/** Renders the form that replaces the new value on all ticked aids. */
function EditForm({ review, visit, sent }: { readonly review: ChangeReview; readonly visit: Visit; readonly sent: SentEdit }): Child {
  const { change, field, common, count } = review;
  return (
    <form class="fr-mt-2w" method="post" action={`/relecture/changements/${change}/modifier`} id={formId} data-unsaved="">
      <HiddenFields review={review} visit={visit} />
      <AidFieldControl
        field={field}
        name={inputName(field)}
        typed={sent.typed ?? typedValue(field, common?.value)}
        problem={sent.problem}
        language={review.listed[0]?.imported.language ?? null}
      />
      <button type="submit" class="fr-btn fr-btn--sm fr-mr-2w">
        {french`Enregistrer sur ${counted(count, "aide")}`}
      </button>
      <Link href={reviewPath(change, review.requested)} label="Ne rien modifier" />
    </form>
  );
}

/** `montrees`: the aids with a box, in one field, because a form has a limited number of fields. */
function HiddenFields({ review: { requested, seen, listed }, visit }: { readonly review: ChangeReview; readonly visit: Visit }): Child {
  return (
    <>
      <CsrfField csrf={visit.csrf} />
      <input type="hidden" name="file" value={queueQuery(requested)} />
      <input type="hidden" name="vu" value={String(seen)} />
      <input type="hidden" name="montrees" value={listed.map(({ aidId }) => aidId).join(" ")} />
    </>
  );
}

function Head({ visit, review }: { readonly visit: Visit; readonly review: ChangeReview }): Child {
  const { count, listed, field } = review;
  const deadlines = listed.map((aid) => shownValue(aid, "submissionDeadline") as string | null);
  const nearest = deadlines.find((deadline) => deadline !== null) ?? null;
  const connectors = [...new Set(listed.map(({ connector }) => connector))];
  const edited = [...new Set(listed.flatMap((aid) => aid.edits[field]?.by ?? []))];
  return (
    <p class="fr-mb-2w">
      {french`Le même changement attend sur ${counted(count, "aide")}`}
      {nearest !== null && french`, dont la première clôt le ${formatDay(nearest)}`}
      {" – "}
      {connectors.slice(0, 3).map((connector, place) => (
        <>
          {place > 0 && ", "}
          <ConnectorLink visit={visit} connector={connector} />
        </>
      ))}
      {connectors.length > 3 && french` et ${counted(connectors.length - 3, "autre")}`}
      {edited.length > 0 && french`. Sur certaines, ce qui est affiché est une correction de ${joinedWithAnd(edited)}`}
      {"."}
    </p>
  );
}

/** Renders the aids with a ticked box each. Those that the page does not list are part of the decision too. */
function Aids({ review, acts }: { readonly review: ChangeReview; readonly acts: boolean }): Child {
  const { listed, count } = review;
  const [first, others] = [listed.slice(0, sample), listed.slice(sample)];
  return (
    <>
      <h2 class="fr-h5 fr-mb-1w">{counted(count, "aide concernée", "aides concernées")}</h2>
      {acts && <p class="moisson-mention fr-mb-1w">Décochez celles qui demandent une autre réponse.</p>}
      <AidList aids={first} review={review} acts={acts} />
      {others.length > 0 && (
        <details>
          <summary>{french`Voir ${counted(others.length, "autre")}`}</summary>
          <AidList aids={others} review={review} acts={acts} />
        </details>
      )}
      {count > listed.length && (
        <p class="moisson-mention">{french`Et ${counted(count - listed.length, "autre")}, pour lesquelles la réponse vaut aussi.`}</p>
      )}
    </>
  );
}

function AidList({
  aids,
  review: { field, requested },
  acts,
}: {
  readonly aids: readonly CuratedAid[];
  readonly review: ChangeReview;
  readonly acts: boolean;
}): Child {
  return (
    <ul class="moisson-ticked-aids">
      {aids.map((aid) => (
        <li>
          {acts && (
            <Checkbox id={`aide-${aid.aidId}`} name="aide" value={aid.aidId} form={formId} checked>
              <span class="fr-sr-only">
                {french`Répondre pour « `}
                <AidName aid={aid} />
                {french` »`}
              </span>
            </Checkbox>
          )}
          <div>
            <a href={reviewPath(aid.aidId, requested)}>
              <AidName aid={aid} />
            </a>
            {!holdsHtml(field) && (
              <div class="moisson-mention">
                <FieldValue field={field} value={shownValue(aid, field)} isShort language={aid.imported.language} />
                {" → "}
                <FieldValue field={field} value={aid.imported[field]} isShort language={aid.imported.language} />
              </div>
            )}
          </div>
        </li>
      ))}
    </ul>
  );
}

function ChangeBar({ review, visit, sent }: { readonly review: ChangeReview; readonly visit: Visit; readonly sent: SentEdit }): Child {
  const { change, requested, rank, shape, common, count } = review;
  const path = `/relecture/changements/${change}`;
  const acts = mayCurate(visit) && shape !== null && !isEditing(review, sent);
  return (
    <DecisionBar visit={visit} rank={rank} keys={acts ? keys : []}>
      {acts && (
        <form class="moisson-answer" method="post" action={`${path}/accepter`} id={formId}>
          <HiddenFields review={review} visit={visit} />
          <button type="submit" class="fr-btn fr-btn--sm" data-key="a" data-key-decides="">
            {french`Accepter sur ${counted(count, "aide")}`}
          </button>
          <button type="submit" class="fr-btn fr-btn--secondary fr-btn--sm" formaction={`${path}/refuser`} data-key="x" data-key-decides="">
            Refuser
          </button>
        </form>
      )}
      {acts && common !== undefined && (
        <a class="fr-btn fr-btn--tertiary fr-btn--sm" href={reviewPath(change, requested, { modifier: "1" })} data-key="m">
          Modifier
        </a>
      )}
      <SkipLink href={`/relecture/suivante?${queueQuery(requested, { apres: change })}`} />
    </DecisionBar>
  );
}

const keys = [
  ["a", "accepter sur toutes les aides cochées"],
  ["x", "refuser sur toutes les aides cochées"],
  ["m", "modifier la nouvelle valeur, si elle est partout la même"],
] as const;

function Answered({ review: { answered, requested } }: { readonly review: ChangeReview }): Child {
  return (
    <Alert kind="info" title="Rien n’attend ici" level={2}>
      {answered !== null && (
        <p>
          {answerSentence(answered)} <a href={`/plans/${answered.planId}`}>Voir ce qui a été fait</a>
        </p>
      )}
      <p>
        <a href={queuePath(requested)}>Revenir à la file</a>
      </p>
    </Alert>
  );
}

const answerVerbs: Readonly<Record<string, string>> = { accept: "accepté", refuse: "refusé", edit: "remplacé par une autre valeur" };

/** Returns who decided a change, and when. */
export function answerSentence({ by, act, at, aids }: NonNullable<ChangeReview["answered"]>): string {
  return french`${by} a ${answerVerbs[act] ?? "traité"} ce changement sur ${counted(aids, "aide")}, le ${formatDateTime(at)}.`;
}

/** Maximum number of aids whose names the page lists. A decision concerns the others too. */
const maxListed = 100;

/** Data of the page of a change that several aids have in common. `listed`: the first of these aids, nearest deadline first. */
type ChangeReview = Awaited<ReturnType<typeof readChange>>;

/** Reads a change and its aids. @throws NotFound if there never was such a change */
export async function readChange(visit: Visit, requested: FilteredQueue) {
  const { catalogue } = visit;
  const change = param(visit, "changement");
  const field = fieldOfChange(change);
  const aids = field === null ? [] : await catalogue.changeQueue.aidsWith(change, changeFilterOf(requested, visit));
  const answered = aids.length === 0 ? await catalogue.changeQueue.lastAnswer(change) : null;
  if (field === null || (aids.length === 0 && answered === null))
    throw new NotFound("Aucune aide n’attend avec ce changement : il a peut-être été traité aide par aide.");
  const listed = await aidsInOrder(
    catalogue,
    aids.slice(0, maxListed).map(({ aidId }) => aidId),
  );
  const [first] = listed;
  return {
    change,
    field,
    requested,
    count: aids.length,
    listed,
    // What the change does; null if no aid waits with it.
    shape: first === undefined ? null : changeShape(field, shownValue(first, field), first.imported[field]),
    // In microseconds since 1970. A decision leaves out aids that change later.
    seen: aids.reduce((last, { changedAt }) => Math.max(last, changedAt), 0),
    // The publisher's new value, if it is the same on all aids.
    common: aids.length <= maxListed ? commonValue(field, listed) : undefined,
    rank: first === undefined ? null : await rankOf(visit, requested, change),
    answered,
  };
}

async function aidsInOrder(catalogue: Catalogue, aidIds: readonly string[]): Promise<CuratedAid[]> {
  const found = new Map<string, CuratedAid>();
  for await (const page of catalogue.aids.curated({ aidIds })) for (const aid of page) found.set(aid.aidId, aid);
  return aidIds.flatMap((aidId) => found.get(aidId) ?? []);
}

function commonValue(field: AidField, aids: readonly CuratedAid[]): { readonly value: unknown } | undefined {
  const [first] = aids;
  if (first === undefined) return undefined;
  const value = first.imported[field];
  return aids.every((aid) => sameValue(field, aid.imported[field], value)) ? { value } : undefined;
}
