import { randomUUID } from "node:crypto";
import type { Child } from "hono/jsx";
import type { PublisherAccount } from "../../../catalogue/accounts/publisher-account-repository.ts";
import type { StoredPublisher } from "../../../catalogue/publishers/publisher-repository.ts";
import { invitationMail } from "../../../french/sign-in-mail.ts";
import { counted, french } from "../../../french/typography.ts";
import { type CorrectionPolicy, correctionPolicies } from "../../../model/publisher/correction-policy.ts";
import { isMailAddress } from "../../../partners/correspondence/letter-mail.ts";
import { sendMail } from "../../../platform/mail/send-mail.ts";
import { FormFields, type FormProblems, formStatus, Invalid, readFields, type Typed } from "../../forms/form.tsx";
import { mailServerOf } from "../../mail-sender.ts";
import { Alert, Problems } from "../../parts/alert.tsx";
import { Badge } from "../../parts/badge.tsx";
import { CopyButton } from "../../parts/copy-button.tsx";
import { ActButton, ActForm, Select, SubmitButton, TextField } from "../../parts/form-controls.tsx";
import { ParagraphLink } from "../../parts/link.tsx";
import { Table } from "../../parts/table.tsx";
import { formatDay, formatShortDateTime } from "../../parts/time.ts";
import { type ActRoute, actRoute, CannotDo, type Done, type DoneWithPage, NotFound, type Page, pageRoute } from "../../route.ts";
import { publicAddress, type Visit, visitorOf } from "../../visit.ts";
import { breadcrumbOf, publisherAt, subjectOf } from "./publisher-at.ts";

const incomplete = "Cette adresse n’est pas complète : prenom.nom@exemple.fr";

/** The fields of an invitation. */
const invitationFields = {
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
const correctionLabels: Readonly<Record<CorrectionPolicy, string>> = {
  proposal: "Attendent notre relecture",
  direct: "S’appliquent aussitôt",
};

/** The people of a publisher who may sign in to its space, and what happens to their corrections. */
export const spacePage = pageRoute("/producteurs/:producteur/espace", "bizdev", async (visit) =>
  spacePageOf(visit, await publisherAt(visit), { adresse: "", nom: "" }, {}),
);

/** Returns the page. `typed`, `problems`: an invitation with mistakes, to show it again. */
async function spacePageOf(
  visit: Visit,
  publisher: StoredPublisher,
  typed: Typed<typeof invitationFields>,
  problems: FormProblems,
): Promise<Page> {
  const { publisherAccounts } = visit.catalogue;
  const accounts = await publisherAccounts.list(publisher.publisherId);
  const corrections = (await publisherAccounts.publisher(publisher.publisherId))?.corrections;
  const path = pathOf(publisher);
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
          <Alert
            kind="warning"
            text={french`Ce service n'a pas de serveur de messagerie : transmettez vous-même le lien d'invitation. Vos invités ne pourront pas en demander d'autres seuls.`}
          />
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
    <Table
      caption={counted(accounts.length, "personne invitée", "personnes invitées")}
      head={["Personne", "Invitée", "Vue", "Agir"]}
      rows={accounts.map(({ accountId, name, email, invitedAt, invitedBy, seenAt, revokedAt, revokedBy }) => [
        <>
          {name}
          <p class="moisson-mention fr-mb-0">{email}</p>
        </>,
        french`le ${formatDay(invitedAt)}, par ${invitedBy}`,
        seenAt === null ? "jamais" : formatShortDateTime(seenAt),
        revokedAt === null ? (
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
        ),
      ])}
    />
  );
}

/** An invitation is valid for this time. Links that a person asks for are shorter. */
const invitationDays = 7;
const mailTimeoutMs = 40_000;

const invite = actRoute("/producteurs/:producteur/espace/inviter", { who: "bizdev", act: "space.invite" }, async (visit, form) => {
  const publisher = await publisherAt(visit);
  const { typed, values, problems } = readFields(invitationFields, form);
  if (values === null) return spacePageOf(visit, publisher, typed, problems);
  const { adresse: email, nom: name } = values;
  const invitation = { publisherId: publisher.publisherId, email, name, by: visitorOf(visit).name, now: visit.now };
  const account = await visit.catalogue.publisherAccounts.invite(invitation);
  if (account === null) return spacePageOf(visit, publisher, typed, { adresse: await whyNotInvited(visit, publisher, email) });
  return sendLink(visit, publisher, account);
});

/** An address belongs to one publisher, so that a session never has to choose. */
async function whyNotInvited({ catalogue }: Visit, { publisherId }: StoredPublisher, email: string): Promise<string> {
  const found = await catalogue.publisherAccounts.findByEmail(email);
  return found !== null && found.publisherId !== publisherId
    ? "Cette adresse est déjà celle d’une personne d’un autre producteur."
    : "Cette personne est déjà invitée : donnez-lui un nouveau lien.";
}

const renew = accountAct("lien", "space.new-link", sendLink);

const revoke = accountAct("revoquer", "space.revoke", async (visit, publisher, { accountId, name }) => {
  await visit.catalogue.publisherAccounts.revoke(accountId, { by: visitorOf(visit).name, now: visit.now });
  return doneFor(publisher, `${name} n’a plus accès à l’espace de ce producteur, et ses sessions ont pris fin.`, { account: accountId });
});

