import type { Child } from "hono/jsx";
import { fieldName, fieldNameOrKey } from "../../../../french/fields.ts";
import { issueMessage } from "../../../../french/issues.ts";
import { excludedReasonMessage } from "../../../../french/rules.ts";
import { capitalize, french, joinedWithAnd, sentence } from "../../../../french/typography.ts";
import type { Connector } from "../../../../kit/definition.ts";
import { type AidContent, aidFields } from "../../../../model/aid/aid.ts";
import { canonicalJson } from "../../../../model/text/canonical.ts";
import type { EditedRecord } from "../../../../survey/sample/edit-request.ts";
import { Quoting } from "../../../parts/aid-text.tsx";
import { List } from "../../../parts/list.tsx";
import { PreviewFiche } from "../../../parts/preview-fiche.tsx";
import { truncate } from "../../../parts/time.ts";

/** The aid of one record, as a local authority will see it. Without an aid, the reason. */
export function ResultPanel(given: {
  readonly record: EditedRecord | null;
  readonly keepWhen: Connector["keepWhen"];
  /** Number of records in the table. */
  readonly of: number;
  recordHref(number: number): string;
}): Child {
  const { record, keepWhen, of, recordHref } = given;
  if (record === null) return <p>Ce fichier ne contient aucun enregistrement.</p>;
  const { number } = record;
  return (
    <section id="resultat" aria-labelledby="resultat-titre">
      <h3 id="resultat-titre" class="moisson-editor__title">
        Ce que verra une collectivité
      </h3>
      <nav class="moisson-result__steps" aria-label="Enregistrement montré">
        <StepLink id="fiche-precedente" label="Précédente" href={number > 0 ? recordHref(number - 1) : null} />
        <span>{`Ligne ${number + 1} sur ${of}`}</span>
        <StepLink id="fiche-suivante" label="Suivante" href={number + 1 < of ? recordHref(number + 1) : null} />
      </nav>
      <Outcome record={record} keepWhen={keepWhen} />
    </section>
  );
}

const maxIssues = 5;

function Outcome({ record, keepWhen }: { readonly record: EditedRecord; readonly keepWhen: Connector["keepWhen"] }): Child {
  const { before, after, missing, isPermanent, issues, skipped, rejected } = record;
  if (after !== null)
    return (
      <>
        {issues.length > 0 && (
          <>
            <p class="fr-mb-0">Mal lu dans cet enregistrement :</p>
            <ul>
              {issues.slice(0, maxIssues).map(({ code, params, field, value }) => (
                <li>
                  {field !== null && `${capitalize(fieldNameOrKey(field))} : `}
                  {issueMessage(code, params)}
                  {value !== null && value !== undefined && <Quoting text={french` (« ${truncate(String(value), 100)} »)`} />}
                </li>
              ))}
            </ul>
          </>
        )}
        {before === null ? <p class="fr-badge fr-badge--new">Nouvelle aide</p> : <ChangedFields before={before} after={after} />}
        <PreviewFiche aid={{ content: after, missing, isPermanent }} {...(before !== null && { before })} />
      </>
    );
  if (skipped !== null)
    return <p>{french`Cet enregistrement est laissé de côté : ${sentence(excludedReasonMessage(skipped, keepWhen))}`}</p>;
  return (
    <>
      <p>Cet enregistrement ne donne pas d’aide :</p>
      <List items={rejected.map(({ code, params }) => sentence(issueMessage(code, params)))} />
    </>
  );
}

/** Names the changed fields, because they may be far below. */
function ChangedFields({ before, after }: { readonly before: AidContent; readonly after: AidContent }): Child {
  const changed = aidFields.filter((field) => canonicalJson(before[field] ?? null) !== canonicalJson(after[field] ?? null));
  if (changed.length === 0) return null;
  return <p class="fr-mb-1w">{french`Vos choix changent ici : ${joinedWithAnd(changed.map(fieldName))}.`}</p>;
}

/** A link that looks like a button; without an address it is disabled. */
export function StepLink(given: {
  readonly id: string;
  readonly label: string;
  readonly href: string | null;
  readonly keys?: string;
}): Child {
  const { id, label, href, keys } = given;
  const classes = "fr-btn fr-btn--sm fr-btn--tertiary";
  if (href === null)
    return (
      <a class={classes} role="link" aria-disabled="true">
        {label}
      </a>
    );
  return (
    <a id={id} class={classes} href={href} aria-keyshortcuts={keys}>
      {label}
    </a>
  );
}
