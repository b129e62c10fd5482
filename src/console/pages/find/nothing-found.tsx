import type { Child } from "hono/jsx";
import { french } from "../../../french/typography.ts";
import { Alert } from "../../parts/alert.tsx";
import { Select } from "../../parts/form.tsx";
import type { Visit } from "../../visit.ts";
import { LeftOut } from "./left-out.tsx";

/** Neither an aid, nor a plan, nor a rejected record: what to try, and the last feed of one connector, with what it leaves out. */
export async function NothingFound(given: {
  readonly visit: Visit;
  readonly asked: string;
  readonly isQuick: boolean;
  readonly isLink: boolean;
}): Promise<Child> {
  const { visit, asked, isQuick, isLink } = given;
  const connectors = await visit.console.jobs.connectors();
  const wanted = visit.query.get("connecteur");
  const chosen = connectors.find(({ definition }) => definition.id === wanted);
  return (
    <>
      <Alert kind="info" title="Rien ne répond à cela" level={2}>
        <p>{french`Ni aide du catalogue, ni plan qui attend, ni enregistrement rejeté : « ${asked} ».`}</p>
        <ul>
          {isLink && <li>Essayez le titre : le producteur a pu changer l’adresse de sa page.</li>}
          {!isLink && <li>Essayez un seul mot rare de son titre, ou le lien de sa page.</li>}
          <li>Un identifiant se cherche tel que le producteur l’écrit, zéros compris.</li>
          {isQuick && (
            <li>
              {french`Cette réponse est rapide : elle regarde les débuts de mots, et le dernier flux de chaque connecteur.`}{" "}
              <a href={`/ou-est-mon-aide?q=${encodeURIComponent(asked)}&partout=oui`}>Chercher partout, plus lentement</a>
            </li>
          )}
          <li>{french`Le producteur ne la publie peut-être pas, ou son connecteur la laisse de côté : cherchez ci-dessous dans son dernier flux.`}</li>
        </ul>
      </Alert>
      <h2 class="fr-h4">Chercher dans le dernier flux d’un connecteur</h2>
      <form method="get" action="/ou-est-mon-aide" class="moisson-narrow">
        <input type="hidden" name="q" value={asked} />
        <Select
          name="connecteur"
          label="Connecteur"
          hint="Son dernier flux est relu en entier, avec les enregistrements que sa règle laisse de côté."
          choices={connectors.map(({ definition }) => ({ value: definition.id, label: `${definition.id} – ${definition.publisher.name}` }))}
          value={chosen?.definition.id}
          empty="Choisissez"
        />
        <button type="submit" class="fr-btn fr-btn--secondary">
          Chercher dans son dernier flux
        </button>
      </form>
      {chosen !== undefined && <LeftOut visit={visit} connector={chosen} asked={asked} />}
    </>
  );
}
