import type { Child } from "hono/jsx";
import type { CuratedAid } from "../../catalogue/aids/aid-repository.ts";
import { foreignLanguageOf } from "../../kit/values/text/language-of-text.ts";
import { shownValue } from "../../model/aid/shown-value.ts";
import type { Visit } from "../visit.ts";

/** A text of an aid, such as its title. A screen reader changes its voice for a text that is not French. */
export function AidText({ text, language }: { readonly text: string; readonly language?: string | null | undefined }): Child {
  const lang = foreignLanguageOf(text, language);
  return lang === undefined ? text : <span lang={lang}>{text}</span>;
}

/** A French sentence of ours. Marks the language of each text that it quotes in guillemets. */
export function Quoting({ text, language }: { readonly text: string; readonly language?: string | null | undefined }): Child {
  return text.split(/(?<=«\s)([^»]*)(?=\s»)/).map((part, place) => (place % 2 === 0 ? part : <AidText text={part} language={language} />));
}

/** The title of an aid. */
export function AidName({ aid }: { readonly aid: CuratedAid }): Child {
  return <AidText text={String(shownValue(aid, "name"))} language={aid.imported.language} />;
}

/** The title of an aid of a connector, where only its title is known. */
export async function AidTitle(given: { readonly visit: Visit; readonly connector: string; readonly title: string }): Promise<Child> {
  return <AidText text={given.title} language={await languageOfConnector(given.visit, given.connector)} />;
}

/** Returns the language of a connector's aids, or undefined if the connector is gone. */
export async function languageOfConnector(visit: Visit, connector: string): Promise<string | undefined> {
  const connectors = await visit.console.jobs.connectors();
  return connectors.find(({ definition }) => definition.id === connector)?.definition.language;
}
