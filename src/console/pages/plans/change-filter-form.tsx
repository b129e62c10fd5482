import type { Child } from "hono/jsx";
import type { KindCounts } from "../../../catalogue/plans/plan-reader.ts";
import { changeKindName } from "../../../french/changes.ts";
import { fieldName } from "../../../french/fields.ts";
import { aidFields } from "../../../model/aid/aid.ts";
import { changeKinds } from "../../../model/plan/plan.ts";
import { Select, TextField } from "../../parts/form.tsx";
import { formatNumber } from "../../parts/table.tsx";
import { type Chosen, isAll } from "./change-filter.ts";

/** What the changes of a plan are chosen by; it stands in the address. `all`: how many there are by kind. */
export function ChangeFilters({
  path,
  chosen,
  all,
  isPart,
}: {
  readonly path: string;
  readonly chosen: Chosen;
  readonly all: KindCounts;
  readonly isPart: boolean;
}): Child {
  const kinds = changeKinds.filter((kind) => (all[kind] ?? 0) > 0 || kind === chosen.kind);
  return (
    <form method="get" action={`${path}#changements`} class="moisson-filters">
      <h3 class="fr-sr-only">Filtrer les changements</h3>
      <div class="moisson-filters__row">
        <Select
          name="genre"
          label="Genre"
          empty="Tous"
          value={chosen.kind ?? ""}
          choices={kinds.map((kind) => ({ value: kind, label: `${changeKindName(kind)} (${formatNumber(all[kind] ?? 0)})` }))}
        />
        <Select
          name="champ"
          label="Champ"
          empty="Tous"
          value={chosen.field ?? ""}
          choices={aidFields.map((field) => ({ value: field, label: fieldName(field) }))}
        />
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
      {!isAll(chosen) && (
        <a class="fr-link" href={`${path}#changements`}>
          Tout afficher
        </a>
      )}
    </form>
  );
}
