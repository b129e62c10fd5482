import type { Child } from "hono/jsx";
import type { PublisherAccount } from "../../../catalogue/accounts/publisher-account-repository.ts";
import type { StoredPublisher } from "../../../catalogue/publishers/publisher-repository.ts";
import { counted, french } from "../../../french/typography.ts";
import { type CorrectionPolicy, correctionPolicies } from "../../../model/publisher/correction-policy.ts";
import { isMailAddress } from "../../../partners/correspondence/letter-mail.ts";
import { FormFields, type FormProblems, formStatus, Invalid, type Typed } from "../../forms/form.tsx";
import { mailServerOf } from "../../mail-sender.ts";
import { Alert, Problems } from "../../parts/alert.tsx";
import { Badge } from "../../parts/badge.tsx";
import { ActButton, ActForm, Select, SubmitButton } from "../../parts/form-controls.tsx";
import { Table } from "../../parts/table.tsx";
import { formatDay, formatShortDateTime } from "../../parts/time.ts";
import { type Page, pageRoute } from "../../route.ts";
import type { Visit } from "../../visit.ts";
import { breadcrumbOf, publisherAt } from "./publisher-at.ts";

const incomplete = "Cette adresse n’est pas complète : prenom.nom@exemple.fr";

/** The fields of an invitation. */
export const invitationFields = {
  adresse: {
    label: "Adresse électronique",
    type: "email",
    maxLength: 254,
    required: incomplete,
    read: (text: string) => (isMailAddress(text) ? text.toLowerCase() : new Invalid(incomplete)),
  },
  nom: { label: "Prénom et nom", maxLength: 200, required: "Le nom manque." },
} as const;

/** Labels of the policies for corrections and entered aids. */
export const correctionLabels: Readonly<Record<CorrectionPolicy, string>> = {
  proposal: "Attendent notre relecture",
  direct: "S’appliquent aussitôt",
};

/** The people of a publisher who may sign in to its space, and what happens to their corrections. */
export const spacePage = pageRoute("/producteurs/:producteur/espace", "bizdev", async (visit) =>
  spacePageOf(visit, await publisherAt(visit), { adresse: "", nom: "" }, {}),
);

/** Returns the page. `typed`, `problems`: an invitation with mistakes, to show it again. */
export async function spacePageOf(
  visit: Visit,
  publisher: StoredPublisher,
  typed: Typed<typeof invitationFields>,
  problems: FormProblems,
): Promise<Page> {
  const { publisherAccounts } = visit.catalogue;
  const [accounts, corrections] = await Promise.all([
    publisherAccounts.list(publisher.publisherId),
    publisherAccounts.corrections(publisher.publisherId),
  ]);
  const path = `/producteurs/${publisher.publisherId}/espace`;
  return {
    title: "Son espace",
    breadcrumb: breadcrumbOf(publisher),
    menuPath: "/producteurs",
    status: formStatus(problems),
    content: (
      <>
        <h1>{french`${publisher.name} : son espace`}</h1>
        <p>
          {french`Une personne invitée y voit les flux, les aides et les lettres de ce producteur, et rien d'autre. Elle confirme ses aides, en corrige une, annonce une clôture, répond aux lettres. Tout ce qu'elle fait est un plan, qui se lit et se défait.`}
        </p>
        {mailServerOf(visit) === null && (
          <Alert kind="warning">
            <p>{french`Ce service n'a pas de serveur de messagerie : transmettez vous-même le lien d'invitation. Vos invités ne pourront pas en demander d'autres seuls.`}</p>
          </Alert>
        )}
        <Problems problems={problems} />
        <People accounts={accounts} path={path} csrf={visit.csrf} />
        <div class="moisson-halves">
          <section>
            <h2>Inviter quelqu’un</h2>
            <ActForm action={`${path}/inviter`} csrf={visit.csrf}>
              <FormFields fields={invitationFields} typed={typed} problems={problems} />
              <SubmitButton label="Inviter" />
            </ActForm>
          </section>
          <section>
            <h2>Ses corrections</h2>
            <ActForm action={`${path}/corrections`} csrf={visit.csrf}>
              <Select
                name="corrections"
                label="Ce que deviennent ses corrections et les aides qu’il saisit"
                hint={french`Une clôture annoncée, et ce qui vient d'une lettre sans compte, attendent toujours notre relecture.`}
                choices={correctionPolicies.map((value) => ({ value, label: correctionLabels[value] }))}
                value={corrections}
              />
              <SubmitButton label="Noter ce choix" isSecondary />
            </ActForm>
          </section>
        </div>
      </>
    ),
  };
}

function People(given: { readonly accounts: readonly PublisherAccount[]; readonly path: string; readonly csrf: string }): Child {
  const { accounts, path, csrf } = given;
  if (accounts.length === 0) return <p>Personne n’est encore invité.</p>;
  return (
    <Table caption={counted(accounts.length, "personne invitée", "personnes invitées")} head={["Personne", "Invitée", "Vue", "Agir"]}>
      {accounts.map(({ accountId, name, email, invitedAt, invitedBy, seenAt, revokedAt, revokedBy }) => (
        <tr>
          <td>
            {name}
            <p class="moisson-mention fr-mb-0">{email}</p>
          </td>
          <td>{french`le ${formatDay(invitedAt)}, par ${invitedBy}`}</td>
          <td>{seenAt === null ? "jamais" : formatShortDateTime(seenAt)}</td>
          <td>
            {revokedAt === null ? (
              <div class="moisson-acts">
                <ActButton action={`${path}/lien`} csrf={csrf} label="Nouveau lien" about={`pour ${name}`} fields={{ compte: accountId }} />
                <ActButton
                  action={`${path}/revoquer`}
                  csrf={csrf}
                  label="Retirer l’accès"
                  about={`de ${name}`}
                  fields={{ compte: accountId }}
                />
              </div>
            ) : (
              <>
                <Badge tone="neutral" label="accès retiré" />
                <p class="moisson-mention fr-mb-0">{french`le ${formatDay(revokedAt)}, par ${revokedBy ?? "?"}`}</p>
              </>
            )}
          </td>
        </tr>
      ))}
    </Table>
  );
}
