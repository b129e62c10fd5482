import { deliverDigest } from "../digest/deliver-digest.ts";
import { checkDueLinks } from "../links/check-due-links.ts";
import { sendNotifications } from "../notifications/send-notifications.ts";
import { lookNightly } from "../radar/look-for-leads.ts";
import { applyPublisherActs } from "./apply-publisher-acts.ts";
import { honourPublisherRequests } from "./honour-publisher-requests.ts";
import { makeNightlyOffers } from "./make-nightly-offers.ts";
import { makeNightlyOpenData } from "./make-nightly-open-data.ts";
import type { PeriodicTask } from "./periodic-task.ts";
import { pingHeartbeat } from "./ping-heartbeat.ts";
import { pruneOld } from "./prune-old.ts";
import { sendSignInLinks } from "./send-sign-in-links.ts";
import { takePublisherFiles } from "./take-publisher-files.ts";

/** Work of workers beside runs. */
export const periodicTasks: readonly PeriodicTask[] = [
  // People wait for these.
  { name: "sign-in-links", perform: ({ services }, signal) => sendSignInLinks(services, signal) },
  { name: "publisher-acts", perform: ({ services }, signal) => applyPublisherActs(services, signal) },
  { name: "publisher-files", perform: takePublisherFiles },
  {
    name: "digest",
    perform: ({ services, registry }, signal) => deliverDigest({ ...services, registry }, signal),
  },
  {
    name: "notifications",
    perform: ({ services, registry }, signal) => sendNotifications({ ...services, registry }, signal),
  },
  { name: "heartbeat", perform: pingHeartbeat },
  { name: "prune", perform: ({ services }, signal) => pruneOld(services, signal) },
  { name: "open-data", perform: ({ services, registry }, signal) => makeNightlyOpenData({ ...services, registry }, signal) },
  { name: "publisher-requests", perform: async (jobs) => void (await honourPublisherRequests(jobs)) },
  { name: "open-data-offers", perform: ({ services, registry }, signal) => makeNightlyOffers({ ...services, registry }, signal) },
  {
    name: "radar",
    perform: async ({ services, registry, settings: { radar } }, signal) =>
      void (radar !== null && (await lookNightly({ ...services, registry }, radar, signal))),
  },
  {
    name: "links",
    perform: async ({ services, settings }, signal) => void (settings.checksLinks && (await checkDueLinks(services, signal))),
  },
];
