import type { DeliveryFailure } from "../../model/run/digest.ts";

/** Timeout of the whole exchange. */
const usualPatienceMs = 10_000;

/**
 * Posts a text to an incoming webhook of Mattermost or Slack. Does not follow redirects, which would send the text elsewhere. Returns null
 * on success, else the failure.
 */
export async function sendByWebhook(
  webhook: URL,
  text: string,
  now: Date,
  signal: AbortSignal,
  patienceMs = usualPatienceMs,
): Promise<DeliveryFailure | null> {
  const failure = (code: DeliveryFailure["code"], status: number | null = null): DeliveryFailure => ({
    channel: "webhook",
    code,
    status,
    at: now.toISOString(),
  });
  const late = AbortSignal.timeout(patienceMs);
  try {
    const answer = await fetch(webhook, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ text }),
      redirect: "manual",
      signal: AbortSignal.any([late, signal]),
    });
    await answer.body?.cancel();
    if (answer.ok) return null;
    return answer.status >= 300 && answer.status < 400 ? failure("redirected", answer.status) : failure("answered", answer.status);
  } catch {
    // The error message may contain the address, which is a secret.
    return failure(late.aborted ? "timed-out" : "no-connection");
  }
}
