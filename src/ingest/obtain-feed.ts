import type { Catalogue } from "../catalogue/open-catalogue.ts";
import type { LastApplied } from "../catalogue/runs/applied-run-repository.ts";
import type { RunFeed } from "../catalogue/runs/run-repository.ts";
import type { Connector } from "../kit/definition.ts";
import type { Details } from "../kit/detail-pages.ts";
import { secretNames } from "../kit/feed.ts";
import { foldTerm } from "../kit/values/text/fold-term.ts";
import { type Issue, issue } from "../model/issue.ts";
import type { FeedPart } from "../model/run/feed-part.ts";
import { licenceByPortalId, type PortalDataset } from "../model/run/portal-dataset.ts";
import { FeedRefused, FeedUnreadable, RunFailed } from "../model/run/run-error.ts";
import { parisDay } from "../model/text/paris-day.ts";
import { fetchFeed } from "./fetch/fetch-feed.ts";
import type { FetchedFeed, FetchedPart, FetchRequest, StoppedEarly } from "./fetch/fetched-feed.ts";
import { PreviousSite } from "./fetch/site/previous-site.ts";
import type { IngestionRun } from "./ingestion-run.ts";
import type { RunOptions } from "./run-inputs.ts";
import { visitSite } from "./visit-site.ts";

/** The bytes of a feed. */
export interface ObtainedFeed {
  readonly parts: readonly FeedPart[];
  readonly recorded: RunFeed;
  /** True if feed, connector, terms and normaliser equal those of the last applied run. The records are then not read. */
  readonly sameAsLastApplied: boolean;
  /** Settles when the snapshot is stored. The run awaits it before it makes a plan. */
  readonly stored: Promise<void>;
  /** True if fewer records than announced end the run. For a feed that a person gives, the difference is only reported. */
  readonly mustBeComplete: boolean;
  readonly stoppedEarly: StoppedEarly | null;
}

/** Fetches the feed and starts to store it, or restores a stored snapshot. */
export async function obtainFeed(run: IngestionRun): Promise<ObtainedFeed> {
  run.at("fetch");
  const { snapshot, brought } = run.options;
  if (snapshot === undefined) return fetchAndStore(run);
  // Runs may be executed in another order than people gave their files. An older file must not undo a newer one.
  const newer = brought === true ? await run.services.catalogue.givenFiles.appliedAfter(run.claim.runId) : null;
  return restore(run, newer ?? snapshot);
}

async function fetchAndStore(run: IngestionRun): Promise<ObtainedFeed> {
  const { services, options, lastApplied } = run;
  // An unchanged feed may end the run only if reading it again would change nothing. Only then is the request conditional.
  const mayEndUnchanged =
    options.force !== true &&
    options.limit === undefined &&
    lastApplied?.mappingFingerprint === run.mapping &&
    !(await mustRead(run, lastApplied));
  const validators = mayEndUnchanged ? validatorsOf(options, lastApplied) : undefined;
  const environment =
    options.file === undefined
      ? await services.catalogue.secrets.addTo(services.environment, secretNames(run.connector.definition.feed))
      : services.environment;
  const { details } = run.connector.definition;
  const request: FetchRequest = {
    connector: run.connector.definition,
    environment,
    storedSecrets: Object.keys(environment).filter((name) => !services.environment[name]?.trim()),
    allowHosts: services.allowHosts,
    spoolFolder: () => run.spool.path(),
    ...(options.file !== undefined && { file: options.file }),
    ...(options.url !== undefined && { url: options.url }),
    ...(validators !== undefined && { validators }),
    onProgress: (bytes, total) => run.at("fetch", bytes, total),
    signal: run.liveness.signal,
  };
  const fetched = details === undefined || options.file !== undefined ? await fetchFeed(request) : await obtainSite(run, request, details);
  if (options.file === undefined) run.notePages(fetched.parts.length);
  const hash = fetched.notModified && lastApplied !== null ? lastApplied.snapshotHash : fetched.hash;
  const url = fetched.parts[0]?.url ?? lastApplied?.report.feed.url;
  run.findings.feed = {
    sha256: hash,
    bytes: fetched.notModified ? (lastApplied?.report.feed.bytes ?? null) : fetched.bytes,
    ...(options.file !== undefined ? { file: options.file } : url !== undefined && { url }),
    ...(fetched.dataset !== null && { dataset: fetched.dataset }),
  };
  if (fetched.dataset !== null) run.findings.tally.addIssues(licenceIssues(run.connector.definition, fetched.dataset));
  // A 304 answer may omit the validators. They have not changed.
  const { etag, lastModified } = fetched.notModified && lastApplied !== null ? lastApplied : fetched;
  const sameAsLastApplied = mayEndUnchanged && hash === lastApplied.snapshotHash && fetched.stoppedEarly === null;
  const recorded = { snapshotHash: hash, etag, lastModified };
  if (sameAsLastApplied) {
    // Nothing is read, and the end of the run records the feed.
    run.forgotten.isFound = lastApplied.report.feed.namesForgotten === true;
  } else {
    await services.catalogue.runs.recordFeed(run.claim, recorded);
    await run.forgotten.load(services);
    await run.forgotten.findIn(fetched.parts);
  }
  return {
    parts: fetched.parts,
    recorded,
    sameAsLastApplied,
    stored: sameAsLastApplied || run.forgotten.isFound ? Promise.resolve() : storeSnapshot(run, hash, fetched.parts),
    mustBeComplete: options.file === undefined && options.url === undefined,
    stoppedEarly: fetched.stoppedEarly,
  };
}

