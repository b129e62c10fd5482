import type { ForgettingRepository } from "../catalogue/retention/forgetting-repository.ts";
import { FeedRefused } from "../model/run/run-error.ts";
import { bytesHold } from "./feed-holds.ts";
import { forgetIn } from "./forget-in.ts";
import { type ForgottenPeople, forgottenPeople } from "./forgotten-people.ts";
import { traceKey } from "./person-trace.ts";

/**
 * Returns the cleaner of a run's feed, or null if nobody was ever forgotten. Call it after the run has taken its fencing token: if somebody
 * is forgotten later, the run is ended. Throws like `readForgotten`.
 */
export async function feedCleaner(
  repository: Parameters<typeof readForgotten>[0],
  environment: Readonly<Record<string, string | undefined>>,
): Promise<{ clean<T>(value: T): T; isIn(bytes: AsyncIterable<Uint8Array>): Promise<boolean> } | null> {
  const people = await readForgotten(repository, environment);
  if (people.isEmpty) return null;
  return {
    // `forgetIn` changes only texts, so the type stays the same.
    clean: <T>(value: T) => forgetIn(value, people) as T,
    isIn: (bytes) => bytesHold(bytes, people),
  };
}

const nobody = forgottenPeople([], "");

/**
 * Returns the forgotten people, whom a feed must not bring back. Throws `FeedRefused` `forgotten-unknown` if somebody was forgotten and
 * `MOISSON_SECRET` is missing or has changed.
 */
export async function readForgotten(
  repository: Pick<ForgettingRepository, "traces">,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<ForgottenPeople> {
  const traces = await repository.traces();
  if (traces.length === 0) return nobody;
  const key = traceKey(environment);
  const people = key === null ? null : forgottenPeople(traces, key);
  if (people !== null && people.unreadable === 0) return people;
  throw new FeedRefused("forgotten-unknown", { people: people?.unreadable ?? traces.length, isMissing: key === null ? 1 : 0 });
}
