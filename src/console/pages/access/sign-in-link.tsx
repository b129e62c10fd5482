import { french } from "../../../french/typography.ts";
import { type AccountKind, type AuditedAccount, colleagues } from "../../access/account-kind.ts";
import { cookie } from "../../access/cookies.ts";
import { hashPassword, newPasswordProblems } from "../../access/password.ts";
import { beginSession } from "../../access/sign-in.ts";
import { Problems } from "../../parts/alert.tsx";
import { ActForm, SubmitButton } from "../../parts/form-controls.tsx";
import { actRoute, NotFound, type Page, pageRoute, type Route } from "../../route.ts";
import { param, type Visit } from "../../visit.ts";
import { NewPasswordFields } from "./new-password-fields.tsx";

/** What the page of a link to sign in says. `goneMessage`: after its use, or its expiry. */
interface LinkWords {
  readonly title: string;
  heading(serviceName: string): string;
  readonly goneMessage: string;
  readonly class: string;
}

/** Returns the routes of the links to sign in, which work once. */
export function signInLinkRoutes(kind: AccountKind, words: LinkWords): readonly Route[] {
  const path = `${kind.base}/entree/:jeton`;
  const owner = (visit: Visit, uses: boolean) => ownerOf(visit, kind, { purpose: "sign-in", uses, goneMessage: words.goneMessage });
  return [
    // Asks for a click before the link is used, because mail programs open links on their own.
    pageRoute(path, kind.signedOut.who, async (visit) => {
      await owner(visit, false);
      return {
        title: words.title,
        isBare: true,
        content: (
          <div class={words.class}>
            <h1>{words.heading(visit.console.settings.name)}</h1>
            <p>Ce lien ne sert qu’une fois.</p>
            <ActForm action={visit.address} csrf={visit.csrf}>
              <SubmitButton label="Entrer" />
            </ActForm>
          </div>
        ),
      };
    }),
    actRoute(path, { ...kind.signedOut, act: `${kind.acts}.sign-in` }, async (visit) => {
      const account = await owner(visit, true);
      const session = await beginSession(visit, kind, account.by.personId, "link");
      // The identity of an earlier external sign-in, perhaps of somebody else, is not that of this session.
      const cookies = [session, cookie(visit.console, kind.cookies.identity, "", 0)];
      return { ...account, message: null, to: kind.base === "" ? "/" : kind.base, cookies };
    }),
  ];
}

/** Returns the account of a valid link. Throws `NotFound`. `uses`: the link cannot be used again. */
async function ownerOf(
  visit: Visit,
  kind: AccountKind,
  link: { readonly purpose: "sign-in" | "password"; readonly uses: boolean; readonly goneMessage: string },
): Promise<AuditedAccount> {
  const accountId = await kind.sessions(visit.catalogue).link(param(visit, "jeton"), link.purpose, visit.now, link.uses);
  const account = accountId === null ? null : await kind.account(visit.catalogue, accountId);
  if (account === null) throw new NotFound(link.goneMessage);
  return account;
}

const goneMessage = "Ce lien a déjà servi, ou il a expiré. Demandez-en un autre à un administrateur.";

const ownerOfPassword = (visit: Visit, uses: boolean) => ownerOf(visit, colleagues, { purpose: "password", uses, goneMessage });

const choose = pageRoute("/mot-de-passe/:jeton", "anyone", async (visit) => {
  await ownerOfPassword(visit, false);
  return passwordPage(visit, {});
});

const keep = actRoute("/mot-de-passe/:jeton", { who: "anyone", act: "account.password" }, async (visit, form) => {
  await ownerOfPassword(visit, false);
  const problems = newPasswordProblems(form);
  if (Object.keys(problems).length > 0) return passwordPage(visit, problems);
  const hash = await hashPassword(form.text("mot-de-passe"));
  // Hashing takes time. If the link is used twice at once, only the first use succeeds here.
  const account = await ownerOfPassword(visit, true);
  await visit.catalogue.people.setPassword(account.by.personId, hash);
  return { ...account, message: french`Votre mot de passe est enregistré : connectez-vous.`, to: "/connexion" };
});

function passwordPage(visit: Visit, problems: Readonly<Record<string, string>>): Page {
  return {
    title: "Choisir un mot de passe",
    isBare: true,
    status: Object.keys(problems).length === 0 ? 200 : 422,
    content: (
      <div class="fr-py-4w">
        <h1>Choisir un mot de passe</h1>
        <Problems problems={problems} />
        <ActForm action={visit.address} csrf={visit.csrf}>
          <NewPasswordFields problems={problems} />
          <SubmitButton label="Enregistrer" />
        </ActForm>
      </div>
    ),
  };
}

/** Routes of the one-time links of colleagues: to sign in, and to choose a password. */
export const linkRoutes: readonly Route[] = [
  ...signInLinkRoutes(colleagues, {
    title: "Entrer",
    heading: (serviceName) => `Entrer dans ${serviceName}`,
    goneMessage,
    class: "fr-py-4w",
  }),
  choose,
  keep,
];
