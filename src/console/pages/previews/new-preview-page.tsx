import type { Child } from "hono/jsx";
import type { Draft } from "../../../catalogue/connectors/draft-repository.ts";
import { french } from "../../../french/typography.ts";
import { TextArea, TextField } from "../../parts/form.tsx";
import { formatDay } from "../../parts/time.ts";
import type { Page } from "../../route.ts";
import { type Visit, visitorOf } from "../../visit.ts";

/** The address of a shared preview, which is shown here and never again, with a mail that brings it. */
export function newPreviewPage(visit: Visit, draft: Draft, token: string, until: Date): Page {
  const { settings, url } = visit.console;
  const link = `${url}/apercu/${token}`;
  const mail = [
    "Bonjour,",
    french`Nous avons lu vos données d'aides. Voici vos aides telles que les collectivités les verraient sur ${settings.name} : ${link}`,
    french`Cette page ne publie rien : elle n'est connue que de vous et de nous, et se ferme le ${formatDay(until)}. Elle dit aussi ce qu'il reste à compléter.`,
    french`Est-ce bien ce que vous voulez dire aux collectivités ? Répondez simplement à ce message.`,
    [visitorOf(visit).name, settings.name].join("\n"),
  ].join("\n\n");
  return {
    title: "L’aperçu est partagé",
    menuPath: "/brouillons",
    breadcrumb: [
      { title: "Nouveau producteur", href: "/brouillons" },
      { title: draft.title, href: `/brouillons/${draft.draftId}/apercu` },
    ],
    content: (
      <div class="moisson-narrow">
        <h1>L’aperçu est partagé</h1>
        <p>
          {french`Son adresse ouvre l'aperçu à quiconque la connaît, sans compte, jusqu'au ${formatDay(until)}. Elle n'est montrée qu'ici, et se révoque à tout moment depuis l'étape « L'aperçu ».`}
        </p>
        <TextField name="lien" label="Adresse de l’aperçu" value={link} readonly />
        <p>
          <button class="fr-btn fr-btn--secondary" type="button" data-copies="champ-lien">
            Copier l’adresse
          </button>
        </p>
        <h2>Message pour le producteur</h2>
        <TextArea name="message" label="Message" value={mail} rows={12} />
        <p>
          <button class="fr-btn" type="button" data-copies="champ-message">
            Copier le message
          </button>
        </p>
        <p>
          <a class="fr-link" href={`/brouillons/${draft.draftId}/apercu`}>
            Revenir à l’aperçu
          </a>
        </p>
        <BackToPublisher visit={visit} draft={draft} />
      </div>
    ),
  };
}

/** Where to say when to come back to it; nothing where the draft was begun for nobody who is listed. */
async function BackToPublisher({ visit, draft }: { readonly visit: Visit; readonly draft: Draft }): Promise<Child> {
  const begunFor = await visit.catalogue.publishers.ofDraft(draft.draftId);
  if (begunFor === null) return null;
  return (
    <p>
      <a class="fr-link" href={`/producteurs/${begunFor.publisherId}#action`}>
        {french`Revenir à ${begunFor.name}, et noter quand le relancer`}
      </a>
    </p>
  );
}
