import { randomUUID } from "node:crypto";
import { passwordLink } from "../../access/password-link.ts";
import { Problems } from "../../parts/alert.tsx";
import { ActForm, Select, TextField } from "../../parts/form.tsx";
import type { ActRoute, Page, PageRoute } from "../../route.ts";
import { type Visit, visitorOf } from "../../visit.ts";
import { problemOfLastDay, roleChoices, roleOf } from "./account-words.ts";
import { onceShownLinkPage } from "./once-shown-link.tsx";

interface Invitation {
  readonly adresse: string;
  readonly nom: string;
  readonly role: string;
  readonly jusque: string;
}

const nothing: Invitation = { adresse: "", nom: "", role: "read", jusque: "" };

const form: PageRoute = {
  method: "get",
  path: "/comptes/nouveau",
  who: "admin",
  answer: (visit) => invitePage(visit, nothing, {}),
};

const invite: ActRoute = {
  method: "post",
  path: "/comptes",
  who: "admin",
  act: "account.invite",
  async perform(visit, sent) {
    const { catalogue, console: services, now } = visit;
    const asked: Invitation = {
      adresse: sent.text("adresse").toLowerCase(),
      nom: sent.text("nom"),
      role: sent.text("role"),
      jusque: sent.text("jusque"),
    };
    const problems = problemsOf(asked, now);
    const role = roleOf(asked.role);
    if (Object.keys(problems).length > 0) return invitePage(visit, asked, problems);
    const personId = randomUUID();
    const roleUntil = asked.jusque === "" ? null : asked.jusque;
    const person = { personId, email: asked.adresse, name: asked.nom, role, roleUntil, by: visitorOf(visit).name, now };
    if (!(await catalogue.people.add(person)))
      return invitePage(visit, asked, { adresse: "Cette adresse a déjà un compte : cherchez-le dans la liste." });
    const link = await passwordLink(catalogue, services.url, personId, now);
    const { oidc } = services.settings;
    return {
      page: onceShownLinkPage({
        title: "Le compte est prêt",
        email: asked.adresse,
        personId,
        link,
        ...(oidc !== null && { more: <p>{`Qui se connecte avec ${oidc.name} n’a pas besoin du lien.`}</p> }),
      }),
      subject: `compte ${asked.adresse}`,
      details: { role, until: roleUntil },
    };
  },
};

function problemsOf({ adresse, nom, role, jusque }: Invitation, now: Date): Record<string, string> {
  const problems: Record<string, string | undefined> = {
    adresse:
      /^[^\s@]+@[^\s@]+$/.test(adresse) && adresse.length <= 200 ? undefined : "Cette adresse n’est pas complète : prenom.nom@exemple.fr",
    nom: nom !== "" && nom.length <= 200 ? undefined : "Le nom manque.",
    role: role === "" || roleOf(role) !== null ? undefined : "Choisissez un rôle.",
    jusque: problemOfLastDay(jusque, now),
  };
  return Object.fromEntries(Object.entries(problems).flatMap(([name, problem]) => (problem === undefined ? [] : [[name, problem]])));
}

function invitePage(visit: Visit, asked: Invitation, problems: Readonly<Record<string, string>>): Page {
  return {
    title: "Inviter quelqu’un",
    breadcrumb: [{ title: "Comptes", href: "/comptes" }],
    menuPath: "/comptes",
    status: Object.keys(problems).length === 0 ? 200 : 422,
    content: (
      <>
        <h1>Inviter quelqu’un</h1>
        <Problems problems={problems} />
        <ActForm action="/comptes" csrf={visit.csrf} class="moisson-narrow">
          <TextField name="adresse" label="Adresse électronique" type="email" value={asked.adresse} problem={problems.adresse} required />
          <TextField
            name="nom"
            label="Prénom et nom"
            hint="Comme les plans, les corrections et le journal les montreront."
            value={asked.nom}
            problem={problems.nom}
            maxlength={200}
            required
          />
          <Select name="role" label="Rôle" choices={roleChoices} empty="aucun rôle" value={asked.role} problem={problems.role} />
          <TextField
            name="jusque"
            label="Dernier jour du rôle"
            hint="Vide : sans fin."
            type="date"
            value={asked.jusque}
            problem={problems.jusque}
            required={false}
          />
          <button class="fr-btn" type="submit">
            Créer le compte
          </button>
        </ActForm>
      </>
    ),
  };
}

/** Making an account for somebody. */
export const inviteRoutes = [form, invite] as const;
