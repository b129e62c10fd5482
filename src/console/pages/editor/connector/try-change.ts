import { lastWholeRun } from "../../../../catalogue/runs/last-whole-run.ts";
import { french } from "../../../../french/typography.ts";
import { requestRun } from "../../../../jobs/queue/request-run.ts";
import type { VersionContent } from "../../../../model/run/connector-version.ts";
import { connectorAs } from "../../../../registry/stored-versions.ts";
import { CannotDo, type Done } from "../../../route.ts";
import { type Visit, visitorOf } from "../../../visit.ts";
import { type DefinitionView, subjectOf } from "./definition-of.ts";

/** The feed for the trial: the last stored feed, the feed at a new URL, or `none` for a change that affects no aid. */
type Trial = "snapshot" | "address" | "none";

/** A requested change. */
export interface RequestedChange {
  readonly content: VersionContent;
  readonly why: string;
  readonly trial: Trial;
}

/**
 * Starts a dry run with a change, which a person then saves or abandons. Without a feed for the trial, saves the change at once.
 * @returns the problem, or the completed act
 */
export async function tryChange(
  visit: Visit,
  view: DefinitionView,
  requested: RequestedChange,
): Promise<Done | { readonly problem: string }> {
  const { catalogue, now } = visit;
  const after = view.version?.version ?? 0;
  const { name: by, personId: person } = visitorOf(visit);
  const made = { connector: view.id, ...requested.content, why: requested.why, by, at: now };
  const read = await connectorAs(view.registry, { ...made, version: after + 1 });
  if (read === null || "problems" in read) return { problem: refusal(read?.problems ?? []) };

  const whole = requested.trial === "snapshot" ? await lastWholeRun(catalogue, view.id) : null;
  if (requested.trial === "none" || (requested.trial === "snapshot" && whole === null)) {
    const added = await catalogue.connectorVersions.add(made, after);
    if (added === null) throw conflictError();
    const untried = requested.trial === "none" ? "" : french` Aucun flux de ce connecteur n'est gardé : elle n'a pas pu être essayée.`;
    return {
      message: french`La version ${added} est enregistrée.${untried}`,
      to: `/connecteurs/${view.id}/definition`,
      subject: subjectOf(view),
      details: { version: added, why: requested.why },
    };
  }
  const trial = await catalogue.connectorVersions.addTrial(made);
  const options = { ...(whole !== null && { snapshot: whole.snapshotHash }), dryRun: true, force: true, trial, after, person };
  const { runId } = await requestRun(catalogue, visit.console.jobs.queue, { connector: view.id, options, by, now });
  return {
    message: null,
    to: `/connecteurs/${view.id}/essais/${runId}`,
    subject: subjectOf(view),
    details: { run: runId, why: requested.why },
  };
}

/** Returns the conflict error. */
export function conflictError(): CannotDo {
  return new CannotDo(french`Quelqu'un a changé ce connecteur entre-temps : relisez sa définition, puis recommencez.`, 409);
}

/** Returns why a changed definition is refused. */
export function refusal(problems: readonly { readonly key?: string; readonly message: string; readonly didYouMean?: string }[]): string {
  const [first] = problems;
  if (first === undefined) return "Ce changement est refusé.";
  const meant = first.didYouMean === undefined ? "" : french` ; sans doute ${first.didYouMean}`;
  return french`Ce changement est refusé. Clé ${first.key ?? "?"} : « ${first.message} »${meant}.`;
}
