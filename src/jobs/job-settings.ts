import { z } from "zod";
import { defaultBudget } from "../model/run/run-budget.ts";
import { readVariables } from "../platform/config.ts";
import { defaultLeaseSeconds } from "../platform/postgresql-client.ts";
import { addressSetting, portSetting } from "../platform/setting-shapes.ts";
import { radarPlaces } from "./radar/radar-places.ts";

/** One day, because much longer timers fire at once. */
const maxSeconds = 86_400;
const seconds = (fallback: number) =>
  z
    .string()
    .regex(/^\d+(\.\d+)?$/, "a number of seconds")
    .transform(Number)
    .refine((value) => value > 0 && value <= maxSeconds, `a number of seconds above 0, at most ${maxSeconds}`)
    .default(fallback);
const count = z
  .string()
  .regex(/^[1-9]\d?$/, "a whole number from 1 to 99")
  .transform(Number);

const Environment = z.object({
  MOISSON_RUNS_AT_ONCE: count.optional(),
  MOISSON_LOCK_SECONDS: seconds(defaultLeaseSeconds),
  MOISSON_RETRY_SECONDS: seconds(120),
  MOISSON_GRACE_SECONDS: seconds(20),
  MOISSON_TICK_SECONDS: seconds(15),
  MOISSON_PROCESS_MEMORY_MB: z
    .string()
    .regex(/^[1-9]\d{1,5}$/, "a whole number of megabytes, at least 10")
    .transform(Number)
    .default(defaultBudget.memoryMegabytes),
  MOISSON_PORT: portSetting.optional(),
  MOISSON_HOST: z.string().min(1).default("127.0.0.1"),
  MOISSON_QUEUE: z
    .string()
    .regex(/^[a-z][a-z0-9_-]{0,40}$/, "lower-case letters, digits, - and _")
    .default("moisson"),
  MOISSON_LINK_CHECKS: z.enum(["yes", "no"], { error: "yes or no" }).default("yes"),
  MOISSON_RADAR: z.string().optional(),
  HEARTBEAT_URL: addressSetting.optional(),
});

/** Names of the variables of workers. */
export const jobVariables: readonly string[] = Object.keys(Environment.shape);

/** Settings of workers and of commands that request runs. */
export type JobSettings = Readonly<ReturnType<typeof readJobSettings>>;

/** Reads the settings. Throws `WrongSettings` with a line for each invalid one, without values, which may be secret. */
export function readJobSettings(environment: Readonly<Record<string, string | undefined>>) {
  const values = readVariables(Environment, environment);
  return {
    /** Concurrent runs of one worker; null: 2, or 1 on the embedded catalogue. */
    runsAtOnce: values.MOISSON_RUNS_AT_ONCE ?? null,
    /** If a worker sends no heartbeat for this long, another worker repeats its run. */
    lockSeconds: values.MOISSON_LOCK_SECONDS,
    /** Pause before the second try; the third waits twice as long. */
    retrySeconds: values.MOISSON_RETRY_SECONDS,
    /** How long a stopping worker lets its runs go on before it returns them to the queue. */
    graceSeconds: values.MOISSON_GRACE_SECONDS,
    /** Interval at which workers look for abandoned runs and other work; for due runs, they look at least every two seconds. */
    tickSeconds: values.MOISSON_TICK_SECONDS,
    /** Memory that the process of a run may use, if its connector has no budget of its own. */
    processMemoryMb: values.MOISSON_PROCESS_MEMORY_MB,
    /** Port of `/metrics`, `/live` and `/ready`; null for none. */
    port: values.MOISSON_PORT ?? null,
    host: values.MOISSON_HOST,
    /** Name of the queue. Catalogues that share a Redis need one each. */
    queue: values.MOISSON_QUEUE,
    checksLinks: values.MOISSON_LINK_CHECKS === "yes",
    radar: radarPlaces(values.MOISSON_RADAR),
    /** Address requested once after every night. */
    heartbeatUrl: values.HEARTBEAT_URL ?? null,
  };
}
