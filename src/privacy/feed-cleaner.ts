import { bytesHold } from "./feed-holds.ts";
import { forgetIn } from "./forget-in.ts";
import { readForgotten } from "./read-forgotten.ts";

/**
 * Returns the cleaner for a run's feed, or null if nobody was ever forgotten. Call it after the run has taken its fencing token, because
 * forgetting somebody later ends the run. Throws `FeedRefused` (`forgotten-unknown`): see `readForgotten`.
 */
export async function feedCleaner(
  repository: Parameters<typeof readForgotten>[0],
  environment: Readonly<Record<string, string | undefined>>,
): Promise<{ clean<T>(value: T): T; isIn(bytes: AsyncIterable<Uint8Array>): Promise<boolean> } | null> {
  const people = await readForgotten(repository, environment);
  if (people.isEmpty) return null;
  return {
    // Only the content of texts changes, not the structure.
    clean: <T>(value: T) => forgetIn(value, people) as T,
    isIn: (bytes) => bytesHold(bytes, people),
  };
}
