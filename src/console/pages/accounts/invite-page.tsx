import { randomUUID } from "node:crypto";
import { passwordLink } from "../../access/password.ts";
import { FormFields, type FormProblems, formStatus, Invalid, readFields, type Typed } from "../../forms/form.tsx";
import { Problems } from "../../parts/alert.tsx";
import { ActForm, SubmitButton } from "../../parts/form-controls.tsx";
import { actRoute, type Page, pageRoute } from "../../route.ts";
import { type Visit, visitorOf } from "../../visit.ts";
import { roleFields } from "./account-words.ts";
import { onceShownLinkPage } from "./once-shown-link.tsx";

function fieldsOf({ now }: Visit) {
  return {
    adresse: { label: "Adresse électronique", type: "email", maxLength: 200, required: incomplete, read: readAddress },
    nom: {
      label: "Prénom et nom",
      hint: "Comme les plans, les corrections et le journal les montreront.",
      maxLength: 200,
      required: "Le nom manque.",
    },
    ...roleFields(now),
  } as const;
}

const incomplete = "Cette adresse n’est pas complète : prenom.nom@exemple.fr";

function readAddress(text: string): string | Invalid {
  return /^[^\s@]+@[^\s@]+$/.test(text) ? text.toLowerCase() : new Invalid(incomplete);
}

const form = pageRoute("/comptes/nouveau", "admin", (visit) => invitePage(visit, { adresse: "", nom: "", role: "read", jusque: "" }, {}));

const invite = actRoute("/comptes", { who: "admin", act: "account.invite" }, async (visit, sent) => {
  const { catalogue, console: services, now } = visit;
  const { typed, values, problems } = readFields(fieldsOf(visit), sent);
  if (values === null) return invitePage(visit, typed, problems);
  const { adresse: email, nom: name, role, jusque: roleUntil } = values;
  const personId = randomUUID();
  if (!(await catalogue.people.add({ personId, email, name, role, roleUntil, by: visitorOf(visit).name, now })))
    return invitePage(visit, typed, { adresse: "Cette adresse a déjà un compte : cherchez-le dans la liste." });
  const link = await passwordLink(catalogue, services.url, personId, now);
  const { oidc } = services.settings;
  return {
    page: onceShownLinkPage({
      title: "Le compte est prêt",
      email,
      personId,
      link,
      ...(oidc !== null && { more: <p>{`Qui se connecte avec ${oidc.name} n’a pas besoin du lien.`}</p> }),
    }),
    subject: `compte ${email}`,
    details: { role, until: roleUntil },
  };
});

function invitePage(visit: Visit, typed: Typed<ReturnType<typeof fieldsOf>>, problems: FormProblems): Page {
  return {
    title: "Inviter quelqu’un",
    breadcrumb: [{ title: "Comptes", href: "/comptes" }],
    menuPath: "/comptes",
    status: formStatus(problems),
    content: (
      <>
        <h1>Inviter quelqu’un</h1>
        <Problems problems={problems} />
        <ActForm action="/comptes" csrf={visit.csrf} class="moisson-narrow">
          <FormFields fields={fieldsOf(visit)} typed={typed} problems={problems} />
          <SubmitButton label="Créer le compte" />
        </ActForm>
      </>
    ),
  };
}

/** Invites a person: creates an account and shows its password link. */
export const inviteRoutes = [form, invite] as const;
