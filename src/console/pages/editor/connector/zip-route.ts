import { wholeFeeds } from "../../../../catalogue/runs/last-whole-run.ts";
import { french } from "../../../../french/typography.ts";
import { firstRecords } from "../../../../jobs/stored-feeds/first-records.ts";
import type { LoadedConnector } from "../../../../kit/loaded-connector.ts";
import type { Values } from "../../../../model/run/decoded-record.ts";
import { parisDay } from "../../../../model/text/paris-day.ts";
import { zipOf } from "../../../../model/zip-of.ts";
import { contentNow } from "../../../../registry/change-content.ts";
import { definitionFiles, HasFunctions } from "../../../../survey/write/definition-files.ts";
import { CannotDo, pageRoute } from "../../../route.ts";
import type { Visit } from "../../../visit.ts";
import { definitionOf, runnable } from "./definition-of.ts";

/** Downloads the files of a connector as a zip, to be unpacked in the project's folder. */
export const zipRoute = pageRoute("/connecteurs/:connecteur/fichiers.zip", "bizdev", async (visit) => {
  const view = await definitionOf(visit);
  const connector = runnable(view);
  const { records, isFeedKept } = await lastRecords(visit, connector);
  const wanted = {
    connector,
    content: contentNow(view.ofFile, view.version),
    records,
    day: parisDay(visit.now),
    folders: view.registry.folders ?? [],
  };
  const files = await definitionFiles(wanted).catch((error: unknown) => {
    throw error instanceof HasFunctions ? holdsCode() : error;
  });
  if (!files.some(({ path }) => path.startsWith("fixtures/"))) throw new CannotDo(noFixtureMessage(records.length > 0, isFeedKept));
  return { fileName: `${view.id}.zip`, type: "application/zip", body: zipOf(files.map(({ path, content }) => [path, content] as const)) };
});

/** Returns a message that says why no fixture can be made, and what to do. */
function noFixtureMessage(hasRecords: boolean, isFeedKept: boolean): string {
  if (hasRecords)
    return french`Aucun exemple ne peut être tiré des flux gardés de ce connecteur : l'équipe technique en écrit un à la main, dans « fixtures ».`;
  if (isFeedKept)
    return french`Aucun des flux gardés de ce connecteur ne contient d'enregistrement : il n'y a pas de quoi faire un exemple. Collectez-le quand le producteur publie des aides, ou déposez un de ses anciens fichiers sur la page du connecteur.`;
  return french`Aucun flux de ce connecteur n'est gardé : il n'y a pas de quoi faire un exemple. Collectez-le d'abord, ou déposez son fichier sur la page du connecteur.`;
}

function holdsCode(): CannotDo {
  return new CannotDo(
    french`Ce connecteur contient du code, et la console a changé d'autres de ses règles : ses fichiers ne peuvent pas être écrits d'office. L'équipe technique trouve ces changements sur la page de ses versions.`,
  );
}

/** Max feeds to search, because the last ones can be empty. */
const maxFeeds = 10;

interface LastRecords {
  readonly records: readonly Values[];
  readonly isFeedKept: boolean;
}

/** Returns the first records of the last feed with records or, failing that, of the file that the connector was made from. */
async function lastRecords({ catalogue }: Visit, { definition }: LoadedConnector): Promise<LastRecords> {
  const ofRuns = await wholeFeeds(catalogue, definition.id, maxFeeds);
  const draft = (await catalogue.drafts.list()).find(({ connector }) => connector === definition.id);
  const feeds = [...ofRuns, ...(draft?.upload ? [draft.upload] : [])];
  for (const hash of feeds) {
    const records = await firstRecords(catalogue, hash, definition);
    if (records.length > 0) return { records, isFeedKept: true };
  }
  return { records: [], isFeedKept: feeds.length > 0 };
}
