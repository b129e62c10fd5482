import type { Child } from "hono/jsx";
import type { AidSuggestion, FieldSuggestions } from "../../../curation/waiting-suggestions.ts";
import { frenchDayOf } from "../../../french/dates.ts";
import { fieldName } from "../../../french/fields.ts";
import { decisionMessage } from "../../../french/publication.ts";
import { certaintyMessage, ruleNames } from "../../../french/suggestions.ts";
import { capitalize, counted, french } from "../../../french/typography.ts";
import type { StandingDecision } from "../../../model/plan/standing-decision.ts";
import { AidTitle } from "../../parts/aid-text.tsx";
import { Alert } from "../../parts/alert.tsx";
import { Checkbox } from "../../parts/checkbox.tsx";
import { FieldValue } from "../../parts/field-value.tsx";
import { ActButton, ActForm, Select, SubmitButton, TextField } from "../../parts/form-controls.tsx";
import { Evidence } from "../../parts/suggestion.tsx";
import { pageRoute } from "../../route.ts";
import { hasRole, mayCurate, type Visit } from "../../visit.ts";
import { connectorRowOf } from "../connectors/connector-rows.ts";
import { readSuggestions, type SuggestionsView } from "./read-suggestions.ts";

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
          {french`Moisson propose une valeur pour des champs que le producteur laisse vides, quand les textes de l'aide la disent. Chaque suggestion s'accepte sur la page de son aide. `}
          <a href={`/questions?connecteur=${view.connector}`}>Répondre pour toutes les aides de la source</a>
        </p>
        {view.isCut && (
          <Alert
            kind="info"
            text={french`Ces nombres portent sur les ${view.looked} premières aides. Une fois celles-ci remplies, revenez pour les suivantes.`}
          />
        )}
        {view.groups.length === 0 && (
          <p>Aucun champ à remplir : les aides de cette source sont entièrement décrites, ou elle n’en a pas.</p>
        )}
        {view.groups.map((group) => (
          <Group visit={visit} group={group} />
        ))}
        <Decisions visit={visit} view={view} />
        <Publishing visit={visit} view={view} />
      </>
    ),
  };
});

function Group({ visit, group }: { readonly visit: Visit; readonly group: FieldSuggestions }): Child {
  const { field, empty, suggested, sample } = group;
  if (suggested === 0) return null;
  return (
    <section class="fr-mb-4w" id={`champ-${field}`}>
      <h2 class="fr-h4 fr-mb-1w">{capitalize(fieldName(field))}</h2>
      <p class="fr-mb-1w">
        {counted(empty, "aide sans ce champ", "aides sans ce champ")}
        {french` : ${counted(suggested, "a une suggestion", "ont une suggestion")}.`}
      </p>
      <details class="fr-mb-2w" open={sample.length <= 2}>
        <summary>{counted(sample.length, "exemple, avec sa preuve", "exemples, avec leur preuve")}</summary>
        <ul class="moisson-list fr-mt-1w">
          {sample.map((one) => (
            <Sample visit={visit} one={one} />
          ))}
        </ul>
      </details>
    </section>
  );
}

function Sample({ visit, one }: { readonly visit: Visit; readonly one: AidSuggestion }): Child {
  const { aidId, connector, title, suggestion } = one;
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
      <p class="moisson-mention fr-mb-0">{french`${ruleNames[rule]} ; ${certaintyMessage(certainty)} : à vérifier aide par aide`}</p>
    </li>
  );
}

function Decisions({ visit, view }: { readonly visit: Visit; readonly view: SuggestionsView }): Child {
  const fills = view.decisions.filter(({ kind }) => kind !== "publish");
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

/** The aids that runs may publish, by level. */
const published = [
  { value: "fullyDescribed", label: "celles qui sont entièrement décrites" },
  { value: "publishable", label: "toutes celles auxquelles rien ne manque pour être publiées" },
];

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
          <summary>Publier sans relecture</summary>
          <ActForm action={action} csrf={visit.csrf} class="fr-mt-2w">
            <Select name="politique" label="Quelles aides ?" choices={published} value="fullyDescribed" />
            <p>
              {french`Une collecte les publiera si elles n'ont aucune alerte : date passée, territoire introuvable, valeur remplie par nous et non vérifiée, enregistrement mal lu, aide peut-être déjà connue. Celles qui ne sont pas entièrement décrites attendent aussi une personne si leur date n'est pas dite, si leur texte n'est pas en français, ou si une valeur nécessaire vient de nous. Chaque semaine, dix aides publiées ainsi sont à vérifier.`}
            </p>
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
