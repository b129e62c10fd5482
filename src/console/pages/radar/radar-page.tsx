import type { Child } from "hono/jsx";
import type { FeedLead } from "../../../catalogue/publishers/feed-lead-repository.ts";
import { evidenceMessage, fileKindLabel } from "../../../french/survey.ts";
import { french } from "../../../french/typography.ts";
import { type LeadReason, type LeadState, usefulLeadKinds } from "../../../model/publisher/feed-lead.ts";
import type { Evidence } from "../../../model/survey/evidence.ts";
import type { FileKind } from "../../../model/survey/file-kind.ts";
import { organisationKey } from "../../../partners/organisation-key.ts";
import { ActButton, ActForm, SubmitButton, TextField } from "../../parts/form-controls.tsx";
import { formatDay } from "../../parts/time.ts";
import { actRoute, CannotDo, pageRoute, type Route } from "../../route.ts";
import { mayCurate, visitorOf } from "../../visit.ts";

const radarPath = "/radar";
const maxShown = 50;

/** The feeds that the radar has found: open ones, with a beginning of a connector, and refused ones. */
const radarPage = pageRoute(radarPath, "read", async (visit) => {
  const { feedLeads, publishers } = visit.catalogue;
  const csrf = mayCurate(visit) ? visit.csrf : null;
  const open = await feedLeads.list("open", usefulLeadKinds, maxShown);
  const refused = await feedLeads.list("refused", usefulLeadKinds, maxShown);
  const counts = await feedLeads.countByKind();
  const others = [...counts].filter(([kind]) => !usefulLeadKinds.includes(kind ?? "")).reduce((sum, [, count]) => sum + count, 0);
  const known = new Map((await publishers.list()).map(({ name, publisherId }) => [organisationKey(name), publisherId]));
  return {
    title: "Radar",
    breadcrumb: [{ title: "Producteurs", href: "/producteurs" }],
    menuPath: "/producteurs",
    content: (
      <>
        <h1>Radar</h1>
        <p>
          {french`Chaque nuit, Moisson cherche dans les catalogues de données ouvertes et sur les sites des producteurs des listes d'aides qu'aucun connecteur ne lit encore, et en lit un extrait. Une piste refusée ne revient pas.`}
        </p>
        {open.length === 0 && (
          <p>{french`Aucune piste n'attend. Si le radar n'a jamais cherché, demandez à l'équipe technique de le mettre en marche.`}</p>
        )}
        {open.map((lead) => (
          <Lead lead={lead} publisherId={known.get(organisationKey(lead.publisher)) ?? null} csrf={csrf} />
        ))}
        {others > 0 && (
          <p class="fr-text--sm">{french`${others} autres fichiers ont été trouvés, qui ne sont pas des listes d'aides ou n'ont pas encore été lus.`}</p>
        )}
        {refused.length > 0 && (
          <details>
            <summary>{french`${refused.length} pistes refusées`}</summary>
            <ul>
              {refused.map((lead) => (
                <li>
                  <a href={lead.address}>{lead.title}</a>
                  {french`, refusée par ${lead.decidedBy ?? "?"}${lead.why === null ? "" : ` : ${lead.why}`} `}
                  {csrf !== null && (
                    <ActButton
                      action={`${radarPath}/rouvrir`}
                      csrf={csrf}
                      label="Rouvrir"
                      about={`: ${lead.title}`}
                      kind="tertiary"
                      fields={{ piste: lead.id }}
                    />
                  )}
                </li>
              ))}
            </ul>
          </details>
        )}
      </>
    ),
  };
});

interface LeadShown {
  readonly lead: FeedLead;
  /** The publisher of this name, or null. */
  readonly publisherId: string | null;
  readonly csrf: string | null;
}

function Lead({ lead, publisherId, csrf }: LeadShown): Child {
  const { id, title, publisher, address, page, catalogue, kind, certainty, evidence, reasons, foundAt } = lead;
  const contents = kind === "pages" ? "des pages d’aides, sans fichier" : fileKindLabel(kind as FileKind);
  return (
    <section class="fr-mb-4w" aria-labelledby={`piste-${id}`}>
      <h2 class="fr-h5 fr-mb-1v" id={`piste-${id}`}>
        {title}
      </h2>
      <p class="fr-mb-1w">
        {publisherId === null ? publisher || "Producteur inconnu" : <a href={`/producteurs/${publisherId}`}>{publisher}</a>}
        {french`, trouvée le ${formatDay(new Date(foundAt))} sur ${catalogue}. Contenu probable : ${contents} (${Math.round(certainty * 100)} %).`}
      </p>
      <ul>
        {reasons.map((reason) => (
          <li>{reasonMessage(reason)}</li>
        ))}
        {(evidence as readonly Evidence[]).map((one) => (
          <li>{evidenceMessage(one)}</li>
        ))}
      </ul>
      <p>
        <a href={address}>{kind === "pages" ? "Voir les pages" : "Voir le fichier"}</a>
        {page !== null && page !== address && (
          <>
            {" · "}
            <a href={page}>Sa page</a>
          </>
        )}
        {publisherId === null && (
          <>
            {" · "}
            <a href="/producteurs/nouveau">Ajouter le producteur</a>
          </>
        )}
      </p>
      {csrf !== null && (
        <>
          {kind !== "pages" && (
            <ActButton
              action="/brouillons"
              csrf={csrf}
              label="Préparer un connecteur"
              about={`: ${title}`}
              fields={{ nom: publisher || title, adresse: address, ...(publisherId !== null && { producteur: publisherId }) }}
            />
          )}
          <ActForm action={`${radarPath}/refuser`} csrf={csrf}>
            <input type="hidden" name="piste" value={id} />
            <TextField name="raison" id={`raison-${id}`} label="Pourquoi la refuser" maxlength={200} />
            <SubmitButton label="Refuser cette piste" isSecondary />
          </ActForm>
        </>
      )}
    </section>
  );
}

function reasonMessage(reason: LeadReason): string {
  switch (reason.code) {
    case "schema":
      return french`Déclarée au schéma ${reason.name}`;
    case "words":
      return french`Titre ou description : ${reason.words.join(", ")}`;
    case "pages":
      return french`${reason.count} pages sous ${reason.folder}`;
  }
}

const maxReason = 200;

function decideRoute(path: string, act: string, state: LeadState, message: string): Route {
  return actRoute(`${radarPath}/${path}`, { who: "bizdev", act }, async (visit, form) => {
    const id = form.text("piste");
    const why = form.text("raison").slice(0, maxReason) || null;
    if (!(await visit.catalogue.feedLeads.decide(id, { state, why, by: visitorOf(visit).name, now: visit.now })))
      throw new CannotDo("Quelqu’un a déjà répondu pour cette piste, ou elle n’existe plus.", 409);
    return { message, to: radarPath, subject: "piste", details: { id, ...(why !== null && { why }) } };
  });
}

/** The list of leads, and the decisions about them. */
export const radarRoutes: readonly Route[] = [
  radarPage,
  decideRoute("refuser", "lead.refuse", "refused", "La piste est refusée : elle ne reviendra pas. Vous pouvez la rouvrir plus bas."),
  decideRoute("rouvrir", "lead.reopen", "open", "La piste est de nouveau ouverte."),
];
