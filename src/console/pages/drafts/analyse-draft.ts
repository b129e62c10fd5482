import type { Draft } from "../../../catalogue/connectors/draft-repository.ts";
import type { JobServices } from "../../../jobs/job-services.ts";
import type { ConnectorInput } from "../../../kit/definition.ts";
import { fingerprintOf } from "../../../model/text/canonical.ts";
import { findInstallation } from "../../../platform/installation.ts";
import { addressVariable } from "../../../registry/check-connector.ts";
import type { LeftOut } from "../../../registry/survey/left-out.ts";
import { publisherOf } from "../../../registry/survey/publisher-of.ts";
import type { FieldChoices } from "../../../registry/survey/revise-proposal.ts";
import type { Reading } from "../../../registry/survey/survey.ts";
import { CannotDo } from "../../route.ts";
import type { Preview, SampleAnswer, SampleRequest, ShownProposal, ShownSurvey } from "../../sample/sample-request.ts";
import type { Visit } from "../../visit.ts";
import { answersOf } from "./draft-steps.ts";

/** The survey of a draft's sample, the proposed connector, and a preview of its aids. */
export interface DraftAnalysis {
  readonly survey: ShownSurvey;
  readonly proposal: ShownProposal;
  readonly preview: Preview | null;
}

/** Analyses the sample of a draft with the saved answers. `changes` replace saved answers for this analysis only. */
export async function analyseDraft(
  { console: { samples, jobs }, catalogue }: Visit,
  draft: Draft,
  changes: { readonly previews?: boolean; readonly reading?: Reading | null; readonly leftOut?: readonly LeftOut[] } = {},
): Promise<DraftAnalysis | Extract<SampleAnswer, { refused: unknown }>> {
  const { previews = false, reading, leftOut } = changes;
  const answers = answersOf(draft);
  const { publisher, feed } = answers;
  if (publisher === undefined || feed === undefined || draft.upload === null)
    throw new CannotDo("Il faut d’abord dire qui est le producteur, et donner son fichier.");
  const file = await samples.spooled.fileOf(catalogue, draft.upload);
  if (file === null)
    throw new CannotDo("L’échantillon n’est plus conservé : donnez à nouveau le fichier ou l’adresse, tout le reste est gardé.");
  const { name, kind, territory, licence, agreement } = publisher;
  const found = publisherOf(publisher.id, { name, kind, territory, licence: licence === "agreement" ? "unknown" : licence });
  if ("wrong" in found) throw new CannotDo("Le producteur est à compléter : reprenez la première étape.");
  const ask: SampleRequest = {
    file: { ...file, name: feed.name },
    address: feed.address,
    reading: (reading === undefined ? (answers.reading as Reading | null | undefined) : reading) ?? null,
    timeZone: kind === "european" ? "Europe/Brussels" : "Europe/Paris",
    folders: await foldersOf(jobs),
    termsVersion: fingerprintOf((await jobs.connectors()).map(({ fingerprint }) => fingerprint).join(" ")),
    options: {
      id: publisher.id,
      feed: feedOf(publisher.id, feed.address),
      publisher: {
        ...found.publisher,
        ...(publisher.siren !== undefined && { siren: publisher.siren }),
        ...(publisher.website !== undefined && { website: publisher.website }),
        ...(licence === "agreement" && { licence, agreement }),
      },
      territory: found.territory,
      isPublisherGiven: true,
    },
    choices: (answers.fields ?? {}) as FieldChoices,
    leftOut: leftOut ?? answers.leftOut ?? null,
    terms: answers.terms ?? null,
    previews,
  };
  const look = await samples.thread.look(ask);
  if ("refused" in look) return look;
  if (look.proposal === null) throw new Error("no proposal for a sample with a publisher");
  return { survey: look.survey, proposal: look.proposal, preview: look.preview };
}

/** Returns the feed of the connector. An uploaded file has no URL, so a setting must name one. */
function feedOf(id: string, address: string | null): ConnectorInput["feed"] {
  return address === null ? { urlFrom: addressVariable(id) } : { url: address };
}

/** Returns the folders with term files, ours first. */
export async function foldersOf(jobs: JobServices): Promise<readonly string[]> {
  const folders = new Set<string>([findInstallation().root]);
  for (const { folder } of await jobs.connectors()) if (folder !== null && folder !== "") folders.add(folder);
  return [...folders];
}
