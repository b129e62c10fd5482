import { french } from "../../../french/typography.ts";
import { byPublisher } from "../../../model/publisher/letter-answer.ts";
import { isMailAddress } from "../../../partners/correspondence/letter-mail.ts";
import { clientNetwork } from "../../../platform/client-network.ts";
import { isWithinHourlyLimits } from "../../access/attempt-limits.ts";
import { cookie, readCookie } from "../../access/cookies.ts";
import { newPublisherSession } from "../../access/publisher-session.ts";
import { returnPath } from "../../access/sign-in.ts";
import { tokenHash } from "../../access/tokens.ts";
import { ActForm, SubmitButton, TextField } from "../../parts/form-controls.tsx";
import { actRoute, NotFound, type Page, pageRoute, type Route } from "../../route.ts";
import { param, publisherVisitorOf, type Visit } from "../../visit.ts";

/** Maximum number of requests for a link per hour, for an address and for a client network. */
const maxPerAddress = 5;
const maxPerNetwork = 30;

/** Returns where to go after the sign-in: a page of the space. */
export function spacePath(path: string | null): string {
  const back = returnPath(path);
  return /^\/espace(\/|\?|$)/.test(back) && !back.startsWith("/espace/connexion") ? back : "/espace";
}

const signInForm = pageRoute("/espace/connexion", "public", (visit) =>
  visit.publisherVisitor === null ? formPage(visit, {}) : { to: spacePath(visit.query.get("retour")) },
);

/**
 * Stores that an address asked for a link. A worker finds out whether the address is known and sends the link, so the answer and its time
 * are the same for every address.
 */
const requestLink = actRoute("/espace/connexion", { who: "public", act: "space.ask-link", maxBytes: 10_000 }, async (visit, form) => {
  const email = form.text("adresse").toLowerCase();
  if (!isMailAddress(email)) return formPage(visit, { email, problem: "Cette adresse n’est pas complète : prenom.nom@exemple.fr" });
  const isAllowed = await isWithinHourlyLimits(visit, [[`space-from:${clientNetwork(visit.client)}`, maxPerNetwork]]);
  if (!isAllowed)
    return { ...formPage(visit, { email, problem: "Trop de demandes : recommencez dans une heure." }), status: 429, retryAfter: 3600 };
  const isNew = await isWithinHourlyLimits(visit, [[`space-to:${email}`, maxPerAddress]]);
  if (isNew) await visit.catalogue.publisherAccounts.requestLink(email, visit.now);
  return { page: askedPage, subject: null };
});

/** Returns the page that asks for an address. `email`: as typed. */
export function formPage(visit: Visit, { email, problem }: { readonly email?: string; readonly problem?: string }): Page {
  const { spaceOidc } = visit.console.settings;
  return {
    title: "Mon espace de producteur",
    isBare: true,
    status: problem === undefined ? 200 : 422,
    content: (
      <div class="fr-grid-row fr-grid-row--center fr-py-2w">
        <div class="fr-col-12 fr-col-md-8 fr-col-lg-6">
          <h1>Mon espace de producteur</h1>
          <p>
            {french`Vos aides, vos flux et nos lettres, pour les personnes que ${visit.console.settings.name} a invitées. Donnez votre adresse : nous vous envoyons un lien qui vous connecte. Il n'y a pas de mot de passe.`}
          </p>
          {spaceOidc !== null && (
            <p>
              <a
                class="fr-btn fr-btn--secondary"
                href={`/espace/externe?retour=${encodeURIComponent(spacePath(visit.query.get("retour")))}`}
              >
                Se connecter avec {spaceOidc.name}
              </a>
            </p>
          )}
          <ActForm action="/espace/connexion" csrf={visit.csrf}>
            <TextField
              name="adresse"
              label="Adresse électronique"
              type="email"
              autocomplete="email"
              maxlength={254}
              value={email}
              problem={problem}
              required
            />
            <SubmitButton label="Recevoir un lien" />
          </ActForm>
          <p class="fr-mt-4w moisson-mention">
            {french`Pas encore d'invitation ? Répondez à la personne qui suit vos aides : elle peut vous inviter.`}
          </p>
        </div>
      </div>
    ),
  };
}

const askedPage: Page = {
  title: "Regardez vos messages",
  isBare: true,
  content: (
    <div class="moisson-narrow fr-py-2w">
      <h1>Regardez vos messages</h1>
      <p>{french`Si cette adresse est invitée, un lien lui parvient dans les minutes qui viennent. Il sert une fois, pendant une demi-heure.`}</p>
      <p>{french`Rien n'arrive ? Regardez parmi les indésirables, vérifiez l'adresse, ou demandez à la personne qui suit vos aides.`}</p>
      <p>
        <a href="/espace/connexion">Donner une autre adresse</a>
      </p>
    </div>
  ),
};

const goneMessage = french`Ce lien a déjà servi, ou il a expiré. Demandez-en un autre : la page « Mon espace de producteur » l'envoie à votre adresse.`;

/** Asks for a click before the link is used, because mail programs open links on their own. */
const enter = pageRoute("/espace/entree/:jeton", "public", async (visit) => {
  if (!(await visit.catalogue.publisherAccounts.isLink(tokenHash(param(visit, "jeton")), visit.now))) throw new NotFound(goneMessage);
  return {
    title: "Entrer dans mon espace",
    isBare: true,
    content: (
      <div class="moisson-narrow fr-py-2w">
        <h1>Entrer dans mon espace</h1>
        <p>Ce lien ne sert qu’une fois.</p>
        <ActForm action={`/espace/entree/${param(visit, "jeton")}`} csrf={visit.csrf}>
          <SubmitButton label="Entrer" />
        </ActForm>
      </div>
    ),
  };
});

const useLink = actRoute("/espace/entree/:jeton", { who: "public", act: "space.sign-in", maxBytes: 10_000 }, async (visit) => {
  const { publisherAccounts } = visit.catalogue;
  const session = newPublisherSession(visit);
  const accountId = await publisherAccounts.useLink(tokenHash(param(visit, "jeton")), session.stored);
  if (accountId === null) throw new NotFound(goneMessage);
  if (visit.publisherVisitor !== null) await publisherAccounts.endSession(visit.publisherVisitor.tokenHash);
  return {
    message: null,
    to: "/espace",
    subject: `compte de producteur ${accountId}`,
    by: byAccount(accountId),
    // The identity of an earlier external sign-in, perhaps of somebody else, is not that of this session.
    cookies: [session.cookie, cookie(visit.console, "space-identity", "", 0)],
  };
});

/** Returns the actor of an act in the audit trail: see `performAudited`. */
function byAccount(personId: string) {
  return { personId, name: byPublisher };
}

const signOut = actRoute("/espace/deconnexion", { who: "publisher", act: "space.sign-out", maxBytes: 10_000 }, async (visit) => {
  const { accountId, tokenHash: session } = publisherVisitorOf(visit);
  await visit.catalogue.publisherAccounts.endSession(session);
  const endsAtProvider = visit.console.settings.spaceOidc !== null && readCookie(visit.console, visit.headers, "space-identity") !== null;
  return {
    message: endsAtProvider ? null : "Vous êtes déconnecté.",
    to: endsAtProvider ? "/espace/deconnexion/externe" : "/espace/connexion",
    subject: `compte de producteur ${accountId}`,
    cookies: [cookie(visit.console, "space", "", 0)],
  };
});

/** Sign-in of a publisher's person by a link in a mail, and sign-out. */
export const spaceSignIn: readonly Route[] = [signInForm, requestLink, enter, useLink, signOut];
