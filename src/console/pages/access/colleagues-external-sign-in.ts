import { randomUUID } from "node:crypto";
import type { Person } from "../../../catalogue/accounts/people-repository.ts";
import { colleagues } from "../../access/account-kind.ts";
import { returnPath } from "../../access/sign-in.ts";
import type { ExternalSignIn } from "./external-sign-in.tsx";
import { signInPage } from "./sign-in-page.tsx";

const problems = {
  closed: () => "Votre compte est fermé. Un administrateur du service peut le rouvrir.",
  taken: () => "Un autre compte de ce service porte déjà votre adresse électronique. Un administrateur du service peut le détacher.",
  "no-address": (provider: string) =>
    `${provider} ne garantit pas votre adresse électronique : demandez à un administrateur du service de vous envoyer un lien.`,
} as const;

/** The external sign-in of colleagues. */
export const colleaguesExternalSignIn: ExternalSignIn = {
  kind: colleagues,
  path: "/connexion",
  backPath: returnPath,
  signInPage: (visit, problem) => signInPage(visit, { back: returnPath(visit.query.get("retour")), problem }),
  /**
   * The account is found by `subject`, because an address can pass to somebody else. A verified address is used only once, to link an account
   * that an admin has created for it, or to create a new one without a role.
   */
  async admit({ catalogue: { people }, now }, { subject, email, name }, provider) {
    const refused = (why: keyof typeof problems) => ({
      problem: problems[why](provider),
      note: { act: "account.sign-in-failed", subject: `connexion avec ${provider}`, details: { why } } as const,
    });
    const admitted = (
      person: Pick<Person, "personId" | "name" | "email">,
      act: "account.sign-in" | "account.link" | "account.sign-up",
    ) => ({
      accountId: person.personId,
      note: { act, subject: `compte ${person.email}`, by: person, details: { par: provider } },
    });
    const known = await people.findBySubject(subject);
    if (known !== null) return known.closedAt === null ? admitted(known, "account.sign-in") : refused("closed");
    if (email === null) return refused("no-address");
    const personId = randomUUID();
    if (await people.add({ personId, email, name, role: null, subject, by: "première connexion", now }))
      return admitted({ personId, name, email }, "account.sign-up");
    const sameAddress = await people.findByEmail(email);
    if (sameAddress === null || sameAddress.usesSingleSignOn) return refused("taken");
    if (sameAddress.closedAt !== null || !(await people.setSubject(sameAddress.personId, subject))) return refused("closed");
    return admitted(sameAddress, "account.link");
  },
  advice: {
    silent: "connectez-vous avec un mot de passe.",
    refused: "Recommencez.",
    weak: " Recommencez avec une double authentification.",
  },
};
