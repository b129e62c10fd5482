import type { Child } from "hono/jsx";
import type { AidSuggestion, FieldSuggestions } from "../../../curation/waiting-suggestions.ts";
import { frenchDayOf } from "../../../french/dates.ts";
import { fieldName } from "../../../french/fields.ts";
import { decisionMessage } from "../../../french/publication.ts";
import { certaintyMessage, evidenceMessage, ruleNames } from "../../../french/suggestions.ts";
import { capitalize, counted, french } from "../../../french/typography.ts";
import type { AidField } from "../../../model/aid/aid.ts";
import type { StandingDecision } from "../../../model/plan/standing-decision.ts";
import { vocabularies } from "../../../model/vocabularies.ts";
import type { ProposedDefault } from "../../../suggest/propose-defaults.ts";
import { AidTitle } from "../../parts/aid-text.tsx";
import { Alert } from "../../parts/alert.tsx";
import { Checkbox } from "../../parts/checkbox.tsx";
import { FieldValue } from "../../parts/field-value.tsx";
import { ActButton, ActForm, Checkboxes, SubmitButton, TextField } from "../../parts/form-controls.tsx";
import { Evidence } from "../../parts/suggestion.tsx";
import { pageRoute } from "../../route.ts";
import { hasRole, mayCurate, type Visit } from "../../visit.ts";
import { connectorRowOf } from "../connectors/connector-rows.ts";
import { readSuggestions, type SuggestionsView } from "./read-suggestions.ts";

/** Fields whose value a person may choose for all aids of a source: a wrong value costs no applicant the aid. */
export const chosenFields = ["mobilizationSteps", "destinations", "aidTypes"] as const;

/** The suggestions for a connector's aids by field, the decisions that hold for it, and how its aids are published. */
export const suggestionsPage = pageRoute("/connecteurs/:connecteur/suggestions", "read", async (visit) => {
  const row = await connectorRowOf(visit);
  const view = await readSuggestions(visit, row.id);
  return {
    title: "Suggestions",
    breadcrumb: [
      { title: "Connecteurs", href: "/connecteurs" },
      { title: row.name, href: `/connecteurs/${row.id}` },
    ],
    content: (
      <>
        <h1>{french`Suggestions pour ${row.name}`}</h1>
        <p>
          {french`Moisson propose une valeur pour des champs que le producteur laisse vides. Accepter prépare un plan : rien ne change avant que vous l'ayez relu et appliqué.`}
        </p>
        {view.isCut && (
          <Alert
            kind="info"
            text={french`Ces nombres portent sur les ${view.looked} premières aides. Une fois celles-ci remplies, revenez pour les suivantes.`}
          />
        )}
        {view.groups.length === 0 && <p>Aucun champ à remplir : les aides de cette source sont complètes, ou elle n’en a pas.</p>}
        {view.groups.map((group) => (
          <Group visit={visit} view={view} group={group} />
        ))}
        <Decisions visit={visit} view={view} />
        <Publishing visit={visit} view={view} />
      </>
    ),
  };
});

function Group({ visit, view, group }: { readonly visit: Visit; readonly view: SuggestionsView; readonly group: FieldSuggestions }): Child {
  const { field, empty, suggested, sure, sample } = group;
  const isChosen = chosenFields.some((one) => one === field);
  const proposed = view.defaults.find((one) => one.field === field);
  if (suggested === 0 && proposed === undefined && !(isChosen && mayCurate(visit))) return null;
  return (
    <section class="fr-mb-4w" id={`champ-${field}`}>
      <h2 class="fr-h4 fr-mb-1w">{capitalize(fieldName(field))}</h2>
      <p class="fr-mb-1w">
        {counted(empty, "aide sans ce champ", "aides sans ce champ")}
        {suggested === 0
          ? ", sans suggestion."
          : french` : ${counted(suggested, "a une suggestion", "ont une suggestion")}, dont ${counted(sure, "sûre", "sûres")}.`}
      </p>
      {sure > 0 && mayCurate(visit) && (
        <div class="fr-mb-2w">
          <ActButton
            action={`/connecteurs/${view.connector}/suggestions`}
            csrf={visit.csrf}
            label={sure === 1 ? french`Accepter pour l'aide sûre` : french`Accepter pour les ${sure} aides sûres`}
            about={`le champ ${fieldName(field)}`}
            kind="primary"
            fields={{ champ: field }}
          />{" "}
          <ActButton
            action={`/connecteurs/${view.connector}/suggestions/decider`}
            csrf={visit.csrf}
            label="Accepter aussi pour les prochaines"
            about={`le champ ${fieldName(field)}`}
            fields={{ champ: field, portee: "connecteur" }}
          />
        </div>
      )}
      {sample.length > 0 && (
        <details class="fr-mb-2w" open={sure === 0 && sample.length <= 2}>
          <summary>{counted(sample.length, "exemple, avec sa preuve", "exemples, avec leur preuve")}</summary>
          <ul class="moisson-list fr-mt-1w">
            {sample.map((one) => (
              <Sample visit={visit} one={one} />
            ))}
          </ul>
        </details>
      )}
      {field === "contact" && proposed !== undefined && <DefaultContact visit={visit} view={view} proposed={proposed} />}
      {isChosen && mayCurate(visit) && <ChooseValue visit={visit} view={view} field={field as (typeof chosenFields)[number]} />}
    </section>
  );
}

