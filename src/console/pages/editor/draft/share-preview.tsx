import type { Child } from "hono/jsx";
import type { Draft } from "../../../../catalogue/connectors/draft-repository.ts";
import type { ListedPreview } from "../../../../catalogue/publishers/preview-repository.ts";
import { french } from "../../../../french/typography.ts";
import { parisDay } from "../../../../model/text/paris-day.ts";
import { previewContent } from "../../../../partners/preview-content.ts";
import { newToken, tokenHash } from "../../../access/tokens.ts";
import { Badge } from "../../../parts/badge.tsx";
import { CopyButton } from "../../../parts/copy-button.tsx";
import { ActButton, ActForm, type Choice, Select, SubmitButton, TextArea, TextField } from "../../../parts/form-controls.tsx";
import { ParagraphLink } from "../../../parts/link.tsx";
import { formatDay } from "../../../parts/time.ts";
import { actRoute, CannotDo, NotFound, type Page, type Route } from "../../../route.ts";
import { param, publicAddress, type Visit, visitorOf } from "../../../visit.ts";
import { analyseDraft } from "./analyse-draft.ts";
import { answersOf } from "./draft-steps.ts";
import { draftOf } from "./edited-draft.tsx";

const defaultDays = "30";

const daysChoices: readonly Choice[] = ["7", defaultDays, "90"].map((days) => ({ value: days, label: french`${days} jours` }));

/** Returns the end of a preview that is shared now. Throws `CannotDo` if `days` is not one of the choices. */
function openUntil(now: Date, days: string): Date {
  const chosen = days === "" ? defaultDays : days;
  if (!daysChoices.some(({ value }) => value === chosen)) throw new CannotDo("Choisissez une durée dans la liste.");
  return new Date(now.getTime() + Number(chosen) * 86_400_000);
}

/** Form to share the preview of a draft, and the list of shared previews. */
export async function ShareSection({ visit, draft }: { readonly visit: Visit; readonly draft: Draft }): Promise<Child> {
  const shared = await visit.catalogue.previews.list(draft.draftId);
  return (
    <section class="fr-mb-4w" aria-labelledby="partager">
      <h3 id="partager">Montrer cet aperçu au producteur</h3>
      <p>
        {french`Une page à part montre les vingt premières aides telles que les collectivités les verraient, et ce qu'il leur manque. Elle garde ce qui s'y lit aujourd'hui, sans le nom de personne, et se ferme d'elle-même.`}
      </p>
      <ActForm action={`/brouillons/${draft.draftId}/apercus`} csrf={visit.csrf} class="moisson-filters__row">
        <Select name="jours" label="Ouverte pendant" choices={daysChoices} value={defaultDays} />
        <div class="moisson-filters__button">
          <SubmitButton label="Partager cet aperçu" isSecondary />
        </div>
      </ActForm>
      {shared.length > 0 && (
        <ul class="moisson-items">
          {shared.map((preview) => (
            <Shared visit={visit} preview={preview} />
          ))}
        </ul>
      )}
    </section>
  );
}

function Shared({ visit: { csrf, now }, preview }: { readonly visit: Visit; readonly preview: ListedPreview }): Child {
  const { previewId, draftId, by, at, until, seenAt, revokedAt } = preview;
  const path = `/brouillons/${draftId}/apercus/${previewId}`;
  const isOpen = revokedAt === null && until > now;
  const about = french`de l'aperçu partagé le ${formatDay(at)}`;
  return (
    <li>
      <p>
        <Badge tone={isOpen ? "success" : "neutral"} label={isOpen ? "ouvert" : revokedAt === null ? "terminé" : "révoqué"} />{" "}
        {french`Partagé le ${formatDay(at)} par ${by}, ${isOpen ? "ouvert jusqu’au" : "était ouvert jusqu’au"} ${formatDay(until)} ; ${seenAt === null ? "pas encore vu" : french`vu le ${formatDay(seenAt)}`}.`}
      </p>
      <ActButton action={`${path}/adresse`} csrf={csrf} label="Faire une nouvelle adresse" about={about} />
      {isOpen && <ActButton action={`${path}/revoquer`} csrf={csrf} label="Révoquer l’adresse" about={about} kind="tertiary" />}
    </li>
  );
}

