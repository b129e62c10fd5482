import { french } from "../../../french/typography.ts";
import { attemptOn, clearAttempts, isAttemptAllowed, pauseSeconds } from "../../access/attempt-limits.ts";
import { noteAccess, shortenedEmail } from "../../access/note-access.ts";
import { codeMinutes, isCode } from "../../access/second-factor.ts";
import { beginSessionWithPassword, returnPath } from "../../access/sign-in.ts";
import { newToken, tokenHash } from "../../access/tokens.ts";
import { Alert } from "../../parts/alert.tsx";
import { ActForm, SubmitButton, TextField } from "../../parts/form-controls.tsx";
import { actRoute, CannotDo, type Done, type Page } from "../../route.ts";
import type { Visit } from "../../visit.ts";

/** Returns the page that asks a person whose password is right for a code. */
export async function askForCode(visit: Visit, personId: string, back: string): Promise<Page> {
  const token = newToken();
  const expiresAt = new Date(visit.now.getTime() + codeMinutes * 60_000);
  await visit.catalogue.sessions.addLink(personId, { tokenHash: tokenHash(token), purpose: "second-factor", expiresAt });
  return codePage(visit, { token, back });
}

const act = actRoute(
  "/connexion/code",
  { who: "anyone", act: "account.sign-in", limitsItself: true },
  async (visit, sent): Promise<Done | Page> => {
    const { catalogue, now } = visit;
    const { secrets } = visit.console.settings;
    const [token, back] = [sent.text("etape"), returnPath(sent.text("retour"))];
    const personId = await catalogue.sessions.link(tokenHash(token), "second-factor", now, false);
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
    await catalogue.sessions.link(tokenHash(token), "second-factor", now, true);
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
      <div class="fr-grid-row fr-grid-row--center fr-py-4w">
        <div class="fr-col-12 fr-col-md-8 fr-col-lg-6">
          <h1>Code de connexion</h1>
          {problem !== undefined && (
            <Alert kind="error" isAnnounced>
              <p>{problem}</p>
            </Alert>
          )}
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
        </div>
      </div>
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

/** The second step of a sign-in with a password. */
export const codeRoutes = [act] as const;
