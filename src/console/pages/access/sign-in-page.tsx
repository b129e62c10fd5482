import type { Child } from "hono/jsx";
import { french } from "../../../french/typography.ts";
import { attemptOn, clearAttempts, isAttemptAllowed, originOf, pauseSeconds } from "../../access/attempt-limits.ts";
import { noteAccess, shortenedEmail } from "../../access/note-access.ts";
import { isPassword } from "../../access/password.ts";
import { codeMinutes, isCode } from "../../access/second-factor.ts";
import { beginSessionWithPassword, returnPath } from "../../access/sign-in.ts";
import { Alert } from "../../parts/alert.tsx";
import { ActForm, SubmitButton, TextField } from "../../parts/form-controls.tsx";
import { actRoute, CannotDo, type Done, type Page, pageRoute } from "../../route.ts";
import { type Visit, visitorOf } from "../../visit.ts";

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
      <Step title={`Se connecter à ${settings.name}`} problem={problem}>
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
      </Step>
    ),
  };
}

/** A step of the sign-in, in a narrow column. */
function Step({
  title,
  problem,
  children,
}: {
  readonly title: string;
  readonly problem: string | undefined;
  readonly children?: Child;
}): Child {
  return (
    <div class="fr-grid-row fr-grid-row--center fr-py-4w">
      <div class="fr-col-12 fr-col-md-8 fr-col-lg-6">
        <h1>{title}</h1>
        {problem !== undefined && <Alert kind="error" isAnnounced text={problem} />}
        {children}
      </div>
    </div>
  );
}

/** Returns the page that asks a person whose password is right for a code. */
async function askForCode(visit: Visit, personId: string, back: string): Promise<Page> {
  const expiresAt = new Date(visit.now.getTime() + codeMinutes * 60_000);
  const token = await visit.catalogue.sessions.addLink(personId, "second-factor", expiresAt);
  return codePage(visit, { token, back });
}

/** The second step of a sign-in with a password. */
const codeAct = actRoute(
  "/connexion/code",
  { who: "anyone", act: "account.sign-in", limitsItself: true },
  async (visit, sent): Promise<Done | Page> => {
    const { catalogue, now } = visit;
    const { secrets } = visit.console.settings;
    const [token, back] = [sent.text("etape"), returnPath(sent.text("retour"))];
    const personId = await catalogue.sessions.link(token, "second-factor", now, false);
    const found = personId === null ? null : await catalogue.people.find(personId);
    const person = found === null ? null : await catalogue.people.findByEmail(found.email);
    const factor = personId === null ? null : await catalogue.secondFactors.find(personId);
    if (person === null || person.password === null || person.closedAt !== null || factor === null) return expiredPage(back);
    if (secrets === null) throw new CannotDo("Le code ne peut pas être vérifié : la clé MOISSON_SECRET manque ici.", 503);
    const tried = attemptOn(person.email, person.password, visit);
    if (!(await isAttemptAllowed(catalogue, tried))) {
      const problem = french`Trop d'essais. Attendez ${pauseSeconds} secondes, puis recommencez.`;
      return { ...codePage(visit, { token, back, problem }), status: 429, retryAfter: pauseSeconds };
    }
    if (!(await isCode(catalogue, { ...person, sealed: factor.sealed }, { code: sent.text("code").slice(0, 40), now, secrets }))) {
      await noteAccess(visit, {
        act: "account.sign-in-failed",
        subject: `compte ${shortenedEmail(person.email)}`,
        details: { code: true },
      });
      return { ...codePage(visit, { token, back, problem: "Ce code est faux, périmé ou déjà utilisé." }), status: 422 };
    }
    await catalogue.sessions.link(token, "second-factor", now, true);
    await clearAttempts(catalogue, tried);
    const cookies = await beginSessionWithPassword(visit, { personId: person.personId, passwordHash: person.password });
    return { message: null, to: back, subject: `compte ${person.email}`, by: person, cookies };
  },
);

/** `token`: of the link that proves the password; `back`: where to go after the sign-in. */
function codePage(visit: Visit, { token, back, problem }: { token: string; back: string; problem?: string }): Page {
  return {
    title: "Code de connexion",
    isBare: true,
    content: (
      <Step title="Code de connexion" problem={problem}>
        <p>Ouvrez votre application d’authentification et recopiez le code de six chiffres.</p>
        <ActForm action="/connexion/code" csrf={visit.csrf}>
          <input type="hidden" name="etape" value={token} />
          <input type="hidden" name="retour" value={back} />
          <TextField
            name="code"
            label="Code"
            hint="Ou l’un de vos codes de secours, si vous n’avez plus votre téléphone."
            autocomplete="one-time-code"
            maxlength={40}
            required
          />
          <SubmitButton label="Se connecter" />
        </ActForm>
        <p class="fr-mt-4w moisson-mention">
          Ni téléphone, ni code de secours : un administrateur peut retirer la double authentification de votre compte.
        </p>
      </Step>
    ),
  };
}

function expiredPage(back: string): Page {
  return {
    title: "Code de connexion",
    isBare: true,
    status: 422,
    content: (
      <div class="fr-py-4w">
        <h1>Le délai pour donner le code est passé</h1>
        <p>
          <a href={`/connexion?retour=${encodeURIComponent(back)}`}>Recommencer la connexion</a>
        </p>
      </div>
    ),
  };
}

/** Routes of the sign-in with a password. */
export const signInRoutes = [form, act, codeAct] as const;

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
