import type { Child } from "hono/jsx";
import type { ExplainedField } from "../../../curation/explain-fields.ts";
import { fieldName } from "../../../french/fields.ts";
import { capitalize, counted, french } from "../../../french/typography.ts";
import type { AidField } from "../../../model/aid/aid.ts";
import { sameValue } from "../../../model/aid/same-value.ts";
import { isUnconfirmed } from "../../../model/aid/suggested-edit.ts";
import { nameOfConnector } from "../../../registry/connector-names.ts";
import { formSections } from "../../curation/field-controls.ts";
import { Badge } from "../../parts/badge.tsx";
import { Difference } from "../../parts/diff.tsx";
import { FieldValue } from "../../parts/field-value.tsx";
import { ActButton } from "../../parts/form-controls.tsx";
import { Evidence, SuggestionNote } from "../../parts/suggestion.tsx";
import { mayCurate, type Visit } from "../../visit.ts";
import { Origin, originOf, usualOrigin } from "./field-origin.tsx";
import { type AidView, isEmptyField } from "./read-aid-view.ts";

/**
 * Renders every field of the aid: the value shown and the publisher's value. Empty fields are collapsed. The origin that most fields share
 * is above them, the others are below their values.
 */
export function AidFields({ visit, view }: { readonly visit: Visit; readonly view: AidView }): Child {
  const accountOf = new Map(view.accounts.map((account) => [account.field, account]));
  const empty = view.accounts.filter(isEmptyField);
  const suggested = empty.filter(({ field }) => view.suggestions.has(field));
  const others = empty.filter(({ field }) => !view.suggestions.has(field));
  const usual = usualOrigin(view.accounts.filter((account) => !isEmptyField(account)));
  return (
    <section>
      <h2>Les champs</h2>
      {view.aid.status !== "published" && (
        <p class="moisson-mention">
          {french`Tant que l'aide n'est pas publiée, ses champs suivent le flux, sauf ceux qu'une personne a corrigés ; ce qui est dit de chacun vaut ensuite.`}
        </p>
      )}
      {usual !== null && (
        <p class="moisson-mention">
          {french`Origine des champs, sauf mention contraire. `}
          <Origin account={usual} />
        </p>
      )}
      <div class="moisson-parts">
        {formSections.map(({ title, fields, isRare }) => {
          const filled = fields.flatMap((field) => accountOf.get(field) ?? []).filter((account) => !isEmptyField(account));
          if (filled.length === 0) return null;
          return (
            <details class="moisson-form-part" open={!isRare}>
              <summary>
                <h3>{title}</h3>
              </summary>
              {filled.map((account) => (
                <AidFieldDetails
                  visit={visit}
                  view={view}
                  account={account}
                  hasUsualOrigin={usual !== null && originOf(usual) === originOf(account)}
                />
              ))}
            </details>
          );
        })}
      </div>
      {suggested.length > 0 && (
        <section class="fr-mb-4w" id="suggestions">
          <h3 class="fr-h5 fr-mb-1w">
            {counted(suggested.length, "champ vide, avec une suggestion", "champs vides, avec une suggestion")}
          </h3>
          {suggested.map(({ field }) => (
            <SuggestedField visit={visit} view={view} field={field} />
          ))}
        </section>
      )}
      {others.length > 0 && (
        <details class="fr-mb-4w">
          <summary>
            {suggested.length === 0
              ? counted(others.length, "champ vide", "champs vides")
              : counted(others.length, "autre champ vide", "autres champs vides")}
          </summary>
          <ul class="fr-mt-1w">
            {others.map(({ field }) => (
              <li>{capitalize(fieldName(field))}</li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

function SuggestedField({ visit, view, field }: { readonly visit: Visit; readonly view: AidView; readonly field: AidField }): Child {
  const suggestion = view.suggestions.get(field);
  if (suggestion === undefined) return null;
  return (
    <section class="moisson-field" id={`champ-${field}`}>
      <h4 class="fr-text--md fr-mb-1v">{capitalize(fieldName(field))}</h4>
      <SuggestionNote
        suggestion={suggestion}
        act={mayCurate(visit) && <AcceptButton visit={visit} view={view} field={field} label="Accepter cette suggestion" />}
      />
    </section>
  );
}

/** Accepts the suggestion for a field, or confirms the value of a standing decision. */
function AcceptButton(given: { readonly visit: Visit; readonly view: AidView; readonly field: AidField; readonly label: string }): Child {
  const { visit, view, field, label } = given;
  return (
    <ActButton
      action={`/aides/${view.aid.aidId}/suggestion`}
      csrf={visit.csrf}
      label={label}
      about={`pour le champ ${fieldName(field)}`}
      kind="tertiary"
      fields={{ champ: field, revision: String(view.aid.revision) }}
    />
  );
}

/** Longer texts are cut, unless the URL asks for the whole field. */
const maxTextLength = 20_000;

/** Renders a field: the value shown, the publisher's value if it differs, and their origin. */
function AidFieldDetails(given: {
  readonly visit: Visit;
  readonly view: AidView;
  readonly account: ExplainedField;
  readonly hasUsualOrigin: boolean;
}): Child {
  const { visit, view, account, hasUsualOrigin } = given;
  const { field, shown, publisher, edit } = account;
  const { aid } = view;
  const isPublisherValue = sameValue(field, shown, publisher);
  const isCut = isLong(shown) || isLong(publisher);
  const isWhole = visit.query.get("entier") === field;
  const name = fieldName(field);
  return (
    <section class="moisson-field" id={`champ-${field}`}>
      <h4 class="fr-text--md fr-mb-1v">{capitalize(name)}</h4>
      {edit?.suggestion !== undefined && (
        <div class="moisson-suggestion">
          <p class="fr-mb-1v">
            <Badge tone={edit.suggestion.confirmed ? "info" : "warning"} label="rempli par Moisson" />{" "}
            {edit.suggestion.confirmed ? "" : "Personne ne l’a encore vérifié sur cette aide."}
          </p>
          <Evidence field={field} evidence={edit.suggestion.evidence} />
        </div>
      )}
      {isPublisherValue ? (
        <FieldValue field={field} value={shown} isShort={isCut && !isWhole} language={aid.imported.language} />
      ) : (
        <Difference
          field={field}
          before={publisher}
          after={shown}
          titles={["Le producteur dit", "Le catalogue montre"]}
          isWhole={isWhole}
          language={aid.imported.language}
        />
      )}
      {isCut && !isWhole && (
        <p class="fr-mb-1v">
          <a href={`/aides/${aid.aidId}?entier=${field}#champ-${field}`}>
            Lire en entier<span class="fr-sr-only"> : {name}</span>
          </a>
        </p>
      )}
      {!hasUsualOrigin && (
        <p class="moisson-mention fr-mb-0">
          <Origin account={account} />
        </p>
      )}
      <OtherSources visit={visit} view={view} account={account} />
      {edit !== null && mayCurate(visit) && aid.status !== "merged" && aid.status !== "deleted" && (
        <div class="fr-mt-1w moisson-no-print">
          {isUnconfirmed(edit.suggestion) && <AcceptButton visit={visit} view={view} field={field} label="Confirmer cette valeur" />}
          <ActButton
            action={`/aides/${aid.aidId}/reprendre`}
            csrf={visit.csrf}
            label="Revenir à la valeur du producteur"
            about={`pour le champ ${name}`}
            kind="tertiary"
            fields={{ champ: field, revision: String(aid.revision) }}
          />
        </div>
      )}
    </section>
  );
}

/** Renders the values of the aid's other sources, which a curator can choose. */
async function OtherSources(given: { readonly visit: Visit; readonly view: AidView; readonly account: ExplainedField }): Promise<Child> {
  const { visit, view, account } = given;
  const connectors = await visit.console.jobs.connectors();
  const { field, source, isBorrowed, isChosen, others } = account;
  const { aid } = view;
  if (others.length === 0 && !isChosen && !isBorrowed) return null;
  const mayChoose = mayCurate(visit) && aid.status !== "merged" && aid.status !== "deleted";
  const button = (label: string, connector: string) =>
    mayChoose && (
      <ActButton
        action={`/aides/${aid.aidId}/source`}
        csrf={visit.csrf}
        label={label}
        about={`pour le champ ${fieldName(field)}`}
        kind="tertiary"
        fields={{ champ: field, connecteur: connector, revision: String(aid.revision) }}
      />
    );
  return (
    <div class="fr-mt-1w">
      <p class="moisson-mention fr-mb-0">{french`Valeur de ${nameOfConnector(connectors, source)}${isChosen ? ", source choisie par une personne" : ""}.`}</p>
      {isChosen && button("Revenir à l’ordre des sources", "")}
      {others.map(({ connector, value }) => (
        <div class="fr-mt-1w">
          <p class="fr-mb-0">{french`Selon ${nameOfConnector(connectors, connector)} :`}</p>
          <FieldValue field={field} value={value} isShort={isLong(value)} language={aid.imported.language} />
          {button(french`Suivre ${nameOfConnector(connectors, connector)}`, connector)}
        </div>
      ))}
    </div>
  );
}

function isLong(value: unknown): boolean {
  return typeof value === "string" && value.length > maxTextLength;
}