const decideCorrections = actRoute(
  "/producteurs/:producteur/espace/corrections",
  { who: "bizdev", act: "space.corrections" },
  async (visit, form): Promise<Done> => {
    const publisher = await publisherAt(visit);
    const policy = correctionPolicies.find((known) => known === form.text("corrections"));
    if (policy === undefined) throw new CannotDo("Choisissez ce que deviennent ses corrections.");
    await visit.catalogue.publisherAccounts.setCorrections(publisher.publisherId, policy);
    const message = french`C'est noté. Les corrections de ce producteur : ${correctionLabels[policy].toLowerCase()}.`;
    return doneFor(publisher, message, { policy });
  },
);

/** Returns the route of an act on the account that the form names. It must be an account of the publisher in the path. */
function accountAct(
  slug: string,
  act: string,
  perform: (visit: Visit, publisher: StoredPublisher, account: PublisherAccount) => Promise<Done | DoneWithPage>,
): ActRoute {
  return actRoute(`/producteurs/:producteur/espace/${slug}`, { who: "bizdev", act }, async (visit, form) => {
    const publisher = await publisherAt(visit);
    const account = await visit.catalogue.publisherAccounts.find(form.text("compte"));
    if (account === null || account.publisherId !== publisher.publisherId) throw new NotFound("Ce producteur n’a pas ce compte.");
    if (account.revokedAt !== null) throw new CannotDo("L’accès de cette personne est retiré : invitez-la à nouveau.", 409);
    return perform(visit, publisher, account);
  });
}

/** Makes a link of an invitation and sends it. Without a mail server, or if it refuses the mail, shows the link once. */
async function sendLink(visit: Visit, publisher: StoredPublisher, account: PublisherAccount): Promise<Done | DoneWithPage> {
  const expiresAt = new Date(visit.now.getTime() + invitationDays * 86_400_000);
  const token = await visit.catalogue.publisherSessions.addLink(account.accountId, "sign-in", expiresAt);
  const link = publicAddress(visit, `/espace/entree/${token}`);
  if (!(await isMailed(visit, publisher, account, link))) {
    const details = { account: account.accountId, way: "by-hand" };
    return { page: linkPage(publisher, account, link), subject: subjectOf(publisher), details };
  }
  const message = french`L'invitation est envoyée à ${account.email}. Son lien sert une fois, pendant ${invitationDays} jours.`;
  return doneFor(publisher, message, { account: account.accountId, way: "mail" });
}

function doneFor(publisher: StoredPublisher, message: string, details: Done["details"] & {}): Done {
  return { message, to: pathOf(publisher), subject: subjectOf(publisher), details };
}

function pathOf({ publisherId }: StoredPublisher): string {
  return `/producteurs/${publisherId}/espace`;
}

async function isMailed(visit: Visit, publisher: StoredPublisher, { email }: PublisherAccount, link: string): Promise<boolean> {
  const settings = mailServerOf(visit);
  if (settings === null) return false;
  const { name: by, email: from } = visitorOf(visit);
  const words = invitationMail({ by, service: visit.console.settings.name, publisher: publisher.name, link, days: invitationDays });
  const replyTo = isMailAddress(from) ? { replyTo: { name: by, address: from } } : {};
  const mail = { messageId: randomUUID(), to: [email], ...replyTo, ...words, headers: { "Content-Language": "fr" } };
  return (await sendMail(settings, mail, AbortSignal.timeout(mailTimeoutMs))).reached;
}

function linkPage(publisher: StoredPublisher, { name, email }: PublisherAccount, link: string): Page {
  return {
    title: "Lien d’invitation",
    breadcrumb: breadcrumbOf(publisher),
    menuPath: "/producteurs",
    content: (
      <>
        <h1>{french`Lien d'invitation de ${name}`}</h1>
        <p>
          {french`Aucun message n'est parti. Transmettez ce lien à ${email}. Il sert une fois, pendant ${invitationDays} jours, et ne sera plus montré.`}
        </p>
        <TextField name="lien" label="Lien à transmettre" value={link} readonly />
        <CopyButton of="champ-lien" label="Copier le lien" />
        <ParagraphLink href={pathOf(publisher)} label="Revenir à l’espace du producteur" />
      </>
    ),
  };
}

/** Lets workers try again what publishers sent and no worker could take. */
const resumeFailed = actRoute("/producteurs/envois/reprendre", { who: "ops", act: "space.resume" }, async (visit) => {
  const count = await visit.catalogue.publisherFiles.resumeFailed();
  const isOne = count === 1;
  return {
    message:
      count === 0
        ? "Plus rien n’est à reprendre."
        : french`${counted(count, "envoi est repris", "envois sont repris")} : un worker ${isOne ? "le" : "les"} enregistre dans la minute.`,
    to: "/",
    subject: null,
    details: { count },
  };
});

/** Acts of colleagues on the space of a publisher. */
export const spaceActs: readonly ActRoute[] = [invite, renew, revoke, decideCorrections, resumeFailed];
