import type { Child } from "hono/jsx";
import { problemSentence } from "../../../../french/digest/registry.ts";
import { fieldName } from "../../../../french/fields.ts";
import { guardLimitsMessage } from "../../../../french/guards.ts";
import { conditionMessage, keptRecordsMessage } from "../../../../french/rules.ts";
import { counted, french, sentence } from "../../../../french/typography.ts";
import { termLabel } from "../../../../french/versions.ts";
import type { Connector } from "../../../../kit/definition.ts";
import type { LoadedConnector } from "../../../../kit/loaded-connector.ts";
import type { TermFileName } from "../../../../kit/rules/rule-context.ts";
import { foldTerm } from "../../../../kit/values/text/fold-term.ts";
import type { AidField } from "../../../../model/aid/aid.ts";
import { renamesIn } from "../../../../model/plan/feed-breaks.ts";
import type { VersionTerms } from "../../../../model/run/connector-version.ts";
import type { OwnField } from "../../../../model/survey/own-field.ts";
import { contentNow } from "../../../../registry/change-content.ts";
import { readOwnTerms } from "../../../../registry/terms/read-decided-terms.ts";
import { Alert, Problems } from "../../../parts/alert.tsx";
import { Facts } from "../../../parts/facts.tsx";
import { ButtonLink, ParagraphLink } from "../../../parts/link.tsx";
import { List } from "../../../parts/list.tsx";
import { readingInWords } from "../../../parts/reading-in-words.ts";
import { Table } from "../../../parts/table.tsx";
import { formatDateTime, truncate } from "../../../parts/time.ts";
import type { Page } from "../../../route.ts";
import { hasRole, type Visit } from "../../../visit.ts";
import type { EditedDefinition } from "../edited-definition.ts";
import { AllFields } from "../table/all-fields.tsx";
import { tablePage } from "../table/table-page.tsx";
import { ConnectorFacts } from "./connector-facts.tsx";
import { breadcrumbOf, type DefinitionView, definitionOf } from "./definition-of.ts";
import { editedConnector } from "./edited-connector.tsx";

/** Returns the definition of the connector of the path; or the page that says why it is refused. */
export async function openDefinition(visit: Visit): Promise<EditedDefinition | Page> {
  const view = await definitionOf(visit);
  return view.connector === null ? page(view, <Refused view={view} />) : editedConnector(visit);
}

/** The definition of a connector: publisher, feed, format, kept records, fields, words. */
export const definitionPage = tablePage<EditedDefinition>({
  path: "",
  async frame(visit, { connector }, { table, problem, status }) {
    // The script of the table needs only the table.
    if (visit.headers.has("x-part")) return { title: "Définition", content: table };
    const view = await definitionOf(visit);
    const content = (
      <>
        <RenamedFields visit={visit} connector={view.id} />
        {table}
        {await parts(visit, view, connector)}
      </>
    );
    return { ...page(view, content, problem), status };
  },
});

function page(view: DefinitionView, content: Child, problem?: string): Page {
  const name = (view.connector ?? view.ofFile)?.definition.publisher.name ?? view.id;
  return {
    title: "Définition",
    breadcrumb: breadcrumbOf(view),
    menuPath: "/connecteurs",
    content: (
      <>
        <h1>Définition : {name}</h1>
        <Problems problems={problem === undefined ? {} : { raison: problem }} />
        <VersionInForce view={view} />
        <ParagraphLink href={`/connecteurs/${view.id}/versions`} label="Toutes ses versions" />
        {content}
      </>
    ),
  };
}

