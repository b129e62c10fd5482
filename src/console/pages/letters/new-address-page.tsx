import { letterMail, letterSubject } from "../../../texts/fr-letter.ts";
import { french } from "../../../texts/fr-typography.ts";
import { TextArea, TextField } from "../../parts/form.tsx";
import type { Page } from "../../route.ts";
import type { Visit } from "../../visit.ts";
import type { MadeLetter } from "./letter-at.ts";
import { lettersTrail } from "./letters-trail.ts";

/** The address of a letter, which is shown here and never again, with the mail that brings it. */
export function newAddressPage(visit: Visit, made: MadeLetter, token: string, title: string): Page {
  const { settings, url } = visit.console;
  const { letter, connector, letterId, by } = made;
  const link = `${url}/lettre/${token}`;
  const mail = letterMail(letter, { by, service: settings.name, contact: settings.contact, link });
  return {
    title,
    trail: lettersTrail({ id: connector, publisher: letter.publisher }),
    under: "/connecteurs",
    content: (
      <div class="moisson-narrow">
        <h1>{title}</h1>
        <p>
          {french`Relisez-la, puis envoyez vous-même le message ci-dessous au producteur. Son adresse ouvre la lettre à quiconque la connaît, sans compte : elle n'est montrée qu'ici, et se révoque à tout moment. Si elle se perd, il s'en fait une autre depuis la page de la lettre.`}
        </p>
        <p>
          <a class="fr-link" href={`/connecteurs/${connector}/courriers/${letterId}`}>
            Relire la lettre
          </a>
        </p>
        <TextField name="lien" label="Adresse de la lettre" value={link} readonly />
        <p>
          <button class="fr-btn fr-btn--secondary" type="button" data-copies="champ-lien">
            Copier l’adresse
          </button>
        </p>
        <h2>Message pour le producteur</h2>
        <TextField name="objet" label="Objet" value={letterSubject(letter)} readonly />
        <p>
          <button class="fr-btn fr-btn--secondary" type="button" data-copies="champ-objet">
            Copier l’objet
          </button>
        </p>
        <TextArea name="message" label="Message" value={mail} rows={18} />
        <p>
          <button class="fr-btn" type="button" data-copies="champ-message">
            Copier le message
          </button>
        </p>
      </div>
    ),
  };
}
