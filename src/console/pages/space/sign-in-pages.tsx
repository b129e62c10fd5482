import { french } from "../../../french/typography.ts";
import { byPublisher } from "../../../model/publisher/letter-answer.ts";
import { isMailAddress } from "../../../partners/correspondence/letter-mail.ts";
import { clientNetwork } from "../../../platform/client-network.ts";
import { publishersPeople } from "../../access/account-kind.ts";
import { isWithinHourlyLimits } from "../../access/attempt-limits.ts";
import { shortenedEmail } from "../../access/note-access.ts";
import { returnPath } from "../../access/sign-in.ts";
import { ActForm, SubmitButton, TextField } from "../../parts/form-controls.tsx";
import { actRoute, type Page, pageRoute, type Route } from "../../route.ts";
import type { Visit } from "../../visit.ts";
import { type ExternalSignIn, externalSignInRoutes } from "../access/external-sign-in.tsx";
import { signInLinkRoutes } from "../access/sign-in-link.tsx";

/**
 * Maximum number per hour: requests of a network, and mails to an address, one at the request of each network. A link lives as long, so
 * nobody can keep others out of their space by asking in their name.
 */
const maxPerNetwork = 30;
const maxMails = 5;

/** Returns where to go after the sign-in: a page of the space. */
function spacePath(path: string | null): string {
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
  const isNew = await isWithinHourlyLimits(visit, [
    [`space-to:${email}`, maxMails],
    [await mailKey(visit, email), 1],
  ]);
  if (isNew) await visit.catalogue.publisherAccounts.requestLink(email, visit.now);
  return { page: askedPage, subject: null };
});

/**
 * Returns the key of the mails to an address at the request of the visitor's network. It changes when the person signs in, because the link
 * is then used.
 */
async function mailKey({ catalogue, client }: Visit, email: string): Promise<string> {
  const account = await catalogue.publisherAccounts.findByEmail(email);
  return `space-to:${email} ${clientNetwork(client)} ${account?.seenAt?.toISOString() ?? ""}`;
}

/** Returns the page that asks for an address. `email`: as typed. */
function formPage(visit: Visit, { email, problem }: { readonly email?: string; readonly problem?: string }): Page {
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
      <p>{french`Si cette adresse est invitée, un lien lui parvient dans les minutes qui viennent. Il sert une fois, pendant une heure. Une nouvelle demande pendant cette heure n'en envoie pas d'autre.`}</p>
      <p>{french`Rien n'arrive ? Regardez parmi les indésirables, vérifiez l'adresse, ou demandez à la personne qui suit vos aides.`}</p>
      <p>
        <a href="/espace/connexion">Donner une autre adresse</a>
      </p>
    </div>
  ),
};

const goneMessage = french`Ce lien a déjà servi, ou il a expiré. Demandez-en un autre : la page « Mon espace de producteur » l'envoie à votre adresse.`;

/** Nobody but invited people gets an account: the provider knows many people who are of no publisher. */
const externalSignIn: ExternalSignIn = {
  kind: publishersPeople,
  path: "/espace",
  backPath: spacePath,
  signInPage: (visit, problem) => formPage(visit, { problem }),
  async admit({ catalogue }, identity, provider) {
    const account = await catalogue.publisherAccounts.ofIdentity(identity);
    const details = { par: provider };
    if (account !== null) {
      const { accountId } = account;
      const by = { personId: accountId, name: byPublisher };
      return { accountId, note: { act: "space.sign-in", subject: `compte de producteur ${accountId}`, by, details } };
    }
    const subject = identity.email === null ? `connexion avec ${provider}` : `compte de producteur ${shortenedEmail(identity.email)}`;
    return {
      problem: `${provider} vous a reconnu, mais cette adresse n’est pas invitée. Demandez à la personne qui suit vos aides.`,
      note: { act: "space.sign-in-failed", subject, details },
    };
  },
  advice: { silent: "demandez un lien.", refused: "Recommencez, ou demandez un lien.", weak: "" },
};

/** Sign-in of a publisher's person by a link in a mail or by an external sign-in, and sign-out. */
export const spaceSignIn: readonly Route[] = [
  signInForm,
  requestLink,
  ...signInLinkRoutes(publishersPeople, {
    title: "Entrer dans mon espace",
    heading: () => "Entrer dans mon espace",
    goneMessage,
    class: "moisson-narrow fr-py-2w",
  }),
  ...externalSignInRoutes(externalSignIn),
];
