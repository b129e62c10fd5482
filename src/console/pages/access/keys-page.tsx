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
import { type ActRoute, actRoute, CannotDo, NotFound, type Page, pageRoute } from "../../route.ts";
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
            <Table caption={counted(names.length, "clé demandée", "clés demandées")} head={["Nom", "État", "Agir"]}>
              {names.map((name) => (
                <tr>
                  <td>{name}</td>
                  <td>
                    <State name={name} stored={stored.get(name)} visit={visit} />
                  </td>
                  <td>
                    {stored.has(name) && (
                      <ActButton
                        action={`/connecteurs/${connector.id}/cles/retrait`}
                        csrf={visit.csrf}
                        label="Retirer"
                        about={`la clé ${name}`}
                        fields={{ nom: name }}
                      />
                    )}
                  </td>
                </tr>
              ))}
            </Table>
            {canKeep ? <KeyForms connector={connector} names={names} visit={visit} problems={problems} /> : <HowToAllow />}
          </>
        )}
      </>
    ),
  };
}

function State({
  name,
  stored,
  visit,
}: {
  readonly name: string;
  readonly stored: StoredSecret | undefined;
  readonly visit: Visit;
}): Child {
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
  return (
    <>
      <h2>Saisir une clé</h2>
      {names.map((name) => (
        <ActForm action={`/connecteurs/${connector.id}/cles`} csrf={visit.csrf} class="moisson-narrow">
          <input type="hidden" name="nom" value={name} />
          {certificates.has(name) ? (
            <TextArea
              name="valeur"
              id={`valeur-${name}`}
              label={name}
              hint="Un certificat ou sa clé, en texte (PEM)."
              problem={problems[name]}
              required
            />
          ) : (
            <TextField
              name="valeur"
              id={`valeur-${name}`}
              label={name}
              type="password"
              autocomplete="new-password"
              problem={problems[name]}
              required
            />
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
    <Alert kind="info" title="Les clés ne peuvent pas être saisies ici pour le moment" level={2}>
      <p>
        {french`Elles sont chiffrées avec le réglage MOISSON_SECRET, qui manque. La personne qui exploite le service le met en place, le même pour la console et pour tous les exécuteurs, et le garde : voir « The console » dans docs/operations.md. En attendant, une clé se met dans le réglage de son nom, sur la machine.`}
      </p>
    </Alert>
  );
}

/** A certificate chain is shorter. */
const maxKeyLength = 100_000;

const keep = actRoute("/connecteurs/:connecteur/cles", { who: "bizdev", act: "key.keep" }, async (visit, form) => {
  const connector = await connectorAt(visit);
  const name = nameIn(secretNames(connector.feed), form.text("nom"));
  const { secrets } = visit.console.settings;
  if (secrets === null) throw new CannotDo("MOISSON_SECRET manque : aucune clé ne peut être enregistrée.", 503);
  const value = form.text("valeur");
  const problem = problemOf(value);
  if (problem !== undefined) return keysPage(visit, connector, { [name]: problem });
  await visit.catalogue.secrets.save({ name, by: visitorOf(visit).name, at: visit.now }, value, secrets);
  return {
    message: `La clé ${name} est enregistrée.`,
    to: `/connecteurs/${connector.id}/cles`,
    subject: `connecteur ${connector.id}`,
    details: { name },
  };
});

const remove = actRoute("/connecteurs/:connecteur/cles/retrait", { who: "bizdev", act: "key.remove" }, async (visit, form) => {
  const connector = await connectorAt(visit);
  const name = nameIn(secretNames(connector.feed), form.text("nom"));
  if (!(await visit.catalogue.secrets.remove(name))) throw new CannotDo("Cette clé n’est pas enregistrée ici.", 409);
  return {
    message: `La clé ${name} est retirée.`,
    to: `/connecteurs/${connector.id}/cles`,
    subject: `connecteur ${connector.id}`,
    details: { name },
  };
});

function nameIn(names: readonly string[], asked: string): string {
  const name = names.find((one) => one === asked);
  if (name === undefined) throw new CannotDo("Ce connecteur ne demande pas de clé de ce nom.");
  return name;
}

function problemOf(value: string): string | undefined {
  if (value === "") return "La clé est vide.";
  if (value.length > maxKeyLength) return "La clé est trop longue.";
  return undefined;
}

/** Stores and removes keys. */
export const keyActs: readonly ActRoute[] = [keep, remove];
