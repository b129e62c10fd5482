import { lastWholeRun } from "../../../../catalogue/runs/last-whole-run.ts";
import { firstRecords } from "../../../../jobs/stored-feeds/first-records.ts";
import { withoutFunctions } from "../../../../kit/definition-functions.ts";
import { changeContent, contentNow, type DefinitionChange } from "../../../../registry/change-content.ts";
import { connectorAs } from "../../../../registry/stored-versions.ts";
import { analysisOptions } from "../../../../survey/sample/analysis-options.ts";
import type { Reading } from "../../../../survey/survey.ts";
import type { Page } from "../../../route.ts";
import type { Visit } from "../../../visit.ts";
import type { Edited, EditedDefinition } from "../edited-definition.ts";
import { type EditedPublisher, typedOf } from "../publisher-page.ts";
import { breadcrumbOf, type DefinitionView, definitionOf, runnable, subjectOf } from "./definition-of.ts";
import { tryChange } from "./trial-acts.ts";

/** Max records read: enough to find states that appear late in a feed. */
const recordsLooked = 2000;

/** Returns the definition of the connector of the path. @throws NotFound, or CannotDo if its version is refused */
export async function editedConnector(visit: Visit): Promise<EditedDefinition> {
  const { catalogue, console } = visit;
  const view = await definitionOf(visit);
  const connector = runnable(view);
  const { definition } = connector;
  const snapshot = (await lastWholeRun(catalogue, view.id))?.snapshotHash ?? null;
  return {
    ...frameOf(view),
    connector,
    snapshot,
    ignoredInOrder: view.ofFile?.definition.ignored ?? [],
    fieldBack: (field) => `#ligne-${field}`,
    mayLeaveDraft: async () => !(await isUnagreed(visit, view)),
    definitionAt: (revision) => definitionAt(visit, view, revision),
    async analyse(unsaved = {}) {
      const records = snapshot === null ? [] : await firstRecords(catalogue, snapshot, definition, recordsLooked);
      const { keepWhen: _, ...rest } = definition;
      const keepWhen = "keepWhen" in unsaved ? unsaved.keepWhen : definition.keepWhen;
      const answer = await console.samples.analyse({
        ...analysisOptions(await console.jobs.connectors(), definition),
        timeZone: definition.timeZone,
        file: null,
        records: { of: snapshot ?? "", values: records },
        address: null,
        reading: definition.decode as Reading,
        definition: withoutFunctions({ ...rest, ...(keepWhen !== undefined && { keepWhen }) }),
        choices: unsaved.field === undefined ? {} : { [unsaved.field.field]: unsaved.field.choice },
        terms: contentNow(view.ofFile, view.version).terms,
        previews: false,
      });
      if ("refused" in answer || answer.proposal === null) throw new Error("no analysis of decoded records");
      const kept = { ...answer.proposal.kept, isBeginning: records.length === recordsLooked };
      return { survey: answer.survey, proposal: { ...answer.proposal, kept } };
    },
    async save({ change, why, trial }) {
      return tryChange(visit, view, { content: contentWith(view, change), why, trial });
    },
  };
}

/** Returns the publisher of the connector of the path. @throws NotFound, or CannotDo if its version is refused */
export async function publisherOfConnector(visit: Visit): Promise<EditedPublisher> {
  const view = await definitionOf(visit);
  return {
    ...frameOf(view),
    moreFields: {},
    typed: typedOf(runnable(view).definition.publisher),
    async typedAt(revision) {
      const shown = await definitionAt(visit, view, revision);
      return shown === null ? null : { ...typedOf(shown.publisher), raison: "" };
    },
    check: () => ({}),
    savePublisher: (publisher, { raison = "" }) =>
      tryChange(visit, view, { content: contentWith(view, { publisher }), why: raison, trial: "snapshot" }),
  };
}

/** Returns the frame of the pages that change a definition. */
export function frameOf(view: DefinitionView, breadcrumb?: Page["breadcrumb"]): Edited {
  const { id, version, connector, ofFile } = view;
  const base = `/connecteurs/${id}/definition`;
  return {
    base,
    name: (connector ?? ofFile)?.definition.publisher.name ?? id,
    subject: subjectOf(view),
    isDraft: false,
    revision: version?.version ?? 0,
    changedBy: version?.by ?? "Quelqu’un d’autre",
    page: ({ title = "Définition", heading, content, status }) => ({
      title,
      breadcrumb: breadcrumb ?? breadcrumbOf(view, { title: "Définition", href: base }),
      menuPath: "/connecteurs",
      ...(status !== undefined && { status }),
      content: (
        <>
          <h1>{heading}</h1>
          {content}
        </>
      ),
    }),
  };
}

function contentWith({ ofFile, version }: DefinitionView, change: DefinitionChange) {
  return changeContent(contentNow(ofFile, version), ofFile?.definition ?? null, change);
}

async function definitionAt({ catalogue }: Visit, { id, registry, ofFile }: DefinitionView, revision: number) {
  if (revision === 0) return ofFile?.definition ?? null;
  const version = (await catalogue.connectorVersions.list(id)).find((one) => one.version === revision);
  const read = version === undefined ? null : await connectorAs(registry, version);
  return read === null || "problems" in read ? null : read.definition;
}

/** Returns true for a draft connector without an applied run. In another state, its first run would not be held for approval. */
async function isUnagreed({ catalogue }: Visit, { id, ofFile }: DefinitionView): Promise<boolean> {
  if (ofFile !== null && ofFile.definition.state !== "draft") return false;
  return (await catalogue.appliedRuns.lastReports(id, 1)).length === 0;
}
