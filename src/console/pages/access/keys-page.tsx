import type { Child } from "hono/jsx";
import type { StoredSecret } from "../../../catalogue/connectors/secret-repository.ts";
import { counted, french } from "../../../french/typography.ts";
import type { Connector } from "../../../kit/definition.ts";
import { secretNames } from "../../../kit/feed.ts";
import { connectorName } from "../../lists/connector-column.tsx";
import { Alert } from "../../parts/alert.tsx";
import { Badge } from "../../parts/badge.tsx";
import { ActButton, ActForm, TextArea, TextField } from "../../parts/form-controls.tsx";
import { Table } from "../../parts/table.tsx";
import { formatDay } from "../../parts/time.ts";
import { type ActRoute, actRoute, CannotDo, type Form, NotFound, type Page, pageRoute } from "../../route.ts";
import { param, type Visit, visitorOf } from "../../visit.ts";

/** Lists the access keys that a connector needs, and whether they are set. Never shows their values. */
export const keysRoute = pageRoute("/connecteurs/:connecteur/cles", "bizdev", async (visit) =>
  keysPage(visit, await connectorAt(visit), {}),
);

/** Returns the connector that the path names. Throws `NotFound`. */
async function connectorAt(visit: Visit): Promise<Connector> {
  const id = param(visit, "connecteur");
  const found = (await visit.console.jobs.connectors()).find(({ definition }) => definition.id === id);
  if (found === undefined) throw new NotFound("Ce connecteur n’existe pas, ou sa définition ne peut pas être lue.");
  return found.definition;
}

/** Returns the page. `problems`: French sentences by name of the key. */
async function keysPage(visit: Visit, connector: Connector, problems: Readonly<Record<string, string>>): Promise<Page> {
  const names = secretNames(connector.feed);
  const stored = new Map((await visit.catalogue.secrets.list(names)).map((secret) => [secret.name, secret]));
  const canKeep = visit.console.settings.secrets !== null;
  return {
    title: "Clés d’accès",
    breadcrumb: [
      { title: "Connecteurs", href: "/connecteurs" },
      { title: await connectorName(visit, connector.id), href: `/connecteurs/${connector.id}` },
    ],
    menuPath: "/connecteurs",
    status: Object.keys(problems).length === 0 ? 200 : 422,
    content: (
      <>
        <h1>{french`Clés d'accès de ${connector.publisher.name}`}</h1>
        {names.length === 0 ? (
          <p>Ce flux se lit sans clé ni mot de passe.</p>
        ) : (
          <>
            <p>
              {french`Une clé se saisit une fois. Elle est gardée chiffrée, et personne ne la revoit ici : pour la changer, saisissez la nouvelle ; celle d'avant est oubliée.`}
            </p>
            <Table
              caption={counted(names.length, "clé demandée", "clés demandées")}
              head={["Nom", "État", "Agir"]}
              rows={names.map((name) => [
                name,
                <State name={name} stored={stored.get(name)} visit={visit} />,
                stored.has(name) && (
                  <ActButton
                    action={`/connecteurs/${connector.id}/cles/retrait`}
                    csrf={visit.csrf}
                    label="Retirer"
                    about={`la clé ${name}`}
                    fields={{ nom: name }}
                  />
                ),
              ])}
            />
            {canKeep ? <KeyForms connector={connector} names={names} visit={visit} problems={problems} /> : <HowToAllow />}
          </>
        )}
      </>
    ),
  };
}

function State(given: { readonly name: string; readonly stored: StoredSecret | undefined; readonly visit: Visit }): Child {
  const { name, stored, visit } = given;
  const isInEnvironment = Boolean(visit.console.jobs.services.environment[name]?.trim());
  if (isInEnvironment)
    return (
      <>
        <Badge tone="success" label="réglée" /> par le réglage du même nom, sur la machine
        {stored !== undefined && ", qui passe avant celle d’ici"}
      </>
    );
  if (stored === undefined) return <Badge tone="warning" label="manque" />;
  return (
    <>
      <Badge tone="success" label="enregistrée" /> {`par ${stored.by}, le ${formatDay(stored.at)}`}
    </>
  );
}

