import type { Catalogue } from "../catalogue/open-catalogue.ts";
import type { LastApplied } from "../catalogue/runs/run-repository.ts";
import { secretNames } from "../kit/secret-names.ts";
import type { FeedPart } from "../model/run/feed-part.ts";
import { FeedRefused, RunFailed } from "../model/run/run-error.ts";
import { parisDay } from "../model/text/paris-day.ts";
import { fetchFeed } from "./fetch/fetch-feed.ts";
import type { FetchedPart, FetchRequest, StoppedEarly } from "./fetch/fetched-feed.ts";
import { licenceIssues } from "./fetch/portal-licence.ts";
import type { IngestionRun } from "./ingestion-run.ts";
import type { RunOptions } from "./run-inputs.ts";

/** The bytes that a run reads, and their keeping. */
export interface ObtainedFeed {
  readonly parts: readonly FeedPart[];
  /** Feed, connector, terms and normaliser are those of the last applied run: there is nothing to read. */
  readonly sameAsLastApplied: boolean;
  /** Settles when the snapshot is durable; a plan waits for it. */
  readonly stored: Promise<void>;
  /** A feed that was fetched must hold what it announces; one given by hand is only told so. */
  readonly mustBeComplete: boolean;
  readonly stoppedEarly: StoppedEarly | null;
}

/** Fetches the feed, or takes a stored snapshot, and begins to keep it. */
export async function obtainFeed(run: IngestionRun): Promise<ObtainedFeed> {
  return run.options.snapshot === undefined ? fetchAndKeep(run) : restore(run, run.options.snapshot);
}

async function fetchAndKeep(run: IngestionRun): Promise<ObtainedFeed> {
  const { services, options, lastApplied } = run;
  // Asked conditionally only where "not modified" would end the run: the same bytes must give the same catalogue.
  const mayStop =
    options.force !== true && options.limit === undefined && lastApplied?.mappingFingerprint === run.mapping && !(await mustRead(run));
  const validators = mayStop ? validatorsOf(options, lastApplied) : undefined;
  const environment =
    options.file === undefined
      ? await services.catalogue.secrets.under(services.environment, secretNames(run.connector.definition.feed))
      : services.environment;
  const fetched = await fetchFeed({
    connector: run.connector.definition,
    environment,
    allowHosts: services.allowHosts,
    spoolFolder: run.spoolFolder,
    ...(options.file !== undefined && { file: options.file }),
    ...(options.url !== undefined && { url: options.url }),
    ...(validators !== undefined && { validators }),
    onProgress: (bytes) => run.at("fetch", bytes),
    signal: run.heartbeat.signal,
  });
  const hash = fetched.notModified && lastApplied !== null ? lastApplied.snapshotHash : fetched.hash;
  const url = fetched.parts[0]?.url ?? lastApplied?.report.feed.url;
  run.findings.feed = {
    sha256: hash,
    bytes: fetched.notModified ? (lastApplied?.report.feed.bytes ?? null) : fetched.bytes,
    ...(options.file !== undefined ? { file: options.file } : url !== undefined && { url }),
    ...(fetched.dataset !== null && { dataset: fetched.dataset }),
  };
  if (fetched.dataset !== null) run.findings.tally.addIssues(licenceIssues(run.connector.definition, fetched.dataset));
  // A server that answers "not modified" need not name again what has not changed.
  const { etag, lastModified } = fetched.notModified && lastApplied !== null ? lastApplied : fetched;
  await services.catalogue.runs.recordFeed(run.claim, { snapshotHash: hash, etag, lastModified });
  await run.forgotten.load(services);
  const isKept = !(await run.forgotten.isInBytes(fetched.parts));
  const sameAsLastApplied = mayStop && hash === lastApplied.snapshotHash && fetched.stoppedEarly === null;
  return {
    parts: fetched.parts,
    sameAsLastApplied,
    stored: sameAsLastApplied || !isKept ? Promise.resolve() : keep(run, hash, fetched.parts),
    mustBeComplete: options.file === undefined && options.url === undefined,
    stoppedEarly: fetched.stoppedEarly,
  };
}

/** True where the feed is to be read though it has not changed: a run was undone or an aid restored, or an absence is due for withdrawal. */
async function mustRead({ services: { catalogue, clock }, connector: { definition } }: IngestionRun): Promise<boolean> {
  if (await catalogue.connectors.mustRead(definition.id)) return true;
  return catalogue.absences.isAnyDue(definition.id, definition.absence, clock.now());
}

/**
 * What the server gave with the last applied feed, if anything. Where that feed came from another address, or from a file, it says nothing about
 * this one: a 304 would be taken for the feed that we hold.
 */
function validatorsOf({ file, url }: RunOptions, { etag, lastModified, report }: LastApplied): FetchRequest["validators"] {
  const from = report.feed.url;
  if (file !== undefined || url !== undefined || from === undefined || (etag === null && lastModified === null)) return undefined;
  return { etag, lastModified, url: from };
}

function keep(run: IngestionRun, hash: string, parts: readonly FetchedPart[]): Promise<void> {
  const kept = parts.map((part) => ({ name: part.name, contentType: part.contentType, url: part.url ?? null, open: () => part.open() }));
  const stored = run.services.catalogue.snapshots.keep(hash, kept, run.services.clock.now());
  stored.catch(() => undefined); // awaited, and thrown, before the plan is made
  run.snapshotStored = stored;
  return stored;
}

async function restore(run: IngestionRun, asked: string): Promise<ObtainedFeed> {
  await run.forgotten.load(run.services);
  const { catalogue } = run.services;
  const { hash, bytes, parts } = await catalogue.snapshots
    .restore(asked, run.spoolFolder)
    .catch((error: unknown) => refuseMissing(error, catalogue, asked));
  const incomplete = await catalogue.runs.whyIncomplete(run.connector.definition.id, hash);
  const url = parts[0]?.url;
  run.findings.feed = { sha256: hash, bytes, ...(url ? { url } : parts[0] !== undefined && { file: parts[0].name }) };
  await catalogue.runs.recordFeed(run.claim, { snapshotHash: hash, etag: null, lastModified: null });
  return {
    parts,
    sameAsLastApplied: false,
    stored: Promise.resolve(),
    mustBeComplete: url !== undefined && url !== null,
    // A walk that broke off is no more whole for being read again.
    stoppedEarly: incomplete && { code: "walk-incomplete", params: incomplete },
  };
}

/** A snapshot that is not there is nobody's fault but of who asks for it; one that was kept once is said to have been. */
async function refuseMissing(error: unknown, catalogue: Catalogue, asked: string): Promise<never> {
  if (!(error instanceof RunFailed) || error.code !== "snapshot-missing") throw error;
  const lost = error.params.found === 0 ? await catalogue.retention.lostSnapshot(asked) : null;
  throw new FeedRefused(error.code, {
    ...error.params,
    ...(lost && { run: lost.runId.slice(0, 8), readOn: parisDay(new Date(lost.readAt)) }),
  });
}
