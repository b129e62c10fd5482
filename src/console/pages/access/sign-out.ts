import { cookie, readCookie } from "../../access/cookies.ts";
import type { ActRoute } from "../../route.ts";
import { visitorOf } from "../../visit.ts";

/** Ends the session. */
export const signOutRoute: ActRoute = {
  method: "post",
  path: "/deconnexion",
  who: "signed-in",
  act: "account.sign-out",
  async perform(visit) {
    const { personId, email, session } = visitorOf(visit);
    await visit.catalogue.sessions.end(personId, session.tokenHash);
    const { settings } = visit.console;
    const isElsewhere = session.way === "oidc" && settings.oidc !== null && readCookie(visit.console, visit.headers, "identity") !== null;
    return {
      message: isElsewhere ? null : "Vous êtes déconnecté.",
      to: isElsewhere ? "/deconnexion/externe" : "/connexion",
      subject: `compte ${email}`,
      cookies: [cookie(visit.console, "session", "", 0)],
    };
  },
};
