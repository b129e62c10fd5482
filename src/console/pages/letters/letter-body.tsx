import type { Child } from "hono/jsx";
import { frenchDay } from "../../../french/dates.ts";
import { faultKindTitles } from "../../../french/letters/faults.ts";
import {
  countsSentence,
  goodSentence,
  letterOpening,
  letterSubject,
  scoreSentences,
  seldomFilledSentence,
  trendSentence,
} from "../../../french/letters/letter.ts";
import { noticedSentence } from "../../../french/letters/noticed.ts";
import { capitalize, counted, french } from "../../../french/typography.ts";
import { type FaultKind, faultKindOf, faultKinds } from "../../../model/letter/fault-kinds.ts";
import type { Letter } from "../../../model/letter/letter.ts";
import type { ConsoleSettings } from "../../console-settings.ts";
import { List } from "../../parts/list.tsx";
import { formatDay } from "../../parts/time.ts";
import { guidePageForFaults, guidePath } from "../guide/guide-pages.ts";
import { OrWriteTo } from "../legal/contact.tsx";
import { LetterFault, LetterQuestions, type PointExtra } from "./letter-points.tsx";

/** A letter as its publisher reads it. `annex`: URL of its annex; `language`: the language of the aids; `pointExtra`: content under each point; `children`: content before the end. */
export function LetterBody(given: {
  readonly letter: Letter;
  readonly by: string;
  readonly at: Date;
  readonly annex: string;
  readonly settings: ConsoleSettings;
  readonly language: string | undefined;
  readonly pointExtra?: PointExtra;
  readonly children?: Child;
}): Child {
  const { letter, by, at, annex, settings, language, pointExtra, children } = given;
  return (
    <article class="moisson-letter">
      <LetterHead publisher={letter.publisher} at={at} settings={settings} />
      <h1>{letterSubject(letter)}</h1>
      <p>Bonjour,</p>
      <p>{letterOpening(letter, settings.name)}</p>
      <p>{sourceSentence(letter)}</p>
      {letter.trouble !== null && <p>{french`Ce qui suit porte sur ces dernières données que nous avons pu lire.`}</p>}
      <p>{countsSentence(letter)}</p>
      <LetterScore letter={letter} />
      <GoodPoints letter={letter} />
      <Noticed letter={letter} />
      <Faults letter={letter} pointExtra={pointExtra} language={language} />
      <LetterQuestions letter={letter} pointExtra={pointExtra} language={language} />
      <h2>Et maintenant ?</h2>
      <AnnexLink letter={letter} annex={annex} />
      {children}
      <p>
        {french`Corrigez ce que vous pouvez, à votre rythme : nous relisons vos données régulièrement, et ce qui est corrigé à la source l'est chez nous à la lecture suivante. Rien d'autre n'est à faire de votre côté.`}
      </p>
      <p>
        {french`Une question, un doute, une erreur de notre part ? Répondez au message qui vous a transmis cette lettre`}
        <OrWriteTo settings={settings} />
      </p>
      <p>Merci pour votre travail, et bien cordialement,</p>
      <p>
        {by}
        <br />
        {settings.name}
      </p>
    </article>
  );
}

function sourceSentence({ feed }: Letter): Child {
  const day = frenchDay(feed.day);
  if (feed.address !== null)
    return (
      <>
        {french`Données lues le ${day}, à l'adresse : `}
        <span class="moisson-written">{feed.address}</span>
      </>
    );
  return feed.file === null ? french`Données reçues le ${day}.` : french`Fichier reçu le ${day} : « ${feed.file} ».`;
}

export function GoodPoints({ letter: { good } }: { readonly letter: Letter }): Child {
  if (good.length === 0) return null;
  return (
    <>
      <h2>Ce qui va bien</h2>
      <List class="fr-mb-3w" items={good.map((point) => goodSentence(point))} />
    </>
  );
}

/** Implausible facts about all data together. */
export function Noticed({ letter: { noticed = [] } }: { readonly letter: Letter }): Child {
  const said = [...new Set(noticed.map(noticedSentence))].filter((one) => one !== null);
  if (said.length === 0) return null;
  return (
    <>
      <h2>Ce qui nous étonne</h2>
      <List class="fr-mb-3w" items={said.map((one) => one)} />
    </>
  );
}