function Sample({ visit, one }: { readonly visit: Visit; readonly one: AidSuggestion }): Child {
  const { aidId, connector, title, suggestion, isSure } = one;
  const { field, value, rule, certainty, evidence } = suggestion;
  return (
    <li class="fr-mb-2w">
      <a href={`/aides/${aidId}#champ-${field}`}>
        <AidTitle visit={visit} connector={connector} title={title} />
      </a>
      <div>
        <FieldValue field={field} value={value} isShort />
      </div>
      <Evidence field={field} evidence={evidence} />
      <p class="moisson-mention fr-mb-0">{french`${ruleNames[rule]} ; ${certaintyMessage(certainty)}${isSure ? "" : " : à vérifier aide par aide"}`}</p>
    </li>
  );
}

/** The form that chooses one value for all aids of the source that lack the field. */
function ChooseValue(given: {
  readonly visit: Visit;
  readonly view: SuggestionsView;
  readonly field: (typeof chosenFields)[number];
}): Child {
  const { visit, view, field } = given;
  const proposed = view.defaults.find((one) => one.field === field);
  const ticked = proposed?.value.kind === "constant" ? (proposed.value.value as readonly string[]) : [];
  const choices = vocabularies[field].map(({ slug, label }) => ({ value: slug, label }));
  return (
    <details open={proposed !== undefined}>
      <summary>{french`Choisir une même valeur pour toutes les aides sans ce champ`}</summary>
      <ActForm action={`/connecteurs/${view.connector}/suggestions/decider`} csrf={visit.csrf} class="fr-mt-2w">
        <input type="hidden" name="champ" value={field} />
        <Checkboxes name={`valeur-${field}`} label={capitalize(fieldName(field))} choices={choices} values={ticked} />
        {proposed !== undefined && (
          <p class="moisson-mention">{french`Coché d'après ce que disent les aides de cette source : ${evidenceMessage(proposed.evidence)}.`}</p>
        )}
        <TextField
          name={`raison-${field}`}
          label="Pourquoi ?"
          hint="Une phrase suffit : elle reste dans l’histoire de chaque aide."
          required
          maxlength={300}
        />
        <Scope view={view} field={field} />
        <SubmitButton label="Préparer le plan" isSecondary />
      </ActForm>
    </details>
  );
}

/** The contact that most aids of the source have, or its publisher's website, for the aids without one. */
function DefaultContact(given: { readonly visit: Visit; readonly view: SuggestionsView; readonly proposed: ProposedDefault }): Child {
  const { visit, view, proposed } = given;
  if (proposed.value.kind !== "constant") return null;
  return (
    <details>
      <summary>Donner le même contact à toutes les aides qui n’en ont pas</summary>
      <FieldValue field="contact" value={proposed.value.value} />
      <p class="moisson-mention">{french`${capitalize(evidenceMessage(proposed.evidence))}.`}</p>
      {mayCurate(visit) && (
        <ActForm action={`/connecteurs/${view.connector}/suggestions/decider`} csrf={visit.csrf}>
          <input type="hidden" name="champ" value="contact" />
          <TextField
            name="raison-contact"
            label="Pourquoi ?"
            hint="Une phrase suffit : elle reste dans l’histoire de chaque aide."
            required
            maxlength={300}
          />
          <Scope view={view} field="contact" />
          <SubmitButton label="Préparer le plan" isSecondary />
        </ActForm>
      )}
    </details>
  );
}

