import type { Child } from "hono/jsx";
import { french } from "../../../french/typography.ts";
import { ActButton } from "../../parts/form.tsx";
import { formatDateTime } from "../../parts/time.ts";
import type { PageRoute } from "../../route.ts";
import type { Visit } from "../../visit.ts";
import { AddressBadge } from "./address-badge.tsx";
import { annexFile } from "./annex-file.ts";
import { LetterAnswers } from "./letter-answers.tsx";
import { annexOf, letterOfAddress, type MadeLetter } from "./letter-at.ts";
import { LetterBody } from "./letter-body.tsx";
import { LetterSending } from "./letter-sending.tsx";
import { letterBreadcrumb } from "./letters-trail.ts";

/** A letter as its publisher sees it, with what can be done with its address. */
const letterPage: PageRoute = {
  method: "get",
  path: "/connecteurs/:connecteur/courriers/:lettre",
  who: "bizdev",
  async answer(visit) {
    const made = await letterOfAddress(visit);
    const { letter, connector, letterId, by, at } = made;
    const path = `/connecteurs/${connector}/courriers/${letterId}`;
    return {
      title: french`Lettre du ${formatDateTime(at)}`,
      breadcrumb: letterBreadcrumb({ id: connector, publisher: letter.publisher }),
      menuPath: "/connecteurs",
      content: (
        <>
          <Address visit={visit} made={made} path={path} />
          <LetterSending visit={visit} made={made} path={path} />
          <LetterAnswers visit={visit} made={made} />
          <LetterBody letter={letter} by={by} at={at} annex={`${path}/annexe.csv`} settings={visit.console.settings} />
        </>
      ),
    };
  },
};

const letterAnnex: PageRoute = {
  method: "get",
  path: "/connecteurs/:connecteur/courriers/:lettre/annexe.csv",
  who: "bizdev",
  async answer(visit) {
    const made = await letterOfAddress(visit);
    return annexFile(await annexOf(visit, made), made.letter.feed.day);
  },
};

function Address({ visit: { csrf }, made, path }: { readonly visit: Visit; readonly made: MadeLetter; readonly path: string }): Child {
  const { revokedAt, revokedBy, runId } = made;
  return (
    <aside class="fr-callout moisson-no-print" aria-label="Adresse de la lettre">
      <p class="fr-mb-1w">
        <AddressBadge letter={made} />{" "}
        {revokedAt === null
          ? french`Quiconque connaît l'adresse de cette lettre peut la lire. L'adresse n'a été montrée qu'à sa création.`
          : french`Révoquée le ${formatDateTime(revokedAt)} par ${revokedBy ?? "?"} : plus personne ne peut lire cette lettre sans compte.`}
      </p>
      <p class="fr-mb-2w">
        <a class="fr-link" href={`/collectes/${runId}`}>
          La collecte dont parle cette lettre
        </a>
      </p>
      <ActButton action={`${path}/adresse`} csrf={csrf} label="Faire une nouvelle adresse" />
      {revokedAt === null && <ActButton action={`${path}/revoquer`} csrf={csrf} label="Révoquer l’adresse" kind="tertiary" />}
    </aside>
  );
}

/** A letter and its annex, for who is signed in. */
export const letterPages: readonly PageRoute[] = [letterPage, letterAnnex];
