import { randomUUID } from "node:crypto";
import type { StoredPublisher } from "../../../../catalogue/publishers/publisher-repository.ts";
import { counted, french } from "../../../../french/typography.ts";
import { ConnectorLink } from "../../../lists/connector-column.tsx";
import { ActButton, ActForm, SubmitButton, TextField } from "../../../parts/form-controls.tsx";
import { ButtonLink } from "../../../parts/link.tsx";
import { Table } from "../../../parts/table.tsx";
import { formatShortDateTime } from "../../../parts/time.ts";
import { actRoute, pageRoute } from "../../../route.ts";
import { type Visit, visitorOf } from "../../../visit.ts";
import { draftStanding } from "./draft-standing.tsx";
import { nextStep } from "./draft-steps.ts";
import { draftOf } from "./edited-draft.tsx";

const list = pageRoute("/brouillons", "bizdev", async (visit) => {
  const { catalogue, csrf, now } = visit;
  const found = await catalogue.drafts.list();
  const drafts = await Promise.all(found.map(async (draft) => ({ ...draft, standing: await draftStanding(catalogue, draft, now) })));
  return {
    title: "Nouveau producteur",
    breadcrumb: [],
    content: (
      <>
        <h1>Nouveau producteur</h1>
        <p>
          Un fichier ou une adresse suffit : les colonnes et les mots sont proposés, vous corrigez, et une première collecte est préparée.
          Tout est enregistré à chaque étape.
        </p>
        <ActForm action="/brouillons" csrf={csrf} class="fr-mb-6w">
          <TextField
            name="nom"
            label="Nom du producteur"
            hint={french`Tel que le catalogue doit le montrer : « Région Bretagne ».`}
            maxlength={200}
            required
          />
          <SubmitButton label="Commencer" />
        </ActForm>
        <p>
          Le producteur n’a pas encore de fichier ? Envoyez-lui <a href="/modeles">un modèle à remplir</a>, ou{" "}
          <a href="/saisir">saisissez ses aides une à une</a>.
        </p>
        <h2>Brouillons</h2>
        {drafts.length === 0 ? (
          <p>Aucun brouillon.</p>
        ) : (
          <Table
            caption={counted(drafts.length, "brouillon")}
            head={["Producteur", "Où il en est", "À faire", "Dernière modification", "Par", "Supprimer"]}
            rows={drafts.map((draft) => [
              <a href={`/brouillons/${draft.draftId}`}>{draft.title}</a>,
              <>
                {draft.standing.state}
                {draft.connector !== null && (
                  <>
                    {" : "}
                    <ConnectorLink visit={visit} connector={draft.connector} />
                  </>
                )}
              </>,
              <a href={draft.standing.href}>
                {draft.standing.act}
                <span class="fr-sr-only">{` : ${draft.title}`}</span>
              </a>,
              formatShortDateTime(draft.updatedAt),
              draft.updatedBy,
              <ActButton
                action={`/brouillons/${draft.draftId}/supprimer`}
                csrf={csrf}
                label="Supprimer"
                about={draft.title}
                kind="tertiary"
              />,
            ])}
          />
        )}
      </>
    ),
  };
});

const begin = actRoute("/brouillons", { who: "bizdev", act: "draft.begin" }, async (visit, form) => {
  const title = form.text("nom").slice(0, 200);
  if (title === "") return { to: "/brouillons" };
  const draftId = randomUUID();
  const publisher = form.has("producteur") ? await visit.catalogue.publishers.find(form.text("producteur")) : null;
  const leadAddress = form.text("adresse").slice(0, 2000);
  const answers = /^https?:\/\//.test(leadAddress) && URL.canParse(leadAddress) ? { leadAddress } : {};
  await visit.catalogue.drafts.add({ draftId, title, answers, by: visitorOf(visit).name, now: visit.now });
  if (publisher !== null) await linkPublisher(visit, draftId, publisher);
  return { message: null, to: `/brouillons/${draftId}/producteur`, subject: `brouillon ${title}` };
});

/** Links a draft to its publisher, and logs it. */
async function linkPublisher(visit: Visit, draftId: string, { publisherId }: StoredPublisher): Promise<void> {
  const { catalogue, now } = visit;
  await catalogue.publishers.giveDraft(draftId, publisherId);
  await catalogue.exchanges.add(publisherId, { at: now, kind: "draft-begun", by: visitorOf(visit).name, details: { draft: draftId } });
}

const open = pageRoute("/brouillons/:brouillon", "bizdev", async (visit) => {
  const draft = await draftOf(visit);
  return { to: `/brouillons/${draft.draftId}/${nextStep(draft)}` };
});

const remove = actRoute("/brouillons/:brouillon/supprimer", { who: "bizdev", act: "draft.remove" }, async (visit, form) => {
  const draft = await draftOf(visit);
  if (!form.has("oui")) {
    return {
      title: "Supprimer un brouillon",
      breadcrumb: [{ title: "Nouveau producteur", href: "/brouillons" }],
      content: (
        <>
          <h1>{french`Supprimer « ${draft.title} » ?`}</h1>
          <p>Tout ce qui a été dit dans ce brouillon sera perdu. Un connecteur déjà créé n’en souffre pas.</p>
          <ActButton
            action={visit.address}
            csrf={visit.csrf}
            label="Supprimer le brouillon"
            fields={{ oui: "1" }}
            kind="primary"
            size="md"
          />
          <ButtonLink kind="secondary" href="/brouillons" label="Garder" />
        </>
      ),
    };
  }
  await visit.catalogue.drafts.remove(draft.draftId);
  return { message: french`Le brouillon « ${draft.title} » est supprimé.`, to: "/brouillons", subject: `brouillon ${draft.title}` };
});

/** Routes that list, create, open and delete drafts. */
export const draftListRoutes = [list, begin, open, remove] as const;
