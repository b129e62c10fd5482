import type { Child } from "hono/jsx";
import { Filters } from "../parts/filters.tsx";
import { type Choice, Select, TextField } from "../parts/form-controls.tsx";
import type { Filter, FilterField } from "./list.ts";

/** Options of each drop-down list, by name of the filter. */
export type Choices = ReadonlyMap<string, readonly Choice[]>;

interface FormGiven {
  readonly fields: readonly FilterField[];
  readonly path: string;
  readonly filter: Filter;
  readonly choices: Choices;
}

/** The filter form of a list. Advanced filters are collapsed unless one of them is in use. */
export function FilterForm({ fields, path, filter, choices }: FormGiven): Child {
  const advanced = fields.filter(({ isAdvanced }) => isAdvanced === true);
  const show = (field: FilterField) => <Field field={field} value={filter[field.name]} choices={choices.get(field.name) ?? []} />;
  return (
    <Filters action={path} all={path} inUse={Object.keys(filter).length}>
      <div class="moisson-filters__row">
        {fields.filter((field) => !advanced.includes(field)).map(show)}
        {advanced.length === 0 && <FilterButton />}
      </div>
      {advanced.length > 0 && (
        <>
          <details class="fr-mb-2w" open={advanced.some(({ name }) => filter[name] !== undefined)}>
            <summary class="fr-mb-2w">Plus de filtres</summary>
            <div class="moisson-filters__row">{advanced.map(show)}</div>
          </details>
          <FilterButton />
        </>
      )}
    </Filters>
  );
}

function FilterButton(): Child {
  return (
    <div class="moisson-filters__button fr-mb-2w">
      <button type="submit" class="fr-btn fr-btn--secondary">
        Filtrer
      </button>
    </div>
  );
}

function Field({
  field: { name, label, hint, kind, anyLabel, format },
  value,
  choices,
}: {
  readonly field: FilterField;
  readonly value: string | undefined;
  readonly choices: readonly Choice[];
}): Child {
  if (kind === "choice") return <Select name={name} label={label} hint={hint} choices={choices} value={value} empty={anyLabel ?? "Tous"} />;
  const written = value === undefined || format === undefined ? value : format(value);
  return <TextField name={name} label={label} hint={hint} type={kind === "date" ? "date" : "search"} value={written} maxlength={300} />;
}
