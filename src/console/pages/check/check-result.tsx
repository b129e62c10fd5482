import type { Child } from "hono/jsx";
import { evidenceMessage } from "../../../french/survey.ts";
import { counted, french, sentence } from "../../../french/typography.ts";
import { scoreSentences } from "../../../partners/letters/french/letter.ts";
import type { CheckedFile } from "../../check/check-ask.ts";
import { Alert } from "../../parts/alert.tsx";
import type { Page } from "../../route.ts";
import type { Visit } from "../../visit.ts";
import { readingInWords } from "../drafts/reading-in-words.ts";
import { Contact } from "../legal/contact.tsx";
import { Faults, GoodPoints } from "../letters/letter-body.tsx";
import { LetterQuestions } from "../letters/letter-points.tsx";
import { AnnexInPage } from "./annex-in-page.tsx";
import { NoteInLog } from "./note-in-log.tsx";
import { checkPath, type Partner } from "./partner.ts";
import { UnderstoodFields } from "./understood-fields.tsx";

/** What was found in a file, as whoever gave it reads it. It is shown once. */
export async function checkResult(visit: Visit, partner: Partner | null, checked: CheckedFile): Promise<Page> {
  const { letter, annex, reading, remarks } = checked;
  const { settings } = visit.console;
  return {
    title: "Résultat de la vérification",
    breadcrumb: [{ title: "Vérifier un fichier", href: checkPath(partner) }],
    content: (
      <article class="moisson-letter">
        <h1>Résultat de la vérification</h1>
        <p class="fr-mb-1w">{sourceSentence(checked)}</p>
        <p>{french`Lu comme : ${readingInWords(reading)}.`}</p>
        {remarks.length > 0 && (
          <ul>
            {remarks.map((one) => (
              <li>{sentence(evidenceMessage(one))}</li>
            ))}
          </ul>
        )}
        <Counts checked={checked} />
        {letter.score !== null && (
          <section>
            <h2>{french`La note de vos données : ${letter.score} sur 100`}</h2>
            <p class="fr-mb-1w">Elle mesure ce qui peut être repris sans retouche, et se calcule ainsi :</p>
            <ul class="fr-mb-3w">
              {scoreSentences(letter).map((one) => (
                <li>{one}</li>
              ))}
            </ul>
          </section>
        )}
        <GoodPoints letter={letter} />
        <Faults letter={letter} />
        <LetterQuestions letter={letter} />
        <UnderstoodFields checked={checked} />
        <h2>Et maintenant ?</h2>
        <AnnexInPage annex={annex} isWhole={letter.annex.isWhole} day={letter.feed.day} />
        <p>
          {french`Corrigez ce que vous pouvez, puis vérifiez à nouveau. Le guide `}
          <a href="/publier-ses-aides">publier ses aides</a>
          {french` montre par l'exemple comment écrire identifiants, dates, territoires et contacts.`}
        </p>
        <p>
          <a class="fr-btn moisson-no-print" href={checkPath(partner)}>
            Vérifier un autre fichier
          </a>
        </p>
        <p>
          {french`Votre fichier est effacé, et cette page n'est conservée nulle part : imprimez-la si vous voulez la garder.`}
          {settings.contact !== null && (
            <>
              {french` Une question ? Écrivez à : `}
              <Contact settings={settings} />
            </>
          )}
        </p>
        {partner !== null && <NoteInLog visit={visit} partner={partner} letter={letter} />}
      </article>
    ) satisfies Child,
  };
}

function sourceSentence({ letter: { feed } }: CheckedFile): Child {
  if (feed.address === null) return french`Fichier : « ${feed.file ?? "sans nom"} ».`;
  return (
    <>
      Adresse : <span class="moisson-written">{feed.address}</span>
    </>
  );
}

function Counts({ checked: { letter } }: { readonly checked: CheckedFile }): Child {
  const { received, skipped, rejected, valid } = letter.counts;
  if (valid === 0)
    return (
      <Alert kind="warning" title="Aucune aide ne peut être reprise telle quelle" level={2}>
        <p>{french`${counted(received, "ligne lue", "lignes lues")}. Ce qui suit dit pourquoi.`}</p>
      </Alert>
    );
  const parts = [
    counted(valid, "aide peut être reprise", "aides peuvent être reprises"),
    ...(rejected > 0 ? [counted(rejected, "ne le peut pas", "ne le peuvent pas")] : []),
    ...(skipped > 0 ? [french`${counted(skipped, "autre serait laissée", "autres seraient laissées")} de côté (fermée, par exemple)`] : []),
  ];
  return <p>{french`Sur ${counted(received, "aide lue", "aides lues")} : ${parts.join(", ")}.`}</p>;
}
