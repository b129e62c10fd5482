import { randomUUID } from "node:crypto";
import type { PublisherAccount } from "../../../catalogue/accounts/publisher-account-repository.ts";
import type { StoredPublisher } from "../../../catalogue/publishers/publisher-repository.ts";
import { invitationMail } from "../../../french/sign-in-mail.ts";
import { counted, french } from "../../../french/typography.ts";
import { correctionPolicies } from "../../../model/publisher/correction-policy.ts";
import { isMailAddress } from "../../../partners/correspondence/letter-mail.ts";
import { sendMail } from "../../../platform/mail/send-mail.ts";
import { newToken, tokenHash } from "../../access/tokens.ts";
import { readFields } from "../../forms/form.tsx";
import { mailServerOf } from "../../mail-sender.ts";
import { CopyButton } from "../../parts/copy-button.tsx";
import { TextField } from "../../parts/form-controls.tsx";
import { ParagraphLink } from "../../parts/paragraph-link.tsx";
import { type ActRoute, actRoute, CannotDo, type Done, type DoneWithPage, type Form, NotFound, type Page } from "../../route.ts";
import { publicAddress, type Visit, visitorOf } from "../../visit.ts";
import { breadcrumbOf, publisherAt, subjectOf } from "./publisher-at.ts";
import { correctionLabels, invitationFields, spacePageOf } from "./space-page.tsx";

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
  return {
    message: `${name} n’a plus accès à l’espace de ce producteur, et ses sessions ont pris fin.`,
    to: `/producteurs/${publisher.publisherId}/espace`,
    subject: subjectOf(publisher),
    details: { account: accountId },
  };
});

const decideCorrections = actRoute(
  "/producteurs/:producteur/espace/corrections",
  { who: "bizdev", act: "space.corrections" },
  async (visit, form): Promise<Done> => {
    const publisher = await publisherAt(visit);
    const policy = correctionPolicies.find((known) => known === form.text("corrections"));
    if (policy === undefined) throw new CannotDo("Choisissez ce que deviennent ses corrections.");
    await visit.catalogue.publisherAccounts.setCorrections(publisher.publisherId, policy);
    return {
      message: french`C'est noté. Les corrections de ce producteur : ${correctionLabels[policy].toLowerCase()}.`,
      to: `/producteurs/${publisher.publisherId}/espace`,
      subject: subjectOf(publisher),
      details: { policy },
    };
  },
);

/** Returns the route of an act on the account that the form names. It must be an account of the publisher in the path. */
function accountAct(
  slug: string,
  act: string,
  perform: (visit: Visit, publisher: StoredPublisher, account: PublisherAccount) => Promise<Done | DoneWithPage>,
): ActRoute {
  return actRoute(`/producteurs/:producteur/espace/${slug}`, { who: "bizdev", act }, async (visit, form: Form) => {
    const publisher = await publisherAt(visit);
    const account = await visit.catalogue.publisherAccounts.find(form.text("compte"));
    if (account === null || account.publisherId !== publisher.publisherId) throw new NotFound("Ce producteur n’a pas ce compte.");
    if (account.revokedAt !== null) throw new CannotDo("L’accès de cette personne est retiré : invitez-la à nouveau.", 409);
    return perform(visit, publisher, account);
  });
}

/** Makes a link of an invitation and sends it. Without a mail server, or if it refuses the mail, shows the link once. */
async function sendLink(visit: Visit, publisher: StoredPublisher, account: PublisherAccount): Promise<Done | DoneWithPage> {
  const token = newToken();
  const expiresAt = new Date(visit.now.getTime() + invitationDays * 86_400_000);
  await visit.catalogue.publisherAccounts.addLink(account.accountId, { tokenHash: tokenHash(token), expiresAt });
  const link = publicAddress(visit, `/espace/entree/${token}`);
  const subject = subjectOf(publisher);
  const details = { account: account.accountId };
  if (!(await isMailed(visit, publisher, account, link)))
    return { page: linkPage(publisher, account, link), subject, details: { ...details, way: "by-hand" } };
  return {
    message: french`L'invitation est envoyée à ${account.email}. Son lien sert une fois, pendant ${invitationDays} jours.`,
    to: `/producteurs/${publisher.publisherId}/espace`,
    subject,
    details: { ...details, way: "mail" },
  };
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
        <ParagraphLink href={`/producteurs/${publisher.publisherId}/espace`} label="Revenir à l’espace du producteur" />
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
