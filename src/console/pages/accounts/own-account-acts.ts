import { newPasswordProblems } from "../../access/new-password.ts";
import { hashPassword, isPassword } from "../../access/password.ts";
import { beginSession } from "../../access/sign-in.ts";
import { clearAttempts, isAttemptAllowed } from "../../access/try-limits.ts";
import { type ActRoute, CannotDo } from "../../route.ts";
import { visitorOf } from "../../visit.ts";
import { ownAccountPage } from "./own-account-page.tsx";

const changePassword: ActRoute = {
  method: "post",
  path: "/mon-compte/mot-de-passe",
  who: "signed-in",
  act: "account.password",
  async perform(visit, form) {
    const { catalogue, client, now } = visit;
    const { personId, email, session } = visitorOf(visit);
    const held = (await catalogue.people.findByEmail(email))?.password ?? null;
    if (held === null)
      throw new CannotDo("Ce compte n’a pas de mot de passe : un administrateur peut vous envoyer un lien pour en choisir un.");
    const problems = newPasswordProblems(form);
    if (Object.keys(problems).length > 0) return ownAccountPage(visit, problems);
    // Who finds a browser open is not to guess the password either.
    const tried = { email, client, now };
    if (!(await isAttemptAllowed(catalogue, tried))) return ownAccountPage(visit, { actuel: "Trop d’essais. Attendez un quart d’heure." });
    if (!(await isPassword(form.text("actuel"), held))) return ownAccountPage(visit, { actuel: "Ce n’est pas votre mot de passe actuel." });
    await clearAttempts(catalogue, tried);
    await catalogue.people.setPassword(personId, await hashPassword(form.text("mot-de-passe")));
    return {
      message: "Votre mot de passe est changé, et vos autres sessions ont pris fin.",
      to: "/mon-compte",
      subject: `compte ${email}`,
      cookies: [await beginSession(visit, personId, session.way)],
    };
  },
};

const endSession: ActRoute = {
  method: "post",
  path: "/mon-compte/sessions/fin",
  who: "signed-in",
  act: "account.end-sessions",
  async perform(visit, form) {
    const { personId, email } = visitorOf(visit);
    await visit.catalogue.sessions.end(personId, form.text("session"));
    return { message: "La session a pris fin.", to: "/mon-compte", subject: `compte ${email}` };
  },
};

const endOthers: ActRoute = {
  method: "post",
  path: "/mon-compte/sessions/autres",
  who: "signed-in",
  act: "account.end-sessions",
  async perform(visit) {
    const { personId, email, session } = visitorOf(visit);
    await visit.catalogue.sessions.endOthers(personId, session.tokenHash);
    return { message: "Vos autres sessions ont pris fin.", to: "/mon-compte", subject: `compte ${email}` };
  },
};

/** What somebody does to their own account. */
export const ownAccountActs: readonly ActRoute[] = [changePassword, endSession, endOthers];
