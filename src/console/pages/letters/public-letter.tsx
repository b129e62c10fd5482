import { letterSubject } from "../../../partners/letters/french/letter.ts";
import { type Page, type PageRoute, pageRoute } from "../../route.ts";
import { param, type Visit } from "../../visit.ts";
import { annexFile } from "./annex-file.ts";
import { type AnswerAgain, AnswerSection, RemarkOnLetter } from "./answer-forms.tsx";
import { annexOf, letterByToken, type MadeLetter, revokedPage } from "./find-letter.tsx";
import { LetterBody } from "./letter-body.tsx";
import { RereadSection } from "./reread-section.tsx";

/** The public page of a letter, for anybody who has its address. */
const publicLetter = pageRoute("/lettre/:jeton", "public", async (visit) => {
  const made = await letterByToken(visit);
  return made.revokedAt === null ? letterToAnswer(visit, made, null) : revokedPage;
});

const publicAnnex = pageRoute("/lettre/:jeton/annexe.csv", "public", async (visit) => {
  const made = await letterByToken(visit);
  return made.revokedAt === null ? annexFile(await annexOf(visit, made), made.letter.feed.day) : revokedPage;
});

/** Returns the letter with its answer forms. `again`: a form with mistakes, to show it again. */
export async function letterToAnswer(visit: Visit, made: MadeLetter, again: AnswerAgain | null): Promise<Page> {
  const { letter, by, at } = made;
  const path = `/lettre/${param(visit, "jeton")}`;
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
        pointExtra={(point) => <AnswerSection given={given} point={point} />}
      >
        <RemarkOnLetter given={given} />
        <RereadSection visit={visit} made={made} path={path} />
      </LetterBody>
    ),
  };
}

export const publicLetters: readonly PageRoute[] = [publicLetter, publicAnnex];
