import type { PublisherRequest } from "../../catalogue/publishers/publisher-request-repository.ts";
import { honourRemoval, withdrawAll } from "../../curation/honour-requests.ts";
import { removalNote, stopReason } from "../../french/publisher-requests.ts";
import { hostsOfConnector } from "../../kit/site-hosts.ts";
import { refusalOf } from "../../model/publisher/publisher-request.ts";
import { RunFailed } from "../../model/run/run-error.ts";
import { parisDay } from "../../model/text/paris-day.ts";
import type { JobServices } from "../job-services.ts";
import { pauseRuns } from "../queue/pause-runs.ts";

/**
 * Honours what publishers asked for on the page of a courtesy letter: rejects aids, and for a site that must not be read, stops its runs, pauses
 * its connectors and takes their aids off the site. Runs refuse such a site from the request on, before this has done its part. Returns the
 * number of honoured requests.
 */
export async function honourPublisherRequests(jobs: JobServices): Promise<number> {
  const { catalogue, logger } = jobs.services;
  let honoured = 0;
  for (const request of await catalogue.publisherRequests.waiting()) {
    try {
      if (await (request.kind === "removal" ? remove(jobs, request) : stop(jobs, request))) honoured++;
    } catch (error) {
      // Somebody changed an aid meanwhile. The next tick tries again.
      if (!(error instanceof RunFailed && error.code === "world-moved")) throw error;
    }
  }
  if (honoured > 0) logger.info({ requests: honoured }, "requests of publishers honoured");
  return honoured;
}

async function remove({ services: { catalogue, clock } }: JobServices, request: PublisherRequest): Promise<boolean> {
  const now = clock.now();
  const note = removalNote(parisDay(new Date(request.at)));
  const { planId, isWaiting } = await honourRemoval(catalogue, request, { by: request.by, now, note });
  return !isWaiting && (await catalogue.publisherRequests.markHandled(request.id, planId, now));
}

async function stop(jobs: JobServices, request: PublisherRequest): Promise<boolean> {
  const { catalogue, clock } = jobs.services;
  const now = clock.now();
  const { by } = request;
  const reason = stopReason(request.hosts.join(", "), parisDay(new Date(request.at)));
  let planId: string | null = null;
  for (const connector of await connectorsOf(jobs, request)) {
    await pauseRuns(catalogue, { connector, by, at: now, reason });
    for (const { runId } of await catalogue.runQueue.waiting(connector)) await catalogue.runQueue.cancel(runId, by, now);
    for (const { runId, state } of await catalogue.runs.list({ connector }))
      if (state === "running") await catalogue.runQueue.cancel(runId, by, now);
    const plan = await withdrawAll(catalogue, connector, { by, now, note: reason });
    planId ??= plan;
  }
  return catalogue.publisherRequests.markHandled(request.id, planId, now);
}

/** Returns the connector of the letter, and all others that read the same site. */
async function connectorsOf({ connectors, services }: JobServices, request: PublisherRequest): Promise<string[]> {
  const reading = (await connectors()).filter(({ definition }) =>
    hostsOfConnector(definition, services.environment).some((host) => refusalOf(host, [request]) !== null),
  );
  return [...new Set([request.connector, ...reading.map(({ definition: { id } }) => id)])];
}
