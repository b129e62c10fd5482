import type { Child } from "hono/jsx";
import { french } from "../../../french/typography.ts";
import { Checkbox } from "../../parts/checkbox.tsx";
import { CsrfField } from "../../parts/form-controls.tsx";
import { mayCurate, type Visit } from "../../visit.ts";
import { type FilteredQueue, queueQuery } from "./queue-address.ts";

/** The table of a queue, and how many rows it has. */
export interface QueueTable {
  readonly table: Child;
  readonly visit: Visit;
  readonly requested: FilteredQueue;
  readonly rows: number;
}

/** Renders the table of a queue with a form for its ticked rows. `ticks`: name of their checkboxes; `children`: the buttons. */
export function QueueForm(given: QueueTable & { readonly action: string; readonly ticks: string; readonly children: Child }): Child {
  const { table, visit, requested, rows, action, ticks, children } = given;
  if (rows === 0 || !mayCurate(visit)) return table;
  return (
    <form method="post" action={action}>
      <CsrfField csrf={visit.csrf} />
      <input type="hidden" name="file" value={queueQuery(requested)} />
      <div class="moisson-bulk">
        <Checkbox id="tout-cocher" ticks={ticks}>
          Cocher toute la page
        </Checkbox>
        {children}
      </div>
      {table}
    </form>
  );
}

/** Renders the checkbox of a row. */
export function Tick({ id, name, value, title }: Readonly<Record<"id" | "name" | "value", string>> & { readonly title: Child }): Child {
  return (
    <Checkbox id={id} name={name} value={value}>
      <span class="fr-sr-only">
        {french`Cocher « `}
        {title}
        {french` »`}
      </span>
    </Checkbox>
  );
}
