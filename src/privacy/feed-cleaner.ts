import { bytesHold } from "./feed-holds.ts";
import { forgetIn } from "./forget-in.ts";
import { readForgotten } from "./read-forgotten.ts";

/**
 * What a run reads its feed through; null where nobody was ever forgotten. To be asked for after the run has taken its fencing token: who is forgotten later ends the run.
 * @throws FeedRefused `forgotten-unknown`: see `readForgotten`
 */
export async function feedCleaner(
  repository: Parameters<typeof readForgotten>[0],
  environment: Readonly<Record<string, string | undefined>>,
): Promise<{ clean<T>(value: T): T; isIn(bytes: AsyncIterable<Uint8Array>): Promise<boolean> } | null> {
  const people = await readForgotten(repository, environment);
  if (people.isEmpty) return null;
  return {
    // Texts stay texts and members stay where they are: only what is in them changes.
    clean: <T>(value: T) => forgetIn(value, people) as T,
    isIn: (bytes) => bytesHold(bytes, people),
  };
}