/** The anomalies of a letter, by chapter. `language`: the language of the aids. */
export function Faults(given: {
  readonly letter: Letter;
  readonly pointExtra?: PointExtra | undefined;
  readonly language?: string | undefined;
}): Child {
  const { faults, seldomFilled } = given.letter;
  if (faults.length === 0 && seldomFilled.length === 0) return null;
  return (
    <>
      <h2>Ce qui est à corriger</h2>
      {faultKinds.map((kind) => {
        const found = faults.filter(({ code }) => faultKindOf(code) === kind);
        const seldom = kind === "empty" ? seldomFilled : [];
        if (found.length === 0 && seldom.length === 0) return null;
        return (
          <section>
            <h3>{faultKindTitles[kind]}</h3>
            {seldom.length > 0 && (
              <>
                <p class="fr-mb-1w">{french`Ces champs servent à trouver l'aide, et à savoir à qui elle s'adresse :`}</p>
                <ul class="fr-mb-3w">
                  {seldom.map((one) => (
                    <li>
                      {capitalize(seldomFilledSentence(one))}
                      {given.pointExtra?.({ code: "seldom-filled", field: one.field })}
                    </li>
                  ))}
                </ul>
              </>
            )}
            {found.map((fault) => (
              <LetterFault fault={fault} pointExtra={given.pointExtra?.(fault)} language={given.language} />
            ))}
            <GuideLink kind={kind} />
          </section>
        );
      })}
    </>
  );
}

function AnnexLink({ letter, annex }: { readonly letter: Letter; readonly annex: string }): Child {
  const { lines, isWhole } = letter.annex;
  if (lines === 0) return null;
  const which = isWhole ? "toutes les anomalies" : "les anomalies relevées";
  return (
    <p>
      <a class="fr-link fr-link--download" href={annex}>
        {french`Télécharger l'annexe : ${which}, une par ligne (${counted(lines, "ligne")}, CSV)`}
      </a>
      {!isWhole && french` Vos données en contiennent peut-être d'autres, que nous n'avons pas pu lister.`}
    </p>
  );
}

/** The score of a feed, its history and how it is computed. */
function LetterScore({ letter }: { readonly letter: Letter }): Child {
  if (letter.score === null) return null;
  return (
    <section>
      <h2>{french`La note de vos données : ${letter.score} sur 100`}</h2>
      <ScoreTrend trend={letter.trend} />
      <p class="fr-mb-1w">Elle mesure ce qui peut être repris sans retouche, et se calcule ainsi :</p>
      <List class="fr-mb-3w" items={scoreSentences(letter).map((one) => one)} />
    </section>
  );
}

const barWidth = 16;
const gap = 6;
const height = 60;

/** Bar chart of the last scores, with a sentence that describes it. */
function ScoreTrend({ trend }: { readonly trend: Letter["trend"] }): Child {
  if (trend.length === 0) return null;
  if (trend.length === 1) return <p>{trendSentence(trend)}</p>;
  const width = trend.length * (barWidth + gap);
  const path = trend.map(({ score }, index) => {
    const bar = Math.max(2, Math.round((score / 100) * height));
    return `M${index * (barWidth + gap)} ${height - bar}h${barWidth}v${bar}h-${barWidth}z`;
  });
  return (
    <figure class="moisson-figure fr-mb-3w">
      <svg class="moisson-trend" width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
        <path class="moisson-score" d={path.join("")} />
      </svg>
      <figcaption>{trendSentence(trend)}</figcaption>
    </figure>
  );
}

/** A link from the faults of a letter to the page of the guide with good examples. */
function GuideLink({ kind }: { readonly kind: FaultKind }): Child {
  const page = guidePageForFaults(kind);
  return (
    <p>
      {french`Pour aller plus loin, des exemples : `}
      <a href={guidePath(page)}>{page.title}</a>
    </p>
  );
}

/** The head of a letter to a publisher: who writes, when, to whom. */
export function LetterHead({
  publisher,
  at,
  settings,
}: {
  readonly publisher: string;
  readonly at: Date;
  readonly settings: ConsoleSettings;
}): Child {
  return (
    <>
      <p class="fr-mb-1w">
        {settings.name}
        {settings.owner !== null && french`, ${settings.owner.split("|").join(", ")}`}
        <br />
        {french`Le ${formatDay(at)}`}
      </p>
      <p>{french`À l'attention de : ${publisher}`}</p>
    </>
  );
}
