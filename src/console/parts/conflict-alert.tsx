import type { Child } from "hono/jsx";
import { french } from "../../french/typography.ts";
import { Alert } from "./alert.tsx";

/** Something that two persons wrote: what it is called, and what the other one wrote. */
export interface FieldConflict {
  readonly label: string;
  readonly theirs: Child;
}

/** Above a form that is given again because somebody saved meanwhile: who, and what they wrote where both did. What was typed is in the form. */
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
