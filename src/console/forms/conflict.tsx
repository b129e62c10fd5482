import type { Child } from "hono/jsx";
import { french } from "../../french/typography.ts";
import { Alert } from "../parts/alert.tsx";

/** A field that two people changed: its label and the other person's value. */
export interface FieldConflict {
  readonly label: string;
  readonly theirs: Child;
}

/** The alert above a form if somebody else has saved first. Shows their name, and their values of the conflicting fields. */
export function ConflictAlert({ who, conflicts }: { readonly who: string; readonly conflicts: readonly FieldConflict[] }): Child {
  return (
    <Alert kind="warning" title={french`${who} a enregistré pendant que vous écriviez`} isAnnounced level={2}>
      <p>
        {french`Rien de votre saisie n'a été enregistré, et rien n'en est perdu : elle est dans le formulaire, avec ce qui a changé ailleurs. Relisez, puis enregistrez à nouveau.`}
      </p>
      {conflicts.length > 0 && (
        <>
          <p>Vous avez tous deux changé ceci. Voici ce qui est enregistré ; votre saisie est dans le formulaire.</p>
          <dl>
            {conflicts.map(({ label, theirs }) => (
              <>
                <dt>
                  <strong>{label}</strong>
                </dt>
                <dd>{theirs}</dd>
              </>
            ))}
          </dl>
        </>
      )}
    </Alert>
  );
}
