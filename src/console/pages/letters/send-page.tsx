import { actRefusalMessage } from "../../../french/act-refusals.ts";
import { frenchDay } from "../../../french/dates.ts";
import { french } from "../../../french/typography.ts";
import { parisDay } from "../../../model/text/paris-day.ts";
import { linkPlaceholder, mailOf } from "../../../partners/correspondence/letter-mail.ts";
import { sameSentBefore } from "../../../partners/correspondence/make-letter.ts";
import { sendingObstacle } from "../../../partners/correspondence/send-letter.ts";
import type { AnyLetter, MadeLetter } from "../../../partners/correspondence/stored-letter.ts";
import { mailServerOf, signatureOf } from "../../mail-sender.ts";
import { Alert, Problems } from "../../parts/alert.tsx";
import { CannotDo, type Page, pageRoute } from "../../route.ts";
import { publicAddress, type Visit } from "../../visit.ts";
import { letterBreadcrumb, letterFromPath, letterPath } from "./find-letter.tsx";
import { SendForm, type TypedMail } from "./send-form.tsx";

export const sendPage = pageRoute("/connecteurs/:connecteur/courriers/:lettre/envoyer", "bizdev", async (visit) => {
  return sendForm(visit, await letterFromPath(visit), { typed: null, token: null, problems: {} });
});

/** Returns the page with its form. `failure`: why the mail was not sent. Throws `CannotDo` without an SMTP server or if the address is revoked. */
export async function sendForm(
  visit: Visit,
  made: AnyLetter,
  again: {
    readonly typed: TypedMail | null;
    readonly token: string | null;
    readonly problems: Readonly<Record<string, string>>;
    readonly failure?: string;
    readonly status?: Page["status"];
  },
): Promise<Page> {
  const obstacle = sendingObstacle(made, mailServerOf(visit));
  if (obstacle !== null) throw new CannotDo(actRefusalMessage(obstacle), 409);
  const { connector, letter, sentAt, isUncertain } = made;
  const path = letterPath(made);
  const title = sentAt === null ? "Envoyer la lettre" : isUncertain ? "Envoyer la lettre à nouveau" : "Envoyer un rappel";
  const link = again.token === null ? linkPlaceholder : publicAddress(visit, `/lettre/${again.token}`);
  const same = sentAt === null && made.kind === "errors" ? await sameSentBefore(visit.catalogue, made) : null;
  return {
    title,
    breadcrumb: [...letterBreadcrumb({ id: connector, publisher: letter.publisher }), { title: "Lettre", href: path }],
    menuPath: "/connecteurs",
    status: again.status ?? 200,
    content: (
      <div class="moisson-narrow">
        <h1>{title}</h1>
        {again.failure !== undefined && (
          <Alert kind="error" isAnnounced>
            <p>{again.failure}</p>
          </Alert>
        )}
        <Problems problems={again.problems} />
        {isUncertain && (
          <p>{french`On ne sait pas si l'envoi d'avant est arrivé : demandez-le au destinataire avant d'envoyer à nouveau.`}</p>
        )}
        {sentAt !== null && !isUncertain && (
          <p>{french`Cette lettre a été envoyée le ${frenchDay(parisDay(sentAt))}. Voici de quoi la rappeler.`}</p>
        )}
        {same !== null && <NothingChanged same={same} />}
        <SendForm visit={visit} made={made} path={path} words={mailOf(made, signatureOf(visit), link)} {...again} />
      </div>
    ),
  };
}

function NothingChanged({ same }: { readonly same: MadeLetter }) {
  return (
    <Alert kind="info">
      <p>
        {french`Rien n'a changé depuis la lettre du ${frenchDay(parisDay(same.sentAt ?? same.at))}. `}
        <a href={letterPath(same)}>Voir cette lettre, et en envoyer un rappel</a>
      </p>
    </Alert>
  );
}
