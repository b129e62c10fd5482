import type { Child } from "hono/jsx";
import type { Catalogue } from "../../../catalogue/open-catalogue.ts";
import type { ShownChange } from "../../../catalogue/plans/plan-page-repository.ts";
import type { KindCounts, PlanRecord } from "../../../catalogue/plans/plan-reader.ts";
import { changeKindName } from "../../../french/plans.ts";
import { counted, french } from "../../../french/typography.ts";
import { changeKinds } from "../../../model/plan/plan.ts";
import { fieldChoices } from "../../curation/field-controls.ts";
import { Pager } from "../../lists/pager.tsx";
import { Checkbox } from "../../parts/checkbox.tsx";
import { Filters } from "../../parts/filters.tsx";
import { Select, TextField } from "../../parts/form-controls.tsx";
import { formatNumber } from "../../parts/table.tsx";
import { ChangeCard, ChangeTitle } from "./change-card.tsx";
import { type Chosen, fieldsOf, filterOf, indexTitles, isAll, queryOf } from "./change-filter.ts";
import { isOpen } from "./plan-state.tsx";
import { totalOf } from "./read-plan.ts";

const changesPerPage = 15;
/** Changes that match a filter are counted up to here: nobody reads that many. */
const maxCounted = 10_000;

/** Renders a page of the changes that match the filter. `all`: number of changes by kind; `mayDecide`: adds controls to apply changes. */
export async function ChangeList(given: {
  readonly catalogue: Catalogue;
  readonly plan: PlanRecord;
  readonly chosen: Chosen;
  readonly page: number;
  readonly all: KindCounts;
  readonly mayDecide: boolean;
}): Promise<Child> {
  const { catalogue, plan, chosen, all, mayDecide } = given;
  const { changes, count, page, pages } = await read(catalogue, plan, chosen, all, given.page);
  const offset = (page - 1) * changesPerPage;
  const path = `/plans/${plan.planId}`;
  const isFiltered = !isAll(chosen);
  return (
    <section aria-labelledby="changements">
      <h2 id="changements">Changements</h2>
      <ChangeFilters path={path} chosen={chosen} all={all} isPart={plan.state === "part-applied"} />
      {count === 0 ? (
        <p>{isFiltered ? "Aucun changement ne répond à ce filtre." : "Ce plan ne change aucune aide."}</p>
      ) : (
        <>
          <p>
            {count > maxCounted && isFiltered ? french`Plus de ${maxCounted} changements` : counted(count, "changement")}
            {pages > 1 && `, ${formatNumber(offset + 1)} à ${formatNumber(offset + changes.length)} ici`}
            {isFiltered && " (filtrés)"}.
          </p>
          <Changes plan={plan} chosen={chosen} changes={changes} mayDecide={mayDecide && isOpen(plan)} />
          <Pager path={path} page={page} pages={pages} query={(more) => `${queryOf(chosen, more)}#changements`} />
        </>
      )}
    </section>
  );
}

/**
 * Reads a page of changes, or page 1 if the requested page is empty. The count is exact for the whole plan and for one kind; for other
 * filters it stops after `maxCounted`.
 */
async function read(catalogue: Catalogue, { planId }: PlanRecord, chosen: Chosen, all: KindCounts, requestedPage: number) {
  const { kind, words } = chosen;
  const known = isAll({ ...chosen, kind: null }) ? (kind === null ? totalOf(all) : (all[kind] ?? 0)) : null;
  if (words !== "") await indexTitles(catalogue);
  const readPage = async (page: number) => {
    const place = { limit: changesPerPage, offset: (page - 1) * changesPerPage };
    const { changes, count } = await catalogue.planPages.changes(
      planId,
      filterOf(chosen),
      place,
      known === null ? maxCounted + 1 : place.offset + changesPerPage,
    );
    return { changes, count: known ?? count, page };
  };
  const last = pagesOf(known ?? maxCounted);
  const found = await readPage(Math.min(requestedPage, last));
  const shown = found.changes.length === 0 && found.page > 1 ? await readPage(1) : found;
  return { ...shown, pages: pagesOf(Math.min(shown.count, known ?? maxCounted)) };
}