/** Returns true if even an unchanged feed must be read: see `LastApplied.mustRead`, or an absent aid is due for withdrawal. */
async function mustRead({ services: { catalogue, clock }, connector: { definition } }: IngestionRun, last: LastApplied): Promise<boolean> {
  return last.mustRead || (last.hasAbsent && (await catalogue.absences.isAnyDue(definition.id, definition.absence, clock.now())));
}

/**
 * Returns the validators of the last applied feed. Returns undefined if this feed or that one comes from a file or another address: a 304
 * would then not mean that the feed equals the stored one.
 */
function validatorsOf({ file, url }: RunOptions, { etag, lastModified, report }: LastApplied): FetchRequest["validators"] {
  const from = report.feed.url;
  if (file !== undefined || url !== undefined || from === undefined || (etag === null && lastModified === null)) return undefined;
  return { etag, lastModified, url: from };
}

function storeSnapshot(run: IngestionRun, hash: string, parts: readonly FetchedPart[]): Promise<void> {
  const saved = parts.map((part) => ({ name: part.name, contentType: part.contentType, url: part.url ?? null, open: () => part.open() }));
  const stored = run.services.catalogue.snapshots.save(hash, saved, run.services.clock.now());
  stored.catch(() => undefined); // the run awaits the promise before the plan, and throws its error
  run.snapshotStored = stored;
  return stored;
}

async function restore(run: IngestionRun, asked: string): Promise<ObtainedFeed> {
  await run.forgotten.load(run.services);
  const { catalogue } = run.services;
  const { hash, bytes, parts } = await catalogue.snapshots
    .restore(asked, await run.spool.path())
    .catch((error: unknown) => refuseMissing(error, catalogue, asked));
  const incomplete = await catalogue.runs.incompleteWalk(run.connector.definition.id, hash);
  const url = parts[0]?.url;
  run.findings.feed = { sha256: hash, bytes, ...(url ? { url } : parts[0] !== undefined && { file: parts[0].name }) };
  const recorded = { snapshotHash: hash, etag: null, lastModified: null };
  await catalogue.runs.recordFeed(run.claim, recorded);
  return {
    parts,
    recorded,
    sameAsLastApplied: false,
    stored: Promise.resolve(),
    mustBeComplete: url !== undefined && url !== null,
    // A snapshot of an incomplete walk is still incomplete.
    stoppedEarly: incomplete && { code: "walk-incomplete", params: incomplete },
  };
}

/** Throws `FeedRefused` for a missing snapshot, with the run that read it if the snapshot was deleted after its retention period. */
async function refuseMissing(error: unknown, catalogue: Catalogue, asked: string): Promise<never> {
  if (!(error instanceof RunFailed) || error.code !== "snapshot-missing") throw error;
  const lost = error.params.found === 0 ? await catalogue.retention.prunedSnapshot(asked) : null;
  throw new FeedRefused(error.code, {
    ...error.params,
    ...(lost && { run: lost.runId.slice(0, 8), readOn: parisDay(new Date(lost.readAt)) }),
  });
}

/**
 * Returns an issue if the portal's licence differs from the connector's licence. Returns none for a publisher with whom we have an
 * agreement, which takes precedence.
 */
export function licenceIssues({ publisher }: Pick<Connector, "publisher">, { licence }: PortalDataset): Issue[] {
  const onPortal = licence === null ? "unknown" : licenceByPortalId[foldTerm(licence)];
  if (publisher.licence === "agreement" || publisher.licence === onPortal) return [];
  return [issue("fetch", "licence-differs", { params: { licence: publisher.licence, ...(licence !== null && { portal: licence }) } })];
}

/** Share of a run's time in which pages are requested. The rest is for reading them. */
const visitShare = 0.75;

/** Fetches the site of a run within its budget: see `visitSite`. Pages that are not due are taken from the last archive. */
async function obtainSite(run: IngestionRun, request: FetchRequest, details: Details): Promise<FetchedFeed> {
  const until = performance.now() + run.budget.seconds * 1000 * visitShare;
  const previous = await openPrevious(run);
  try {
    return await visitSite({ ...request, connector: run.connector.definition }, details, {
      previous,
      now: run.services.clock.now(),
      until,
      maxPages: Math.min(details.perNight.pages, run.options.limit ?? Number.POSITIVE_INFINITY),
      limits: run.decodeLimits(),
      onProgress: (bytes) => run.at("fetch", bytes, null),
    });
  } finally {
    await previous?.close();
  }
}

/** Opens the archive of the connector's last fetch, applied or not. Returns null without one. */
async function openPrevious({ services: { catalogue }, connector, spool }: IngestionRun): Promise<PreviousSite | null> {
  const hash = await catalogue.runs.lastFetched(connector.definition.id);
  if (hash === null) return null;
  try {
    const { parts } = await catalogue.snapshots.restore(hash, await spool.path());
    const [only] = parts;
    return only === undefined || parts.length > 1 ? null : await PreviousSite.open(only.path);
  } catch (error) {
    // A snapshot that was deleted, or a list from before the connector had pages.
    if (error instanceof FeedUnreadable || (error instanceof RunFailed && error.code === "snapshot-missing")) return null;
    throw error;
  }
}
