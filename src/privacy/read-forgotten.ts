import type { ForgettingRepository } from "../catalogue/retention/forgetting-repository.ts";
import { FeedRefused } from "../model/run/run-error.ts";
import { type ForgottenPeople, forgottenPeople } from "./forgotten-people.ts";
import { traceKey } from "./person-trace.ts";

const nobody = forgottenPeople([], "");

/**
 * Returns the people whom a feed must not bring back. Throws `FeedRefused` (`forgotten-unknown`) if there are some and `MOISSON_SECRET` is
 * missing or another: a run would bring them back unnoticed.
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
