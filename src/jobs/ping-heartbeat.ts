import { discard, openHttpClient } from "../platform/http-client.ts";
import type { JobServices } from "./job-services.ts";
import { lastTime } from "./schedule/due.ts";

/** When a night is over: its runs have begun by 05:00. */
const nightEnds = "30 5 * * *";
const answerWithinMs = 10_000;

/**
 * After every night, once what the schedule asked for has ended, asks `HEARTBEAT_URL`, so that something outside speaks up when nothing ran. A night in which
 * nothing ran is not reported as one.
 */
export async function pingHeartbeat({ services, settings }: JobServices, signal: AbortSignal): Promise<void> {
  if (settings.heartbeatUrl === null) return;
  const { catalogue, clock, logger } = services;
  const due = lastTime(nightEnds, clock.now());
  if (due === null || due <= ((await catalogue.dueTimes.list()).get("heartbeat") ?? new Date(0))) return;
  if ((await catalogue.runQueue.night(due)) !== "over") return;
  // One worker a minute, so that it is asked once where it answers.
  const minute = new Date(Math.floor(clock.now().getTime() / 60_000) * 60_000);
  if (!(await catalogue.dueTimes.claim("heartbeat asked", minute))) return;
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
    await catalogue.dueTimes.claim("heartbeat", due);
  } catch (error) {
    // Its address is a secret. The next look tries again.
    logger.warn({ reason: error instanceof Error ? error.name : "unknown" }, "HEARTBEAT_URL could not be asked");
  } finally {
    await client.close();
  }
}
