import { parisDay } from "../../../aid/paris-day.ts";
import { lastWholeRun } from "../../../jobs/last-whole-run.ts";
import { zipOf } from "../../../survey/fixture/zip-of.ts";
import { french } from "../../../texts/fr-typography.ts";
import { definitionFiles, HoldsCode } from "../../definition-files/definition-files.ts";
import { CannotDo, type PageRoute } from "../../route.ts";
import { firstRecords } from "../../sample/first-records.ts";
import type { Visit } from "../../visit.ts";
import { contentNow, definitionOf, runnable } from "./definition-of.ts";

/** The files of a connector for its developers, as a zip to be unpacked over the project. */
export const zipRoute: PageRoute = {
  method: "get",
  path: "/connecteurs/:connecteur/fichiers.zip",
  who: "bizdev",
  async answer(visit) {
    const view = await definitionOf(visit);
    const connector = runnable(view);
    const hash = await sampleOf(visit, view.id);
    const records = hash === null ? [] : await firstRecords(visit.catalogue, hash, connector.definition.decode);
    const asked = { connector, content: contentNow(view), records, day: parisDay(visit.now), folders: view.registry.folders ?? [] };
    const files = await definitionFiles(asked).catch((error: unknown) => {
      throw error instanceof HoldsCode ? holdsCode() : error;
    });
    if (!files.some(({ path }) => path.startsWith("fixtures/")))
      throw new CannotDo(french`Aucun flux de ce connecteur n'est gardé : il n'y a pas de quoi faire un exemple. Collectez-le d'abord.`);
    return { fileName: `${view.id}.zip`, type: "application/zip", body: zipOf(files.map(({ path, content }) => [path, content] as const)) };
  },
};

/** The last whole feed; else the file that the connector was made from. */
async function sampleOf({ catalogue }: Visit, id: string): Promise<string | null> {
  const whole = await lastWholeRun(catalogue, id);
  if (whole !== null) return whole.snapshotHash;
  const draft = (await catalogue.drafts.list()).find(({ connector }) => connector === id);
  return draft?.upload ?? null;
}

function holdsCode(): CannotDo {
  return new CannotDo(
    french`Ce connecteur contient du code, et la console a changé d'autres de ses règles : ses fichiers ne peuvent pas être écrits d'office. L'équipe technique trouve ces changements sur la page de ses versions.`,
  );
}
