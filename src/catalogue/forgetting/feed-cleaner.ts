import { FeedRefused } from "../../model/run/run-error.ts";
import { readSecrets } from "../../platform/secrets.ts";
import { bytesHold } from "../../privacy/feed-names-person.ts";
import { forgetIn } from "../../privacy/forget-in-value.ts";
import { type ForgottenPeople, forgottenPeople } from "../../privacy/forgotten-people.ts";
import type { PersonTrace } from "../../privacy/person-trace.ts";
import type { ForgettingRepository } from "./forgetting-repository.ts";

/**
 * Returns the cleaner of a run's feed, or null if nobody was ever forgotten. Call it after the run has taken its fencing token: if somebody
 * is forgotten later, the run is ended. Throws like `readForgotten`.
 */
export async function feedCleaner(
  repository: Parameters<typeof readForgotten>[0],
  environment: Readonly<Record<string, string | undefined>>,
): Promise<ReturnType<typeof cleanerOf> | null> {
  const forgotten = await readTraces(repository, environment);
  return forgotten === null ? null : cleanerOf(forgotten);
}

/** Returns the cleaner for these people. Threads call it with the `data` of another cleaner's `origin`. */
export function cleanerOf(forgotten: ForgottenTraces) {
  const people = peopleOf(forgotten);
  return {
    // `forgetIn` changes only texts, so the type stays the same.
    clean: <T>(value: T): T => forgetIn(value, people) as T,
    isIn: (bytes: AsyncIterable<Uint8Array>) => bytesHold(bytes, people),
    origin: { module: import.meta.url, data: forgotten },
  };
}

/** The traces of all forgotten people, and the keys they were made with. Plain data, for threads. */
interface ForgottenTraces {
  readonly traces: readonly PersonTrace[];
  readonly keys: readonly Uint8Array[];
}

function peopleOf({ traces, keys }: ForgottenTraces): ForgottenPeople {
  return forgottenPeople(
    traces,
    keys.map((key) => Buffer.from(key).toString()),
  );
}

const nobody = forgottenPeople([], []);

/**
 * Returns the forgotten people, whom a feed must not bring back. Throws `FeedRefused` `forgotten-unknown` if somebody was forgotten
 * under a key that is neither `MOISSON_SECRET` nor an old one.
 */
export async function readForgotten(
  repository: Pick<ForgettingRepository, "traces">,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<ForgottenPeople> {
  const forgotten = await readTraces(repository, environment);
  return forgotten === null ? nobody : peopleOf(forgotten);
}

async function readTraces(
  repository: Pick<ForgettingRepository, "traces">,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<ForgottenTraces | null> {
  const traces = await repository.traces();
  if (traces.length === 0) return null;
  const secrets = readSecrets(environment);
  const unreadable = forgottenPeople(traces, secrets ?? []).unreadable;
  if (unreadable === 0) return { traces, keys: (secrets ?? []).map((secret) => Buffer.from(secret)) };
  throw new FeedRefused("forgotten-unknown", { people: unreadable, isMissing: secrets === null ? 1 : 0 });
}
