import type { Child } from "hono/jsx";
import { courtesyOpening, courtesyTitle, ourWordsSentence } from "../../../../french/letters/courtesy.ts";
import { counted, french } from "../../../../french/typography.ts";
import { type CourtesyLetter, courtesyFacts } from "../../../../partners/correspondence/courtesy-letter.ts";
import { keptContent } from "../../../../partners/preview-content.ts";
import type { ConsoleSettings } from "../../../console-settings.ts";
import { Quoting } from "../../../parts/aid-text.tsx";
import { PreviewFiche } from "../../../parts/preview-fiche.tsx";
import { Contact } from "../../legal/contact.tsx";
import { LetterHead } from "../letter-body.tsx";

/** A courtesy letter as its publisher reads it. `requests`: forms and earlier requests; `path`: of its page, for links to the forms. */
export function CourtesyBody(given: {
  readonly letter: CourtesyLetter;
  readonly at: Date;
  readonly path: string | null;
  readonly settings: ConsoleSettings;
  readonly children?: Child;
}): Child {
  const { letter, at, path, settings, children } = given;
  const preview = keptContent(letter.preview);
  const facts = courtesyFacts(letter);
  const isSite = facts.site !== null;
  return (
    <article class="moisson-letter">
      <LetterHead publisher={letter.publisher} at={at} settings={settings} />
      <h1>{courtesyTitle(facts.site)}</h1>
      <p>Bonjour,</p>
      <p>{courtesyOpening(facts, settings.name)}</p>
      <ul>
        <li>{french`Relisez ce que nous avons compris de ${isSite ? "vos pages" : "votre fichier"}, plus bas sur cette page.`}</li>
        <li>{french`Demandez une correction ou le retrait d'une aide : nous en tenons compte aussitôt.`}</li>
        <li>
          {isSite
            ? french`Si vous ne voulez pas que nous lisions votre site, dites-le ici : nous cessons aussitôt, et pour toujours.`
            : ourWordsSentence}
        </li>
        <li>{french`Si tout va bien, vous n'avez rien à faire : chaque aide publiée renvoie à votre page.`}</li>
      </ul>
      <p>
        {isSite && french`Nous lisons votre site poliment : une page à la fois, la nuit, selon votre fichier robots.txt. `}
        {french`Cette page n'est connue que de vous et de nous.`}
      </p>
      {settings.contact !== null && (
        <p>
          {french`Une question ? Répondez au message qui vous a transmis cette page, ou écrivez à : `}
          <Contact settings={settings} />
        </p>
      )}
      {children}
      <h2 class="fr-mt-4w">
        {isSite ? counted(preview.valid, "aide lue", "aides lues") : counted(preview.valid, "aide publiée", "aides publiées")}
      </h2>
      {preview.aids.length < preview.valid && (
        <p>{french`Voici les ${preview.aids.length} premières. Toutes sont dans la liste du formulaire ci-dessus.`}</p>
      )}
      {preview.aids.map((aid, index) => (
        <>
          <PreviewFiche aid={aid} />
          {path !== null && (
            <p class="moisson-no-print">
              <a href={`${path}?aide=${index}#demande`}>
                <Quoting text={french`Corriger ou retirer « ${aid.content.name} »`} language={aid.content.language} />
              </a>
            </p>
          )}
        </>
      ))}
    </article>
  );
}
