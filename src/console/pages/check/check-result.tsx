import type { Child } from "hono/jsx";
import { fieldNameOrKey } from "../../../french/fields.ts";
import { scoreSentences } from "../../../french/letters/letter.ts";
import { evidenceMessage } from "../../../french/survey.ts";
import { capitalize, counted, french, sentence } from "../../../french/typography.ts";
import type { AnnexLine } from "../../../model/letter/letter.ts";
import { Alert } from "../../parts/alert.tsx";
import { List } from "../../parts/list.tsx";
import { readingInWords } from "../../parts/reading-in-words.ts";
import { Table } from "../../parts/table.tsx";
import { truncate } from "../../parts/time.ts";
import type { Page } from "../../route.ts";
import type { Visit } from "../../visit.ts";
import { Contact } from "../legal/contact.tsx";
import { annexFile } from "../letters/annex-file.ts";
import { Faults, GoodPoints, Noticed } from "../letters/letter-body.tsx";
import { LetterQuestions } from "../letters/letter-points.tsx";
import type { CheckedFile } from "./check-file.ts";
import { checkPath, type Partner } from "./check-form.tsx";
import { NoteInLog } from "./note-in-log.tsx";

/** Returns the page with the result. It can be shown only once, because nothing is stored. */
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
        <List items={remarks.map((one) => sentence(evidenceMessage(one)))} />
        <Counts checked={checked} />
        {letter.score !== null && (
          <section>
            <h2>{french`La note de vos données : ${letter.score} sur 100`}</h2>
            <p class="fr-mb-1w">Elle mesure ce qui peut être repris sans retouche, et se calcule ainsi :</p>
            <List class="fr-mb-3w" items={scoreSentences(letter)} />
          </section>
        )}
        <GoodPoints letter={letter} />
        <Noticed letter={letter} />
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

/** Browsers accept URLs of two megabytes, and base64 makes the annex a third larger. */
const maxAnnexBytes = 1_400_000;

/** A link that downloads the annex. The link contains the annex itself, because nothing is stored. */
async function AnnexInPage(given: {
  readonly annex: readonly AnnexLine[];
  readonly isWhole: boolean;
  readonly day: string;
}): Promise<Child> {
  if (given.annex.length === 0) return null;
  const { fileName, type, lines, base64 } = await encodedAnnex(given.annex, given.day);
  const isWhole = given.isWhole && lines === given.annex.length;
  return (
    <p>
      <a class="fr-link fr-link--download" href={`data:${type.replace(/\s/g, "")};base64,${base64}`} download={fileName}>
        {french`Télécharger l'annexe : ${isWhole ? "toutes les anomalies" : "les premières anomalies"}, une par ligne (${counted(lines, "ligne")}, CSV)`}
      </a>
    </p>
  );
}

/** Returns as many lines of the annex as a link can contain, in base64. */
async function encodedAnnex(annex: readonly AnnexLine[], day: string) {
  for (let lines = annex.length; ; lines = Math.floor(lines / 2)) {
    const { fileName, type, body } = annexFile(annex.slice(0, lines), day);
    const pieces: string[] = [];
    for await (const piece of body as AsyncIterable<string>) pieces.push(piece);
    const bytes = Buffer.from(pieces.join(""));
    if (bytes.length <= maxAnnexBytes || lines === 0) return { fileName, type, lines, base64: bytes.toString("base64") };
  }
}

const maxNameLength = 80;
const maxUnreadShown = 60;

/** Shows which columns were read into which field, so that publishers can report a wrong guess. */
function UnderstoodFields({ checked: { understood, unread } }: { readonly checked: CheckedFile }): Child {
  return (
    <>
      <h2>Comment nous avons lu vos colonnes</h2>
      <p>{french`Nous les avons reconnues seuls, à leur nom et à ce qu'elles contiennent : dites-nous si nous nous trompons.`}</p>
      <Table caption="Nos informations, et vos colonnes" isCaptionHidden head={["Information", "Lue dans"]}>
        {understood.map(({ field, from }) => (
          <tr>
            <th scope="row">{capitalize(fieldNameOrKey(field))}</th>
            <td class="moisson-written">{from.map((path) => truncate(path, maxNameLength)).join(", ")}</td>
          </tr>
        ))}
      </Table>
      {unread.length > 0 && (
        <p>
          {french`${counted(unread.length, "colonne que nous n'avons pas lue", "colonnes que nous n'avons pas lues")} : `}
          <span class="moisson-written">
            {unread
              .slice(0, maxUnreadShown)
              .map((path) => truncate(path, maxNameLength))
              .join(", ")}
            {unread.length > maxUnreadShown && "…"}
          </span>
        </p>
      )}
    </>
  );
}