function Scope({ view, field }: { readonly view: SuggestionsView; readonly field: string }): Child {
  return (
    <>
      <Checkbox id={`toujours-${field}`} name="toujours" value="1">
        Et pour les aides que les prochaines collectes apportent
      </Checkbox>
      {view.publisher !== null && (
        <Checkbox id={`producteur-${field}`} name="portee" value="producteur" class="fr-mb-2w">
          {french`Et pour toutes les sources de ${view.publisher.name}`}
        </Checkbox>
      )}
    </>
  );
}

function Decisions({ visit, view }: { readonly visit: Visit; readonly view: SuggestionsView }): Child {
  const fills = view.decisions.filter(({ kind }) => kind === "fill");
  return (
    <section class="fr-mb-4w" id="decisions">
      <h2 class="fr-h4 fr-mb-1w">Décidé pour les prochaines collectes</h2>
      {fills.length === 0 && <p>Rien : les aides que les prochaines collectes apportent gardent leurs champs vides.</p>}
      <ul>
        {fills.map((decision) => (
          <li class="fr-mb-1w">
            <DecisionText decision={decision} />{" "}
            {mayCurate(visit) && (
              <ActButton
                action={`/connecteurs/${view.connector}/suggestions/finir`}
                csrf={visit.csrf}
                label="Y mettre fin"
                about={decisionMessage(decision)}
                kind="tertiary"
                fields={{ decision: decision.id }}
              />
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function DecisionText({ decision }: { readonly decision: StandingDecision }): Child {
  const { by, at, note, publisher } = decision;
  const scope = publisher === null ? "" : ", pour toutes les sources du producteur";
  return (
    <>{french`${capitalize(decisionMessage(decision))}${scope} : ${by}, le ${frenchDayOf(at)}${note === null ? "" : french` (« ${note} »)`}.`}</>
  );
}

function Publishing({ visit, view }: { readonly visit: Visit; readonly view: SuggestionsView }): Child {
  const policy = view.decisions.find(({ kind }) => kind === "publish");
  const action = `/connecteurs/${view.connector}/publication`;
  return (
    <section class="fr-mb-4w" id="publication">
      <h2 class="fr-h4 fr-mb-1w">Publication</h2>
      {policy === undefined ? (
        <p>Une personne relit chaque aide avant de la publier.</p>
      ) : (
        <p>
          <DecisionText decision={policy} /> <a href="/publications">Voir les aides publiées ainsi cette semaine</a>
        </p>
      )}
      {policy !== undefined && hasRole(visit, "ops") && (
        <ActButton
          action={action}
          csrf={visit.csrf}
          label="Revenir à la relecture de chaque aide"
          fields={{ politique: "review", decision: policy.id }}
        />
      )}
      {policy === undefined && hasRole(visit, "ops") && (
        <details>
          <summary>Publier sans relecture les aides complètes</summary>
          <ActForm action={action} csrf={visit.csrf} class="fr-mt-2w">
            <p>
              {french`Une collecte publiera les aides auxquelles il ne manque rien et qui n'ont aucune alerte : date passée, territoire introuvable, valeur remplie par nous et non vérifiée, enregistrement mal lu, aide peut-être déjà connue. Les autres attendent une personne. Chaque semaine, dix aides publiées ainsi sont à vérifier.`}
            </p>
            <input type="hidden" name="politique" value="complete" />
            <TextField
              name="raison"
              label="Pourquoi ?"
              hint="Par exemple : convenu avec le producteur, en réunion."
              required
              maxlength={300}
            />
            {view.publisher !== null && (
              <Checkbox id="portee-publication" name="portee" value="producteur" class="fr-mb-2w">
                {french`Pour toutes les sources de ${view.publisher.name}`}
              </Checkbox>
            )}
            <SubmitButton label="Publier sans relecture" isSecondary />
          </ActForm>
        </details>
      )}
    </section>
  );
}

/** Returns true for a field whose value a person may choose for all aids. */
export function isChosenField(field: AidField): field is (typeof chosenFields)[number] {
  return chosenFields.some((one) => one === field);
}
