import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import type { CuratorWork, Period } from "../../catalogue/runs/digest-facts.ts";
import type { AidLink } from "../../model/publisher/link-verdict.ts";
import type { DeadLinks, Digest } from "../../model/run/digest.ts";
import { actionsDue } from "./actions-due.ts";
import { gatherTrouble, type Named, namesOf, type Scheduled } from "./gather-trouble.ts";
import { judgeFeeds } from "./last-feeds.ts";
import { promisedCorrections } from "./promised-corrections.ts";
import { publishersToCall } from "./publishers-to-call.ts";

/** Queries of the digest. */
export type DigestCatalogue = Pick<
  Catalogue,
  "activity" | "digests" | "letterAnswers" | "links" | "publisherListing" | "runs" | "schedule" | "setAsides"
>;

/** Maximum number of dead links named per connector. */
const linksShown = 3;

/** Returns the morning page for a period, from the catalogue at `now`. */
export async function gatherDigest(catalogue: DigestCatalogue, scheduled: Scheduled, period: Period, now: Date): Promise<Digest> {
  const { digests } = catalogue;
  const named = namesOf(scheduled);
  const { paused, toBring, ...trouble } = await gatherTrouble(catalogue, scheduled, period, now);
  const byId = new Map(scheduled.connectors.map((loaded) => [loaded.definition.id, loaded]));
  const feeds = await judgeFeeds(catalogue, await digests.lastFeeds(period), byId, await catalogue.setAsides.list(), now);
  const work = await digests.curatorWork(period);
  const dead = await catalogue.links.deadLinks();
  return {
    period: { since: period.since.toISOString(), until: period.until.toISOString() },
    paused,
    ops: { ...trouble, deadLinks: deadLinks(dead, named), unsent: await digests.unsent() },
    bizdev: {
      ...curatorWork(work, named),
      unmapped: feeds.flatMap(({ unmapped }) => unmapped),
      toCall: publishersToCall({ ...trouble, feeds }),
      toBring,
      actionsDue: await actionsDue(catalogue, scheduled.environment, now),
      promised: await promisedCorrections(catalogue, scheduled, dead, now),
    },
    night: await digests.totals(period),
  };
}

function curatorWork(work: readonly CuratorWork[], named: Named): Pick<Digest["bizdev"], "toReview" | "proposals"> {
  return {
    toReview: work.flatMap(({ connector, createdInReview: created, inReview: waiting }) =>
      created > 0 ? [{ ...named(connector), created, waiting }] : [],
    ),
    proposals: work.flatMap(({ connector, proposedAids: aids, proposedFields: fields, createdProposals: created }) =>
      aids > 0 ? [{ ...named(connector), aids, fields, created }] : [],
    ),
  };
}

function deadLinks(links: readonly AidLink[], named: Named): DeadLinks[] {
  const byConnector = new Map<string, AidLink[]>();
  for (const link of links) byConnector.set(link.connector, [...(byConnector.get(link.connector) ?? []), link]);
  const counted = [...byConnector].map(([connector, dead]) => ({
    ...named(connector),
    aids: new Set(dead.map(({ aidId }) => aidId)).size,
    links: new Set(dead.map(({ url }) => url)).size,
    examples: dead.slice(0, linksShown).map(({ externalId, name, url }) => ({ externalId, name, url })),
  }));
  return counted.sort((a, b) => (a.connector < b.connector ? -1 : 1));
}