function KeyForms(given: {
  readonly connector: Connector;
  readonly names: readonly string[];
  readonly visit: Visit;
  readonly problems: Readonly<Record<string, string>>;
}): Child {
  const { connector, names, visit, problems } = given;
  const certificates = new Set(Object.values(connector.feed.tls ?? {}));
  certificates.delete(connector.feed.tls?.passphraseFrom);
  const fieldOf = (name: string) => ({ name: "valeur", id: `valeur-${name}`, label: name, problem: problems[name], required: true });
  return (
    <>
      <h2>Saisir une clé</h2>
      {names.map((name) => (
        <ActForm action={`/connecteurs/${connector.id}/cles`} csrf={visit.csrf} class="moisson-narrow">
          <input type="hidden" name="nom" value={name} />
          {certificates.has(name) ? (
            <TextArea {...fieldOf(name)} hint="Un certificat ou sa clé, en texte (PEM)." />
          ) : (
            <TextField {...fieldOf(name)} type="password" autocomplete="new-password" />
          )}
          <p>
            <button class="fr-btn fr-btn--secondary" type="submit">
              Enregistrer <span class="fr-sr-only">{name}</span>
            </button>
          </p>
        </ActForm>
      ))}
    </>
  );
}

function HowToAllow(): Child {
  return (
    <Alert
      kind="info"
      title="Les clés ne peuvent pas être saisies ici pour le moment"
      level={2}
      text={french`Elles sont chiffrées avec le réglage MOISSON_SECRET, qui manque. La personne qui exploite le service le met en place, le même pour la console et pour tous les exécuteurs, et le garde : voir « The console » dans docs/operations.md. En attendant, une clé se met dans le réglage de son nom, sur la machine.`}
    />
  );
}

/** A certificate chain is shorter. */
const maxKeyLength = 100_000;

const keep = keyAct("", "key.keep", async (visit, connector, name, form) => {
  const { secrets } = visit.console.settings;
  if (secrets === null) throw new CannotDo("MOISSON_SECRET manque : aucune clé ne peut être enregistrée.", 503);
  const value = form.text("valeur");
  const problem = value === "" ? "La clé est vide." : value.length > maxKeyLength ? "La clé est trop longue." : null;
  if (problem !== null) return keysPage(visit, connector, { [name]: problem });
  await visit.catalogue.secrets.save({ name, by: visitorOf(visit).name, at: visit.now }, value, secrets);
  return `La clé ${name} est enregistrée.`;
});

const remove = keyAct("/retrait", "key.remove", async (visit, _connector, name) => {
  if (!(await visit.catalogue.secrets.remove(name))) throw new CannotDo("Cette clé n’est pas enregistrée ici.", 409);
  return `La clé ${name} est retirée.`;
});

/** Returns the route of an act on the key that the form names. `perform` returns the message, or the page again. */
function keyAct(
  step: string,
  act: string,
  perform: (visit: Visit, connector: Connector, name: string, form: Form) => Promise<string | Page>,
): ActRoute {
  return actRoute(`/connecteurs/:connecteur/cles${step}`, { who: "bizdev", act }, async (visit, form) => {
    const connector = await connectorAt(visit);
    const name = secretNames(connector.feed).find((one) => one === form.text("nom"));
    if (name === undefined) throw new CannotDo("Ce connecteur ne demande pas de clé de ce nom.");
    const message = await perform(visit, connector, name, form);
    if (typeof message !== "string") return message;
    return { message, to: `/connecteurs/${connector.id}/cles`, subject: `connecteur ${connector.id}`, details: { name } };
  });
}

/** Stores and removes keys. */
export const keyActs: readonly ActRoute[] = [keep, remove];
