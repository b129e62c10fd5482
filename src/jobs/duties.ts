import { checkDueLinks } from "../links/check-due-links.ts";
import type { Duty } from "./duty.ts";
import { pingHeartbeat } from "./ping-heartbeat.ts";

/** What workers do beside runs. */
export const duties: readonly Duty[] = [
  { name: "heartbeat", perform: pingHeartbeat },
  {
    name: "links",
    perform: async ({ services, settings }, signal) => void (settings.checksLinks && (await checkDueLinks(services, signal))),
  },
];
