import { french } from "../../../french/typography.ts";
import { attemptOn, clearAttempts, isAttemptAllowed, originOf, pauseSeconds } from "../../access/attempt-limits.ts";
import { noteAccess, shortenedEmail } from "../../access/note-access.ts";
import { isPassword } from "../../access/password.ts";
import { beginSessionWithPassword, returnPath } from "../../access/sign-in.ts";
import { Alert } from "../../parts/alert.tsx";
import { ActForm, SubmitButton, TextField } from "../../parts/form-controls.tsx";
import { actRoute, type Done, type Page, pageRoute } from "../../route.ts";
import { type Visit, visitorOf } from "../../visit.ts";
import { askForCode } from "./code-page.tsx";

const form = pageRoute("/connexion", "anyone", (visit) => {
  const back = returnPath(visit.query.get("retour"));
  return visit.visitor === null ? signInPage(visit, { back }) : { to: back };
});

const act = actRoute(
  "/connexion",
  { who: "anyone", act: "account.sign-in", limitsItself: true },
  async (visit, sent): Promise<Done | Page> => {
    const { catalogue } = visit;
    const email = sent.text("adresse").toLowerCase().slice(0, 200);
    const back = returnPath(sent.text("retour"));
    const person = await catalogue.people.findByEmail(email);
    const hash = person?.password ?? null;
    const tried = attemptOn(email, hash, visit);
    if (!(await isAttemptAllowed(catalogue, tried)))
      return { ...signInPage(visit, { back, email, problem: tooMany }), status: 429, retryAfter: pauseSeconds };
    // The answer and its time do not reveal whether the account exists.
    const isRight = await isPassword(sent.text("mot-de-passe").slice(0, 200), hash, originOf(tried));
    if (person === null || hash === null || !isRight || person.closedAt !== null) {
      await noteAccess(visit, { act: "account.sign-in-failed", subject: `compte ${shortenedEmail(email)}` });
      return { ...signInPage(visit, { back, email, problem: wrong }), status: 422 };
    }
    if ((await catalogue.secondFactors.find(person.personId)) !== null) return askForCode(visit, person.personId, back);
    await clearAttempts(catalogue, tried);
    const cookies = await beginSessionWithPassword(visit, { personId: person.personId, passwordHash: hash });
    return { message: null, to: back, subject: `compte ${person.email}`, by: person, cookies };
  },
);

const wrong = "Adresse ou mot de passe incorrect.";
const tooMany = french`Trop d’essais. Attendez ${pauseSeconds} secondes, puis recommencez.`;

/** Returns the sign-in page. `back`: where to go after the sign-in; `email`: as typed. */
export function signInPage(visit: Visit, { back, email, problem }: { back: string; email?: string; problem?: string }): Page {
  const { settings } = visit.console;
  return {
    title: "Se connecter",
    isBare: true,
    content: (
      <div class="fr-grid-row fr-grid-row--center fr-py-4w">
        <div class="fr-col-12 fr-col-md-8 fr-col-lg-6">
          <h1>Se connecter à {settings.name}</h1>
          {problem !== undefined && (
            <Alert kind="error" isAnnounced>
              <p>{problem}</p>
            </Alert>
          )}
          {settings.oidc !== null && (
            <>
              <p>
                <a class="fr-btn" href={`/connexion/externe?retour=${encodeURIComponent(back)}`}>
                  Se connecter avec {settings.oidc.name}
                </a>
              </p>
              <h2>Ou avec un compte de ce service</h2>
            </>
          )}
          <ActForm action="/connexion" csrf={visit.csrf}>
            <input type="hidden" name="retour" value={back} />
            <TextField name="adresse" label="Adresse électronique" type="email" autocomplete="username" value={email} required />
            <TextField name="mot-de-passe" label="Mot de passe" type="password" autocomplete="current-password" required />
            <SubmitButton label="Se connecter" />
          </ActForm>
          <p class="fr-mt-4w moisson-mention">Pas de compte, ou mot de passe oublié : un administrateur du service vous envoie un lien.</p>
        </div>
      </div>
    ),
  };
}

/** Routes of the sign-in with a password. */
export const signInRoutes = [form, act] as const;

/** The page for people without a role. */
export const waitingRoute = pageRoute("/en-attente", "signed-in", (visit) => {
  const { name, email, role } = visitorOf(visit);
  if (role !== null) return { to: "/" };
  return {
    title: "En attente d’un rôle",
    content: (
      <div class="fr-py-4w">
        <h1>Bienvenue, {name}</h1>
        <p>{`Votre compte (${email}) existe. Il ne permet encore rien : un administrateur doit vous donner un rôle.`}</p>
      </div>
    ),
  };
});
