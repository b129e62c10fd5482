import type { StoredPublisher } from "../../../catalogue/publishers/publisher-repository.ts";
import { checkEntry } from "../../entry/check-entry.ts";
import { territoryEntry } from "../../entry/default-entry.ts";
import { currentFile, noFile, rowWithId } from "../../entry/entry-file.ts";
import { emptyEntry, entryOfForm, entryOfRow } from "../../entry/entry-record.ts";
import { keepManualConnector, manualConnectorOf, newManualConnector } from "../../entry/manual-connector.ts";
import { type ReadEntry, readEntry, saveEntry, type TypedEntry } from "../../entry/save-entry.ts";
import { actRoute, type Form, NotFound, pageRoute, type Route } from "../../route.ts";
import { type Visit, visitorOf } from "../../visit.ts";
import { isDryUpload } from "../connectors/file-upload.tsx";
import { runBlocker } from "../connectors/run-blockers.ts";
import { publisherAt, subjectOf } from "../publishers/publisher-at.ts";
import { choosePublisher } from "./choose-publisher.tsx";
import { entryPage } from "./entry-page.tsx";
import { entryPath } from "./entry-path.ts";

const path = "/producteurs/:producteur/saisir";

const form = pageRoute(path, "bizdev", async (visit) => {
  const publisher = await publisherAt(visit);
  const id = visit.query.get("aide");
  const connector = await manualConnectorOf(visit, publisher);
  const file = connector === null ? noFile : await currentFile(visit.catalogue, connector.definition);
  if (id === null) {
    // Says at once that the publisher needs a territory.
    if (connector === null) await newManualConnector(visit, publisher);
    const entry = emptyEntry({ financers: publisher.name, ...territoryEntry(publisher) });
    return entryPage(visit, { publisher, file, entry, id, checked: null });
  }
  const row = rowWithId(file.rows, id);
  if (connector === null || row === undefined) throw new NotFound("Cette aide n’est pas dans le fichier de ce producteur.");
  return entryPage(visit, { publisher, file, entry: entryOfRow(row), id, checked: await checkEntry(connector, row) });
});

const preview = actRoute(`${path}/apercu`, { who: "bizdev", act: null }, async (visit, sent) => {
  const publisher = await publisherAt(visit);
  const typed = typedEntry(sent);
  return pageOf(visit, publisher, typed, await readOf(visit, publisher, typed), false);
});

const save = actRoute(path, { who: "bizdev", act: "aid.enter" }, async (visit, sent) => {
  const publisher = await publisherAt(visit);
  const typed = typedEntry(sent);
  const read = await readOf(visit, publisher, typed);
  if (isUnsavable(read)) return pageOf(visit, publisher, typed, read, true);
  const by = visitorOf(visit).name;
  const known = await manualConnectorOf(visit, publisher);
  const connector = known ?? (await keepManualConnector(visit, publisher, await newManualConnector(visit, publisher), by));
  const saved = await saveEntry(visit, connector, typed, { by, isDry: isDryUpload(sent) });
  if ("unsaved" in saved) return pageOf(visit, publisher, typed, saved.unsaved, true);
  const { entry, changed } = saved.read;
  return {
    message: `L’aide est dans le fichier du producteur, sa collecte est demandée. ${await runBlocker(visit)}`.trim(),
    to: `/collectes/${saved.runId}`,
    subject: subjectOf(publisher),
    details: { connector: connector.definition.id, aid: entry.externalId, run: saved.runId, fields: changed.join(", ") },
  };
});

function typedEntry(sent: Form): TypedEntry {
  return { entry: entryOfForm(sent), id: sent.has("aide") ? sent.text("aide") : null, shown: sent.text("fichier") };
}

async function readOf(visit: Visit, publisher: StoredPublisher, typed: TypedEntry): Promise<ReadEntry> {
  const known = await manualConnectorOf(visit, publisher);
  return known === null ? readEntry(visit, await newManualConnector(visit, publisher), typed, noFile) : readEntry(visit, known, typed);
}

function isUnsavable({ problems, conflicts, changed }: ReadEntry): boolean {
  return Object.keys(problems).length > 0 || conflicts.length > 0 || changed.length === 0;
}

/** Returns the page with a read form. `isSent`: the person wanted to save it. */
function pageOf(visit: Visit, publisher: StoredPublisher, { id, entry: typed }: TypedEntry, read: ReadEntry, isSent: boolean) {
  const { file, entry, conflicts, checked, problems, changed } = read;
  if (isSent && changed.length === 0) return { to: entryPath(publisher, id) };
  const status = !isSent ? 200 : Object.keys(problems).length > 0 ? 422 : 409;
  // An identifier made from the title is not shown, because it follows the title until the aid is saved.
  const shown = { ...entry, externalId: id === null ? typed.externalId : entry.externalId };
  return entryPage(visit, { publisher, file, entry: shown, id, checked, problems: isSent ? problems : {}, conflicts, status });
}

/** Routes of the form for one aid, without a file. */
export const entryRoutes: readonly Route[] = [choosePublisher, form, preview, save];