const share = actRoute("/brouillons/:brouillon/apercus", { who: "bizdev", act: "preview.share" }, async (visit, form) => {
  const { catalogue, now } = visit;
  const draft = await draftOf(visit);
  const until = openUntil(now, form.text("jours"));
  const look = await analyseDraft(visit, draft, { previews: true });
  const preview = "refused" in look ? null : look.preview;
  if (preview === null || preview.aids.length === 0)
    throw new CannotDo("Il n’y a pas encore d’aide à montrer : reprenez les étapes précédentes.", 422);
  const content = previewContent(answersOf(draft).publisher?.name ?? draft.title, preview);
  const publisher = await catalogue.publishers.findByDraft(draft.draftId);
  const token = newToken();
  const { name: by } = visitorOf(visit);
  const kept = { draftId: draft.draftId, publisherId: publisher?.publisherId ?? null, content, by, at: now, until };
  const previewId = await catalogue.previews.add({ ...kept, tokenHash: tokenHash(token) });
  const details = { preview: previewId, aids: content.aids.length, until: parisDay(until) };
  if (publisher !== null) await catalogue.exchanges.add(publisher.publisherId, { at: now, kind: "preview-shared", by, details });
  return { page: newPreviewPage(visit, draft, token, until), subject: `brouillon ${draft.title}`, details };
});

const changeAddress = actRoute(
  "/brouillons/:brouillon/apercus/:apercu/adresse",
  { who: "bizdev", act: "preview.readdress" },
  async (visit, form) => {
    const draft = await draftOf(visit);
    const previewId = param(visit, "apercu");
    const token = newToken();
    const until = openUntil(visit.now, form.text("jours"));
    if (!(await visit.catalogue.previews.changeAddress(draft.draftId, previewId, { tokenHash: tokenHash(token), until })))
      throw new NotFound("Cet aperçu n’existe pas, ou n’existe plus.");
    return { page: newPreviewPage(visit, draft, token, until), subject: `brouillon ${draft.title}`, details: { preview: previewId } };
  },
);

const revoke = actRoute("/brouillons/:brouillon/apercus/:apercu/revoquer", { who: "bizdev", act: "preview.revoke" }, async (visit) => {
  const draft = await draftOf(visit);
  const previewId = param(visit, "apercu");
  if (!(await visit.catalogue.previews.revoke(draft.draftId, previewId, visitorOf(visit).name, visit.now)))
    throw new CannotDo("L’adresse de cet aperçu est déjà révoquée.", 409);
  return {
    message: "L’adresse est révoquée : elle ne mène plus à l’aperçu.",
    to: `/brouillons/${draft.draftId}/essai`,
    subject: `brouillon ${draft.title}`,
    details: { preview: previewId },
  };
});

/** Shows a new address of a preview, which is not shown again, and a mail to copy. */
function newPreviewPage(visit: Visit, draft: Draft, token: string, until: Date): Page {
  const { settings } = visit.console;
  const link = publicAddress(visit, `/apercu/${token}`);
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
      { title: draft.title, href: `/brouillons/${draft.draftId}/essai` },
    ],
    content: (
      <div class="moisson-narrow">
        <h1>L’aperçu est partagé</h1>
        <p>
          {french`Son adresse ouvre l'aperçu à quiconque la connaît, sans compte, jusqu'au ${formatDay(until)}. Elle n'est montrée qu'ici, et se révoque à tout moment depuis l'étape « L'aperçu ».`}
        </p>
        <TextField name="lien" label="Adresse de l’aperçu" value={link} readonly />
        <CopyButton of="champ-lien" label="Copier l’adresse" />
        <h2>Message pour le producteur</h2>
        <TextArea name="message" label="Message" value={mail} rows={12} />
        <CopyButton of="champ-message" label="Copier le message" kind="primary" />
        <ParagraphLink href={`/brouillons/${draft.draftId}/essai`} label="Revenir au brouillon" />
        <BackToPublisher visit={visit} draft={draft} />
      </div>
    ),
  };
}

/** Link to the next action of the draft's publisher. */
async function BackToPublisher({ visit, draft }: { readonly visit: Visit; readonly draft: Draft }): Promise<Child> {
  const begunFor = await visit.catalogue.publishers.findByDraft(draft.draftId);
  if (begunFor === null) return null;
  return (
    <ParagraphLink
      href={`/producteurs/${begunFor.publisherId}#action`}
      label={french`Revenir à ${begunFor.name}, et noter quand le relancer`}
    />
  );
}

/** Routes that share previews, and replace and revoke their addresses. */
export const sharePreviewRoutes: readonly Route[] = [share, changeAddress, revoke];
