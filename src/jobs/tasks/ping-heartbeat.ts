import { discard, openHttpClient } from "../../platform/http-client.ts";
import type { JobServices } from "../job-services.ts";
import { compareRuns } from "../morning/expected-runs.ts";
import { lastTime } from "../schedule/due.ts";

/** End of the night: its runs have started by 05:00. */
const nightEnds = "30 5 * * *";
const examplesLogged = 5;
const answerWithinMs = 10_000;

const dayInMs = 86_400_000;

/**
 * Requests `HEARTBEAT_URL` after every night whose scheduled runs have ended, so that an outside service notices a missing night. A night
 * without any run, or in which a scheduled run is missing, is not reported.
 */
export async function pingHeartbeat({ services, settings, connectors }: JobServices, signal: AbortSignal): Promise<void> {
  if (settings.heartbeatUrl === null) return;
  const { catalogue, clock, logger } = services;
  const due = lastTime(nightEnds, clock.now());
  if (due === null || due <= ((await catalogue.schedule.lastDueTimes()).get("heartbeat") ?? new Date(0))) return;
  if ((await catalogue.runQueue.scheduledNight(due)) !== "over") return;
  // Only one worker per minute requests the address.
  const minute = new Date(Math.floor(clock.now().getTime() / 60_000) * 60_000);
  if (!(await catalogue.schedule.claim("heartbeat asked", minute))) return;
  const night = { since: new Date(due.getTime() - dayInMs), until: due };
  const { expected, missing } = await compareRuns(catalogue, await connectors(), services.environment, night);
  if (missing.length > 0) {
    const examples = missing.slice(0, examplesLogged).map(({ connector }) => connector);
    logger.error({ expected, missing: missing.length, examples }, "scheduled runs are missing; HEARTBEAT_URL is not requested");
    return;
  }
  const url = new URL(settings.heartbeatUrl);
  const client = openHttpClient({ allowHosts: [url.host], connectTimeoutMs: answerWithinMs });
  try {
    const answer = await client.ask({
      url,
      headers: {},
      secretHeaders: {},
      signal: AbortSignal.any([signal, AbortSignal.timeout(answerWithinMs)]),
    });
    discard(answer.body);
    if (answer.status >= 400) throw new Error(`it answered ${answer.status}`);
    await catalogue.schedule.claim("heartbeat", due);
  } catch (error) {
    // Do not log the address, which is a secret. The next check retries.
    logger.warn({ reason: error instanceof Error ? error.name : "unknown" }, "HEARTBEAT_URL could not be requested");
  } finally {
    await client.close();
  }
}
