import { french } from "../../../french/typography.ts";
import { hashPassword, newPasswordProblems } from "../../access/password.ts";
import { beginSession } from "../../access/sign-in.ts";
import { tokenHash } from "../../access/tokens.ts";
import { Problems } from "../../parts/alert.tsx";
import { ActForm, SubmitButton } from "../../parts/form-controls.tsx";
import { actRoute, NotFound, type Page, pageRoute } from "../../route.ts";
import { param, type Visit } from "../../visit.ts";
import { NewPasswordFields } from "./new-password-fields.tsx";

const goneMessage = "Ce lien a déjà servi, ou il a expiré. Demandez-en un autre à un administrateur.";

/** Asks for a click before the link is used, because mail programs open links on their own. */
const signIn = pageRoute("/entree/:jeton", "anyone", async (visit) => {
  const personId = await visit.catalogue.sessions.link(tokenHash(param(visit, "jeton")), "sign-in", visit.now, false);
  if (personId === null) throw new NotFound(goneMessage);
  return {
    title: "Entrer",
    isBare: true,
    content: (
      <div class="fr-py-4w">
        <h1>Entrer dans {visit.console.settings.name}</h1>
        <p>Ce lien ne sert qu’une fois.</p>
        <ActForm action={visit.address} csrf={visit.csrf}>
          <SubmitButton label="Entrer" />
        </ActForm>
      </div>
    ),
  };
});

const useSignIn = actRoute("/entree/:jeton", { who: "anyone", act: "account.sign-in" }, async (visit) => {
  const personId = await visit.catalogue.sessions.link(tokenHash(param(visit, "jeton")), "sign-in", visit.now, true);
  const person = personId === null ? null : await visit.catalogue.people.find(personId);
  if (person === null || person.closedAt !== null) throw new NotFound(goneMessage);
  const cookie = await beginSession(visit, person.personId, "link");
  return { message: null, to: "/", subject: `compte ${person.email}`, by: person, cookies: [cookie] };
});

const choose = pageRoute("/mot-de-passe/:jeton", "anyone", async (visit) => {
  await ownerOf(visit, false);
  return passwordPage(visit, {});
});

const keep = actRoute("/mot-de-passe/:jeton", { who: "anyone", act: "account.password" }, async (visit, form) => {
  await ownerOf(visit, false);
  const problems = newPasswordProblems(form);
  if (Object.keys(problems).length > 0) return passwordPage(visit, problems);
  const hash = await hashPassword(form.text("mot-de-passe"));
  // Hashing takes time. If the link is used twice at once, only the first use succeeds here.
  const person = await ownerOf(visit, true);
  await visit.catalogue.people.setPassword(person.personId, hash);
  return {
    message: french`Votre mot de passe est enregistré : connectez-vous.`,
    to: "/connexion",
    subject: `compte ${person.email}`,
    by: person,
  };
});

async function ownerOf(visit: Visit, uses: boolean) {
  const personId = await visit.catalogue.sessions.link(tokenHash(param(visit, "jeton")), "password", visit.now, uses);
  const person = personId === null ? null : await visit.catalogue.people.find(personId);
  if (person === null || person.closedAt !== null) throw new NotFound(goneMessage);
  return person;
}

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

/** Routes of the links that work once: to sign in, and to choose a password. */
export const linkRoutes = [signIn, useSignIn, choose, keep] as const;
