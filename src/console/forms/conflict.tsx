import type { Child } from "hono/jsx";
import { french } from "../../french/typography.ts";
import { Alert } from "../parts/alert.tsx";

/** A field that two people changed: its label and the other person's value. */
export interface FieldConflict {
  readonly label: string;
  readonly theirs: Child;
}

/** The alert above a form that somebody else saved first: who, and their values of conflicting fields. The form keeps what was typed. */
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

/** The result of merging a form. */
interface MergedForm<Name extends string> {
  /** What was typed, or the saved value of fields that the person did not touch. */
  readonly written: Readonly<Record<Name, string>>;
  /** Fields that both changed, to different values. */
  readonly conflicts: readonly Name[];
}

/** Merges a form with a save made meanwhile. `shown`: the values when the form was opened; null if unknown. Untouched fields take the saved value. */
export function mergeForm<Name extends string>(
  shown: Readonly<Record<Name, string>> | null,
  saved: Readonly<Record<Name, string>>,
  typed: Readonly<Record<Name, string>>,
): MergedForm<Name> {
  const names = Object.keys(typed) as Name[];
  const isTouched = (name: Name) => shown === null || typed[name] !== shown[name];
  const isChanged = (name: Name) => typed[name] !== saved[name] && (shown === null || saved[name] !== shown[name]);
  const written = Object.fromEntries(names.map((name) => [name, (isTouched(name) ? typed : saved)[name]]));
  return { written: written as Record<Name, string>, conflicts: names.filter((name) => isTouched(name) && isChanged(name)) };
}
