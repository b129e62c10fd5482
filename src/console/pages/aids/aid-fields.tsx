import type { Child } from "hono/jsx";
import type { ExplainedField } from "../../../curation/explain-fields.ts";
import { frenchDayOf } from "../../../french/dates.ts";
import { fieldName } from "../../../french/fields.ts";
import { ruleNames } from "../../../french/suggestions.ts";
import { capitalize, counted, french } from "../../../french/typography.ts";
import type { AidField } from "../../../model/aid/aid.ts";
import type { FieldPolicy } from "../../../model/aid/field-policy.ts";
import { sameValue } from "../../../model/aid/same-value.ts";
import { isUnconfirmed } from "../../../model/aid/suggested-edit.ts";
import { nameOfConnector } from "../../../registry/connector-names.ts";
import { formSections } from "../../curation/field-controls.ts";
import { Badge } from "../../parts/badge.tsx";
import { Difference } from "../../parts/diff.tsx";
import { FieldValue } from "../../parts/field-value.tsx";
import { ActButton } from "../../parts/form-controls.tsx";
import { List } from "../../parts/list.tsx";
import { Evidence, SuggestionNote } from "../../parts/suggestion.tsx";
import { mayCurate, type Visit } from "../../visit.ts";
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
          <List class="fr-mt-1w" items={others.map(({ field }) => capitalize(fieldName(field)))} />
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

/** Renders the origin of a value, and what happens when the publisher changes it. */
function Origin({ account }: { readonly account: ExplainedField }): Child {
  const { broughtBy, policy } = account;
  return (
    <>
      {valueOriginMessage(account)}
      {broughtBy?.runId != null && (
        <>
          {" "}
          <a href={`/collectes/${broughtBy.runId}`}>{`collecte du ${frenchDayOf(broughtBy.at)}`}</a>
        </>
      )}
      {french` · ${capitalize(policies[policy])}.`}
    </>
  );
}

/** Returns a field with the origin that most fields share, or null if no two fields share one. */
function usualOrigin(accounts: readonly ExplainedField[]): ExplainedField | null {
  const sharing = (account: ExplainedField) => accounts.filter((other) => originOf(other) === originOf(account)).length;
  const [most] = accounts.filter((account) => sharing(account) > 1).sort((a, b) => sharing(b) - sharing(a));
  return most ?? null;
}

/** Returns a text that is equal for two fields if `Origin` renders the same. */
function originOf(account: ExplainedField): string {
  return [valueOriginMessage(account), account.broughtBy?.runId, account.policy].join("\n");
}

/** Returns the origin of the shown value and of the publisher's value. A link to the run can follow. */
function valueOriginMessage({ from, edit, keptSince, proposal, broughtBy }: ExplainedField): string {
  const waits = proposal === null ? "" : french` Le changement du producteur attend une réponse depuis le ${frenchDayOf(proposal.at)}.`;
  const source =
    broughtBy === null
      ? ""
      : broughtBy.isUndo
        ? french` Valeur du producteur, rendue par une annulation :`
        : french` Valeur du producteur :`;
  const publishersOrigin = broughtBy === null ? " Le producteur n’en a jamais rien dit." : broughtBy.runId === null ? "" : source;
  if (edit?.suggestion !== undefined) {
    const accepted = edit.suggestion.confirmed ? "acceptée" : "acceptée pour plusieurs aides";
    return french`Suggestion de Moisson (${ruleNames[edit.suggestion.rule]}), ${accepted} par ${edit.by}, le ${frenchDayOf(edit.at)}${edit.note === null ? "" : french` (« ${edit.note} »)`}.${waits}${publishersOrigin}`;
  }
  if (edit !== null)
    return french`Correction de ${edit.by}, le ${frenchDayOf(edit.at)}${edit.note === null ? "" : french` (« ${edit.note} »)`}.${waits}${publishersOrigin}`;
  if (from === "kept")
    return french`Valeur précédente du producteur, gardée${keptSince === null ? "" : french` depuis le ${frenchDayOf(keptSince)}`}.${waits}${publishersOrigin}`;
  if (broughtBy?.runId == null) return "Du producteur.";
  return broughtBy.isUndo ? french`Du producteur, rendue par une annulation :` : french`Du producteur :`;
}

/** What happens when the publisher changes a field of a published aid. */
const policies: Readonly<Record<FieldPolicy, string>> = {
  publisher: "suit le producteur",
  review: "les changements du producteur sont relus",
  curator: "les changements du producteur ne sont pas repris",
  fill: "le producteur ne remplit que s’il est vide",
};
