import type { Child } from "hono/jsx";
import { letterSubject } from "../../../french/letters/letter.ts";
import { french } from "../../../french/typography.ts";
import type { MadeLetter } from "../../../partners/correspondence/stored-letter.ts";
import { languageOfConnector } from "../../parts/aid-text.tsx";
import type { Page, PageRoute } from "../../route.ts";
import { param, type Visit } from "../../visit.ts";
import { annexFile } from "./annex-file.ts";
import { type AnswerAgain, AnswerSection, RemarkOnLetter } from "./answer-forms.tsx";
import { courtesyToAnswer } from "./courtesy/public-courtesy.tsx";
import { annexOf, anyLetterByToken, letterByToken } from "./find-letter.tsx";
import { LetterBody } from "./letter-body.tsx";
import { OfferedFileLink } from "./open-data/offered-file-page.tsx";
import { publicLetterPage } from "./public-routes.tsx";
import { RereadSection } from "./reread-page.tsx";

/** The public page of a letter, for anybody who has its address. */
const publicLetter = publicLetterPage("", anyLetterByToken, (visit, made) => {
  return made.kind === "courtesy" ? courtesyToAnswer(visit, made, null) : letterToAnswer(visit, made, null);
});

const publicAnnex = publicLetterPage("/annexe.csv", letterByToken, async (visit, made) => {
  return annexFile(await annexOf(visit, made), made.letter.feed.day);
});

/**
 * Returns the letter with its answer forms. `again`: a form with mistakes, to show it again. `place`: where it is shown to somebody who is
 * signed in; by default at its own address, with the links to the acts that need no account.
 */
export async function letterToAnswer(
  visit: Visit,
  made: MadeLetter,
  again: AnswerAgain | null,
  place?: { readonly path: string },
): Promise<Page> {
  const { letter, by, at } = made;
  const path = place?.path ?? `/lettre/${param(visit, "jeton")}`;
  const answers = await visit.catalogue.letterAnswers.list(made.letterId);
  const saved = visit.query.get("repondu");
  const given = { path, csrf: visit.csrf, letter, answers, again, saved };
  return {
    title: letterSubject(letter),
    isBare: true,
    status: again === null ? 200 : 422,
    content: (
      <LetterBody
        letter={letter}
        by={by}
        at={at}
        annex={`${path}/annexe.csv`}
        settings={visit.console.settings}
        language={await languageOfConnector(visit, made.connector)}
        pointExtra={(point) => <AnswerSection given={given} point={point} />}
      >
        <RemarkOnLetter given={given} />
        <RereadSection visit={visit} made={made} path={path} />
        {place === undefined && (
          <>
            <OwnAids path={path} />
            <OfferedFileLink visit={visit} made={made} path={path} />
          </>
        )}
      </LetterBody>
    ),
  };
}

/** The link to the publisher's aids, which it can confirm, correct and close without an account. */
function OwnAids({ path }: { readonly path: string }): Child {
  return (
    <section class="moisson-no-print">
      <h3>Vos aides chez nous</h3>
      <p>
        {french`Vous pouvez voir vos aides telles que nous les montrons, confirmer qu'elles sont à jour, en corriger une, ou annoncer sa clôture : `}
        <a href={`${path}/aides`}>voir mes aides</a>.
      </p>
    </section>
  );
}

export const publicLetters: readonly PageRoute[] = [publicLetter, publicAnnex];
