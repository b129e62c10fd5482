import type { Child } from "hono/jsx";
import { actRefusalMessage } from "../../../french/act-refusals.ts";
import { french } from "../../../french/typography.ts";
import { addresseesOf, mailOf, type ProposedMail } from "../../../partners/correspondence/letter-mail.ts";
import { changeAddress, type LetterMaker, makeCourtesy, makeLetter, revokeAddress } from "../../../partners/correspondence/make-letter.ts";
import type { AnyLetter } from "../../../partners/correspondence/stored-letter.ts";
import { messageCookie } from "../../access/cookies.ts";
import { tokenHash } from "../../access/tokens.ts";
import { mailServerOf, senderOf, signatureOf } from "../../mail-sender.ts";
import { CopyButton } from "../../parts/copy-button.tsx";
import { ActButton, TextArea, TextField } from "../../parts/form-controls.tsx";
import { ParagraphLink } from "../../parts/link.tsx";
import { type ActRoute, type Answer, actRoute, CannotDo, type DoneWithPage, type Form, type Page } from "../../route.ts";
import { publicAddress, type Visit, visitorOf } from "../../visit.ts";
import { loadedConnectorOf } from "../connectors/connector-rows.ts";
import { isToken, makeAnywayField, nothingChangedPage, tokenField } from "./connector-letters.tsx";
import { backToLetter, letterAct, letterBreadcrumb, letterPath } from "./find-letter.tsx";
import { SendForm } from "./send-form.tsx";

/** Returns the visitor as the maker of a letter. A form sent twice has the same token. */
function makerOf(visit: Visit, form: Form): LetterMaker {
  const sent = form.text(tokenField);
  return { by: visitorOf(visit).name, now: visit.now, token: isToken(sent) ? sent : null };
}

const makeErrorLetter = actRoute("/connecteurs/:connecteur/courriers", { who: "bizdev", act: "letter.make" }, async (visit, form) => {
  const connector = await loadedConnectorOf(visit);
  const services = { catalogue: visit.catalogue, readAnomalies: visit.console.samples.anomalies };
  const maker = makerOf(visit, form);
  const found = await makeLetter(services, connector, maker, { isAnyway: form.has(makeAnywayField) });
  if ("refused" in found) throw new CannotDo(actRefusalMessage(found.refused), 409);
  if ("unchanged" in found) return nothingChangedPage(visit, found.unchanged, form.text(tokenField));
  const { made, token, details } = found;
  if (token !== null) return withAddress(visit, made, token, ready, details);
  // The address of a letter that exists is shown again only to the form that made it.
  const { letters } = visit.catalogue;
  const ofToken = maker.token === null ? null : await letters.findByToken(tokenHash(maker.token));
  if (maker.token !== null && ofToken?.letterId === made.letterId) return newAddressPage(visit, made, maker.token, ready);
  const notice = french`Vous venez de faire cette lettre, de la même collecte : la voici. Rien d'autre n'a été fait.`;
  return { to: letterPath(made), cookies: [messageCookie(visit.console, notice)] };
});

const ready = "La lettre est prête";

/** Makes the courtesy letter of a connector that reads a site. A form sent twice makes one letter. */
const makeCourtesyLetter = actRoute(
  "/connecteurs/:connecteur/courriers/courtoisie",
  { who: "bizdev", act: "letter.make-courtesy" },
  async (visit, form) => {
    const { environment } = visit.console.jobs.services;
    const found = await makeCourtesy(visit.catalogue, await loadedConnectorOf(visit), environment, makerOf(visit, form));
    if ("refused" in found) throw new CannotDo(actRefusalMessage(found.refused), 409);
    const { made, token, details } = found;
    if (token === null) return { to: letterPath(made) };
    return withAddress(visit, made, token, "La lettre de courtoisie est prête", details);
  },
);

const newAddress = letterAct("adresse", { who: "bizdev", act: "letter.readdress" }, async (visit, made) => {
  return withAddress(visit, made, await changeAddress(visit.catalogue, made.letterId), "Une nouvelle adresse", { letter: made.letterId });
});

/** Shows the new address of a letter once. */
function withAddress(
  visit: Visit,
  made: Parameters<typeof newAddressPage>[1],
  token: string,
  title: string,
  details: Readonly<Record<string, unknown>>,
): Answer | DoneWithPage {
  return { page: newAddressPage(visit, made, token, title), subject: `connecteur ${made.connector}`, details };
}

const revoke = letterAct("revoquer", { who: "bizdev", act: "letter.revoke" }, async (visit, made) => {
  const refusal = await revokeAddress(visit.catalogue, made.letterId, senderOf(visit));
  if (refusal !== null) throw new CannotDo(actRefusalMessage(refusal.refused), 409);
  return backToLetter(made, "L’adresse est révoquée : elle ne mène plus à la lettre.", { letter: made.letterId });
});

export const letterActs: readonly ActRoute[] = [makeErrorLetter, newAddress, revoke, makeCourtesyLetter];

/** Shows a new address of a letter, which is not shown again, and the mail that announces it. */
function newAddressPage(visit: Visit, made: AnyLetter, token: string, title: string): Page {
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
