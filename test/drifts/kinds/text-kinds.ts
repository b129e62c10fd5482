import type { OwnField } from "../../../src/model/survey/own-field.ts";
import { eachText } from "../../real-files/feed-rows.ts";
import type { DriftFeed } from "../drift-feed.ts";
import { type DriftKind, nextOf } from "../drift-kind.ts";
import { eachValue, recordValue, valuesFrom } from "../record-value.ts";

type TextChange = (text: string, feed: DriftFeed, index: number) => string;
type Options = { readonly share?: number; readonly nights?: number; readonly fits?: (feed: DriftFeed) => boolean };

/** A change of the longest text among the paths of some fields. */
function ofMainText(
  id: string,
  says: string,
  touches: readonly OwnField[],
  change: TextChange,
  { fits = () => true, ...usual }: Options = {},
): DriftKind {
  return {
    ...usual,
    id,
    says,
    touches,
    change: (feed) => {
      const path = feed.mainPath(...touches);
      if (path === null || !fits(feed)) return null;
      const changed = (index: number) => (value: unknown) =>
        typeof value === "string" && value.trim() !== "" ? change(value, feed, index) : value;
      return (row, index) => eachValue(row, [path], changed(index));
    },
  };
}

/** The values of these fields come from the next record. */
function ofNext(id: string, says: string, touches: readonly OwnField[], pathsOf: (feed: DriftFeed) => readonly string[]): DriftKind {
  return {
    id,
    says,
    touches,
    change: (feed) => {
      const paths = pathsOf(feed);
      return paths.length === 0 ? null : (row, index) => valuesFrom(nextOf(feed, index), paths)(row);
    },
  };
}

const onePath = (path: string | null) => (path === null ? [] : [path]);
const texts = ["description"] as const;
const titles = ["name"] as const;
const contacts = ["contact", "contactEmail", "contactPhone"] as const;

const cookies =
  "Ce site utilise des cookies pour améliorer votre expérience. En poursuivant votre navigation, vous acceptez leur utilisation. Vous pouvez modifier vos choix à tout moment dans les paramètres de confidentialité.";
const banner = "Le site sera indisponible ce week-end pour maintenance. Nous vous prions de nous excuser de la gêne occasionnée. ";
const lorem = "Lorem ipsum dolor sit amet, consectetur adipiscing elit. Sed non risus. Suspendisse lectus tortor, dignissim sit amet. ";
const english = [
  "This scheme supports local projects. Applicants must provide a description of the project and its budget.",
  "The grant covers part of the eligible costs. Payments are made after the work has been completed.",
  "Small towns and their groupings may apply at any time of the year, before the beginning of the work.",
];

const isFrench = ({ language }: DriftFeed) => language !== "en";
const hasMarkup = (path: string | null, feed: DriftFeed) =>
  path !== null && feed.rows.some((row) => /<\/\w+>/.test(String(recordValue(row, path))));
const isHtml = (feed: DriftFeed) => hasMarkup(feed.mainPath(...texts), feed);

/** Multiplies the amounts in euros of a text. */
function timesTen(text: string): string {
  return text.replace(/\d[\d\s\u00a0\u202f]*(?=[\s\u00a0\u202f]*(?:€|euros?\b))/g, (amount) => `${amount.trimEnd()}0 `);
}

/** Drifts of titles, texts and contacts. */
export const textKinds: readonly DriftKind[] = [
  ofNext("text-of-next", "texts of the next record", texts, (feed) => onePath(feed.mainPath(...texts))),
  ofMainText("text-cookies", "the same notice about cookies everywhere", texts, () => cookies),
  ofMainText("text-capitals", "texts in capitals", texts, (text) =>
    text.replace(/<[^>]*>|[^<]+/g, (part) => (part.startsWith("<") ? part : part.toUpperCase())),
  ),
  ofMainText("text-cut-255", "texts are cut at 255 characters", texts, (text) => text.slice(0, 255)),
  ofMainText("text-soon", '"à venir" instead of texts', texts, () => "à venir", { share: 0.3 }),
  ofMainText("text-slow-loss", '"à venir" instead of texts, more each night', texts, () => "à venir", { share: 0.02, nights: 15 }),
  ofMainText("text-empty", "texts are empty", texts, () => "", { share: 0.3 }),
  ofMainText("text-doubled", "each text twice", texts, (text) => `${text}${text}`),
  ofMainText("text-banner", "a notice of the site before each text", texts, (text) => `${banner}${text}`),
  ofMainText("text-lorem", "sample text of a template", texts, () => lorem.repeat(3), { share: 0.3 }),
  ofMainText("text-object", '"[object Object]" instead of texts', texts, () => "[object Object]"),
  ofMainText("text-null", '"null" instead of texts', texts, () => "null", { share: 0.3 }),
  ofMainText("text-escaped", "markup is escaped twice", texts, (text) => escaped(escaped(text)), { fits: isHtml }),
  ofMainText("text-without-markup", "markup is removed", texts, (text) => text.replace(/<[^>]*>/g, ""), { fits: isHtml }),
  ofMainText("text-english", "texts in English", texts, (_, __, index) => `${english[index % english.length]} (${index + 1})`, {
    fits: isFrench,
  }),
  ofMainText("text-is-title", "the text repeats the title", texts, (text, feed, index) => {
    const title = feed.mainPath(...titles);
    return title === null ? text : String(recordValue(feed.rows[index] ?? {}, title) ?? text);
  }),
  ofMainText("text-without-figures", "figures are lost", texts, (text) => text.replace(/\d/g, "")),
  ofMainText("text-amounts-x10", "amounts in texts are ten times higher", texts, timesTen),
  ofMainText("text-accents-lost", "accented letters become question marks", texts, (text) => text.replace(/\P{ASCII}/gu, "?")),
  ofMainText("conditions-cookies", "the same notice instead of the conditions", ["eligibility"], () => cookies),
  ofNext("conditions-of-next", "conditions of the next record", ["eligibility"], (feed) => onePath(feed.mainPath("eligibility"))),
  ofMainText("titles-equal", "all titles are equal", titles, () => "Aide aux projets"),
  ofNext("title-of-next", "titles of the next record", titles, (feed) => onePath(feed.mainPath(...titles))),
  ofMainText("title-cut", "titles are cut at 20 characters", titles, (text) => text.slice(0, 20)),
  ofMainText("title-capitals", "titles in capitals", titles, (text) => text.toUpperCase()),
  ofMainText("title-numbered", "titles are numbers", titles, (_, __, index) => `Dispositif ${index + 1}`),
  {
    id: "title-text-exchanged",
    says: "title and text are exchanged",
    touches: [...titles, ...texts],
    change: (feed) => {
      const [title, text] = [feed.mainPath(...titles), feed.mainPath(...texts)];
      if (title === null || text === null || title === text) return null;
      return (row) => {
        const [first, second] = [recordValue(row, title), recordValue(row, text)];
        return eachValue(row, [title, text], (_, path) => (path === title ? second : first));
      };
    },
  },
  ofMainText("contact-replaced", "one contact for all", contacts, () => "accueil@exemple.fr"),
  ofNext("contact-of-next", "contacts of the next record", contacts, (feed) => feed.paths(...contacts)),
  {
    id: "mails-masked",
    says: "a protection against spam hides the e-mail addresses",
    touches: "all",
    change: () => (row) => eachText(row, (text) => text.replace(/[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g, "[email protected]")) as typeof row,
  },
];

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