function pagesOf(count: number): number {
  return Math.max(1, Math.ceil(count / changesPerPage));
}

function Changes(given: {
  readonly plan: PlanRecord;
  readonly chosen: Chosen;
  readonly changes: readonly ShownChange[];
  readonly mayDecide: boolean;
}): Child {
  const { plan, chosen, changes, mayDecide } = given;
  const apply = `/plans/${plan.planId}/appliquer`;
  const ofAid = { ...chosen, words: "", isLeft: null };
  // After a part was applied, the remaining changes can be discarded.
  const isPart = plan.state === "part-applied" || (plan.state === "discarded" && plan.appliedAt !== null);
  const list = (
    <ol class="fr-raw-list">
      {changes.map((change) => {
        const isLeft = mayDecide && !change.isDone;
        const act = isLeft && (
          <a class="fr-link fr-link--sm" href={`${apply}?${queryOf({ ...ofAid, kind: null, aids: [change.aidId] })}`}>
            Appliquer
            <span class="fr-sr-only">
              {" le changement de "}
              <ChangeTitle change={change} />
            </span>
            …
          </a>
        );
        return (
          <ChangeCard change={change} only={chosen.field} isPartPlan={isPart} isClosed={!isOpen(plan)} box={isLeft} act={act || null} />
        );
      })}
    </ol>
  );
  if (!mayDecide || changes.every(({ isDone }) => isDone)) return list;
  return (
    <form method="get" action={apply}>
      <input type="hidden" name="coches" value="oui" />
      {fieldsOf({ ...ofAid, aids: [] }).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      <div class="moisson-change__bar">
        <Checkbox id="toutes" ticks="aide">
          Cocher toutes les aides de cette page
        </Checkbox>
        <button type="submit" class="fr-btn fr-btn--sm fr-btn--secondary">
          Appliquer aux aides cochées…
        </button>
        {!isAll(chosen) && (
          <a class="fr-btn fr-btn--sm fr-btn--tertiary" href={`${apply}?${queryOf({ ...chosen, isLeft: null })}`}>
            Appliquer tout ce que montre le filtre…
          </a>
        )}
      </div>
      {list}
    </form>
  );
}

/** Renders the filter form. `all`: number of changes by kind. */
function ChangeFilters(given: {
  readonly path: string;
  readonly chosen: Chosen;
  readonly all: KindCounts;
  readonly isPart: boolean;
}): Child {
  const { path, chosen, all, isPart } = given;
  const kinds = changeKinds.filter((kind) => (all[kind] ?? 0) > 0 || kind === chosen.kind);
  return (
    <Filters
      action={`${path}#changements`}
      all={`${path}#changements`}
      inUse={fieldsOf(chosen).length}
      title="Filtrer les changements"
      level={3}
    >
      <div class="moisson-filters__row">
        <Select
          name="genre"
          label="Genre"
          empty="Tous"
          value={chosen.kind ?? ""}
          choices={kinds.map((kind) => ({ value: kind, label: `${changeKindName(kind)} (${formatNumber(all[kind] ?? 0)})` }))}
        />
        <Select name="champ" label="Champ" empty="Tous" value={chosen.field ?? ""} choices={fieldChoices()} />
        <TextField name="q" label="Titre ou identifiant de l’aide" type="search" value={chosen.words} maxlength={300} />
        {isPart && (
          <Select
            name="reste"
            label="Où il en est"
            empty="Tous"
            value={chosen.isLeft === null ? "" : chosen.isLeft ? "a-faire" : "fait"}
            choices={[
              { value: "a-faire", label: "à décider" },
              { value: "fait", label: "appliqués" },
            ]}
          />
        )}
        <div class="moisson-filters__button">
          <button type="submit" class="fr-btn fr-btn--secondary">
            Filtrer
          </button>
        </div>
      </div>
    </Filters>
  );
}
