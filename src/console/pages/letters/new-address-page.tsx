import type { Child } from "hono/jsx";
import { french } from "../../../french/typography.ts";
import { addresseesOf, mailOf, type ProposedMail } from "../../../partners/correspondence/letter-mail.ts";
import type { AnyLetter } from "../../../partners/correspondence/stored-letter.ts";
import { mailServerOf, signatureOf } from "../../mail-sender.ts";
import { CopyButton } from "../../parts/copy-button.tsx";
import { ActButton, TextArea, TextField } from "../../parts/form-controls.tsx";
import { ParagraphLink } from "../../parts/paragraph-link.tsx";
import type { Page } from "../../route.ts";
import { publicAddress, type Visit } from "../../visit.ts";
import { letterBreadcrumb, letterPath } from "./find-letter.tsx";
import { SendForm } from "./send-form.tsx";

/** Shows a new address of a letter, which is not shown again, and the mail that announces it. */
export function newAddressPage(visit: Visit, made: AnyLetter, token: string, title: string): Page {
  const { letter, connector } = made;
  const link = publicAddress(visit, `/lettre/${token}`);
  const path = letterPath(made);
  const words = mailOf(made, signatureOf(visit), link);
  const canSend = mailServerOf(visit) !== null;
  return {
    title,
    breadcrumb: letterBreadcrumb({ id: connector, publisher: letter.publisher }),
    menuPath: "/connecteurs",
    content: (
      <div class="moisson-narrow">
        <h1>{title}</h1>
        <p>
          {french`Relisez-la, puis envoyez${canSend ? "" : " vous-même"} le message ci-dessous au producteur. Son adresse ouvre la lettre à quiconque la connaît, sans compte : elle n'est montrée qu'ici, et se révoque à tout moment. Si vous la perdez, créez-en une autre depuis la page de la lettre.`}
        </p>
        <ParagraphLink href={path} label="Relire la lettre" />
        <TextField name="lien" label="Adresse de la lettre" value={link} readonly />
        <CopyButton of="champ-lien" label="Copier l’adresse" />
        <h2>Message pour le producteur</h2>
        {canSend ? (
          <SendForm visit={visit} made={made} path={path} token={token} typed={null} words={words} problems={{}} />
        ) : (
          <MailToCopy visit={visit} connector={connector} words={words} />
        )}
        <h2 class="fr-mt-4w">{canSend ? "Vous préférez votre messagerie ?" : "Une fois le message envoyé"}</h2>
        <p>
          {canSend
            ? french`Copiez le message, envoyez-le, puis dites-le ici : la lettre compte alors comme envoyée.`
            : french`Dites-le ici : la lettre compte alors comme envoyée, et le journal du producteur le dit.`}
        </p>
        {canSend && <CopyButton of="champ-message" label="Copier le message" />}
        <ActButton action={`${path}/envoyee`} csrf={visit.csrf} label="Je l’ai envoyée moi-même" />
      </div>
    ),
  };
}

/** The mail to copy if no SMTP server is configured. */
async function MailToCopy(given: { readonly visit: Visit; readonly connector: string; readonly words: ProposedMail }): Promise<Child> {
  const {
    words: { subject, text },
  } = given;
  const addressees = await addresseesOf(given.visit.catalogue, given.connector);
  return (
    <>
      <p>{french`L'envoi de messages n'est pas réglé ici : copiez l'objet et le message dans votre messagerie.`}</p>
      {addressees.length > 0 && (
        <p>{french`Reçoivent les lettres : ${addressees.map(({ name, email }) => `${name} (${email})`).join(", ")}.`}</p>
      )}
      <TextField name="objet" label="Objet" value={subject} readonly />
      <CopyButton of="champ-objet" label="Copier l’objet" />
      <TextArea name="message" label="Message" value={text} rows={18} />
      <CopyButton of="champ-message" label="Copier le message" kind="primary" />
    </>
  );
}
