import type { Child } from "hono/jsx";
import { mayAs } from "../../../model/publisher/role.ts";
import { CsrfField } from "../../parts/form.tsx";
import type { Visit } from "../../visit.ts";
import type { ConnectorRow } from "./read-rows.ts";

/** True for who may run, pause and resume. */
export function isOps({ visitor }: Visit): boolean {
  return visitor?.role != null && mayAs(visitor.role, "ops");
}

/** Buttons of a row of a table that stands in a `RowsForm`: one form for all rows keeps a page of hundreds small. */
export function RunButtons({ row: { id, publisher, definition, pause, missing } }: { readonly row: ConnectorRow }): Child {
  return (
    <>
      {definition !== null && missing === null && <RowButton action={`/connecteurs/${id}/lancer`} label="Lancer" about={publisher} />}
      {pause !== null && <RowButton action={`/connecteurs/${id}/reprendre`} label="Reprendre" about={publisher} />}
      {pause === null && definition?.state === "active" && definition.rhythm === undefined && (
        <RowButton action={`/connecteurs/${id}/pause`} label="Pause" about={publisher} />
      )}
    </>
  );
}

function RowButton({ action, label, about }: { readonly action: string; readonly label: string; readonly about: string }): Child {
  return (
    <button type="submit" formaction={action} class="fr-btn fr-btn--tertiary fr-btn--sm">
      {label}
      <span class="fr-sr-only"> {about}</span>
    </button>
  );
}

/** The form around a table of connectors, for who may act on them. `back`: where they are led after. */
export function RowsForm({ visit, back, children }: { readonly visit: Visit; readonly back: string; readonly children?: Child }): Child {
  if (!isOps(visit)) return <>{children}</>;
  return (
    <form method="post" action={back}>
      <CsrfField csrf={visit.csrf} />
      <input type="hidden" name="retour" value={back} />
      {children}
    </form>
  );
}