/** Links to the held plan that found renamed fields. Nothing without such a plan. */
async function RenamedFields({ visit, connector }: { readonly visit: Visit; readonly connector: string }): Promise<Child> {
  const [plan] = await visit.catalogue.plans.list({ connector, isOpen: true, limit: 1 });
  const renames = plan === undefined ? [] : renamesIn(plan.guards);
  if (plan === undefined || renames.length === 0) return null;
  return (
    <Alert kind="warning" title="Le dernier flux a changé de forme" level={2}>
      <p>{french`${renames.map(({ from, to }) => french`« ${from} » s'appelle sans doute « ${to} » désormais`).join(" ; ")}.`}</p>
      <ParagraphLink href={`/plans/${plan.planId}`} label="Suivre ce changement depuis le plan retenu" />
    </Alert>
  );
}

async function parts(visit: Visit, view: DefinitionView, connector: LoadedConnector): Promise<Child> {
  const { definition } = connector;
  const mayChange = hasRole(visit, "bizdev");
  const base = `/connecteurs/${view.id}/definition`;
  const { changes, terms } = contentNow(view.ofFile, view.version);
  return (
    <>
      <div class="moisson-halves">
        <section>
          <h2>Qui, et d’où vient le flux</h2>
          <ConnectorFacts definition={definition} missing={[]} />
          {mayChange && (
            <Buttons
              links={[
                [`${base}/producteur`, "Changer le producteur"],
                [`${base}/collecte`, "Changer l’adresse, le rythme ou l’état"],
                [`/connecteurs/${view.id}/fichiers.zip`, "Télécharger les fichiers du développeur (zip)"],
              ]}
            />
          )}
        </section>
        <section>
          <h2>Comment le flux est lu</h2>
          <DefinitionReading definition={definition} />
          {mayChange && (
            <Buttons
              links={[
                [`${base}/fiches`, "Changer les fiches laissées de côté"],
                [`${base}/garde-fous`, "Changer les garde-fous"],
              ]}
            />
          )}
        </section>
      </div>
      <h2>Ce que devient chaque champ</h2>
      <AllFields
        fields={definition.fields}
        notes={(Object.keys(changes.fields ?? {}) as OwnField[]).map((field) => ({ field, isChanged: true }))}
        base={mayChange ? base : null}
      />
      <h2>Ce que veulent dire les mots du producteur</h2>
      <DefinitionWords connector={connector} folders={view.registry.folders ?? []} terms={terms} />
    </>
  );
}

function Buttons({ links }: { readonly links: readonly (readonly [href: string, label: string])[] }): Child {
  return (
    <List
      class="fr-btns-group fr-btns-group--inline fr-btns-group--sm"
      items={links.map(([href, label]) => <ButtonLink kind="secondary" href={href} label={label} />)}
    />
  );
}

/** The author and the reason of the current version. */
function VersionInForce({ view: { version, ofFile, connector } }: { readonly view: DefinitionView }): Child {
  if (version === null) return <p>Telle que l’équipe technique l’a écrite : personne ne l’a changée dans la console.</p>;
  const by = french`par ${version.by}, le ${formatDateTime(version.at)} : ${sentence(version.why)}`;
  if (version.definition !== null && ofFile !== null)
    return (
      <p>{french`L'équipe technique a repris ce connecteur dans ses fichiers, qui comptent désormais ; dernière version de la console ${by}`}</p>
    );
  return (
    <p>
      {french`${connector === null ? "Version refusée" : "Version en vigueur"} : n° ${version.version}, ${by}`}
      {ofFile === null && " Ce connecteur est né dans la console."}
    </p>
  );
}

function Refused({ view: { id, problems } }: { readonly view: DefinitionView }): Child {
  return (
    <Alert kind="error" title="Cette version est refusée : ce connecteur n’est plus collecté" level={2}>
      <List
        items={problems.map(({ key, message, didYouMean }) =>
          problemSentence({ line: null, key: key ?? null, message, didYouMean: didYouMean ?? null }),
        )}
      />
      <p>
        <a href={`/connecteurs/${id}/versions`}>Reprendre une version antérieure</a>
      </p>
    </Alert>
  );
}

const ignoredShown = 30;

/** The format of a feed, and which of its records and fields are used. */
function DefinitionReading({ definition }: { readonly definition: Connector }): Child {
  const { decode, keepWhen, outOfScope = [], ignored, placeholders } = definition;
  const guards = guardLimitsMessage(definition);
  const facts = [
    { name: "Écriture", value: decode.format === "html" ? "Pages HTML." : sentence(readingInWords(decode)) },
    { name: "Comptent", value: sentence(keptRecordsMessage(keepWhen)) },
    ...outOfScope.map(({ when, reason }) => ({ name: "Hors champ", value: french`Si ${conditionMessage(when)} : ${reason}` })),
    ...(placeholders.length > 0
      ? [{ name: french`Veulent dire « rien »`, value: placeholders.map((text) => french`« ${text} »`).join(", ") }]
      : []),
    ...(ignored.length > 0
      ? [
          {
            name: "Champs laissés de côté",
            value: `${counted(ignored.length, "champ")} : ${ignored.slice(0, ignoredShown).join(", ")}${ignored.length > ignoredShown ? "…" : ""}`,
          },
        ]
      : []),
    ...(guards === "" ? [] : [{ name: "Garde-fous", value: sentence(guards) }]),
  ];
  return <Facts facts={facts} />;
}

const wordsShown = 200;

interface Decision {
  readonly word: string;
  readonly targets: readonly string[];
  readonly isOfConsole: boolean;
}

/** Decisions about the publisher's words by vocabulary. They are collapsed, because there can be hundreds. */
async function DefinitionWords(given: {
  readonly connector: LoadedConnector;
  readonly folders: readonly string[];
  readonly terms: VersionTerms;
}): Promise<Child> {
  const { id } = given.connector.definition;
  const files = await readOwnTerms(given.folders, id);
  const names = [...new Set([...files.keys(), ...(Object.keys(given.terms) as TermFileName[])])];
  return (
    <>
      {names.length === 0 && (
        <p>Aucun mot n’a encore de correspondance propre à ce connecteur ; celles de tous les connecteurs valent pour lui.</p>
      )}
      {names.map((name) => (
        <Vocabulary name={name} decisions={decisionsOf(files.get(name) ?? new Map(), given.terms[name] ?? {})} />
      ))}
      <ParagraphLink href={`/mots?connecteur=${id}`} label="Mots de ce producteur à faire correspondre" />
    </>
  );
}

function decisionsOf(file: ReadonlyMap<string, readonly string[]>, terms: Readonly<Record<string, readonly string[]>>): Decision[] {
  const own = Object.entries(terms).map(([word, targets]) => ({ word, targets, isOfConsole: true }));
  const decided = new Set(own.map(({ word }) => foldTerm(word)));
  const others = [...file].filter(([word]) => !decided.has(word)).map(([word, targets]) => ({ word, targets, isOfConsole: false }));
  return [...own, ...others];
}

function Vocabulary({ name, decisions }: { readonly name: TermFileName; readonly decisions: readonly Decision[] }): Child {
  const title = sentence(fieldName(name as AidField)).replace(/\.$/, "");
  return (
    <details class="fr-mb-2w">
      <summary>
        {title} ({counted(decisions.length, "mot")})
      </summary>
      <Table caption={`${title} : mots du producteur`} isCaptionHidden head={["Mot du producteur", "Chez nous", "Décidé"]}>
        {decisions.slice(0, wordsShown).map(({ word, targets, isOfConsole }) => (
          <tr>
            <td>{truncate(word, 200)}</td>
            <td>{targets.length === 0 ? <em>ignoré</em> : targets.map((target) => termLabel(name, target)).join(", ")}</td>
            <td>{isOfConsole ? "dans la console" : "dans les fichiers"}</td>
          </tr>
        ))}
      </Table>
      {decisions.length > wordsShown && <p>Seuls les {wordsShown} premiers sont montrés.</p>}
    </details>
  );
}
