import { z } from "zod";
import { WrongSettings } from "../platform/config.ts";

/** A day: timers count milliseconds in 31 bits, and go off at once where they are asked for more. */
const mostSeconds = 86_400;
const seconds = (fallback: number) =>
  z
    .string()
    .regex(/^\d+(\.\d+)?$/, "a number of seconds")
    .transform(Number)
    .refine((value) => value > 0 && value <= mostSeconds, `a number of seconds above 0, at most ${mostSeconds}`)
    .default(fallback);
const count = z
  .string()
  .regex(/^[1-9]\d?$/, "a whole number from 1 to 99")
  .transform(Number);
const port = z
  .string()
  .regex(/^\d{1,5}$/, "a port, 1 to 65535")
  .transform(Number)
  .refine((value) => value > 0 && value < 65_536, "a port, 1 to 65535");

const Environment = z.object({
  MOISSON_RUNS_AT_ONCE: count.optional(),
  MOISSON_LOCK_SECONDS: seconds(30),
  MOISSON_RETRY_SECONDS: seconds(120),
  MOISSON_GRACE_SECONDS: seconds(20),
  MOISSON_TICK_SECONDS: seconds(15),
  MOISSON_PORT: port.optional(),
  MOISSON_QUEUE: z
    .string()
    .regex(/^[a-z][a-z0-9_-]{0,40}$/, "lower-case letters, digits, - and _")
    .default("moisson"),
  MOISSON_LINK_CHECKS: z.enum(["yes", "no"], { error: "yes or no" }).default("yes"),
  HEARTBEAT_URL: z.url({ protocol: /^https?$/, error: "an address that begins with http:// or https://" }).optional(),
});

/** Settings of workers and of who asks for runs, from the environment. */
export interface JobSettings {
  /** Runs that one worker does at the same time; null: 2, or 1 on the embedded catalogue. */
  readonly runsAtOnce: number | null;
  /** A run whose worker was not heard of for so long is given to another. */
  readonly lockSeconds: number;
  /** Pause before a second try; the third waits twice as long. */
  readonly retrySeconds: number;
  /** How long a worker that is asked to stop lets its runs go on before it hands them back. */
  readonly graceSeconds: number;
  /** How often workers look for what is due or was left behind. */
  readonly tickSeconds: number;
  /** Where `/metrics`, `/live` and `/ready` are; null: nowhere. */
  readonly port: number | null;
  /** Name of the queue: catalogues that share a Redis need one each. */
  readonly queue: string;
  /** Links of live aids are looked at. */
  readonly checksLinks: boolean;
  /** Asked once after every night. */
  readonly heartbeatUrl: string | null;
}

/** Reads the settings; throws `WrongSettings`, with a line for each that is wrong and no value, which may be secret. */
export function readJobSettings(environment: Readonly<Record<string, string | undefined>>): JobSettings {
  const parsed = Environment.safeParse(environment);
  if (!parsed.success) throw new WrongSettings(parsed.error.issues.map((found) => `${String(found.path[0])}: expected ${found.message}`));
  const values = parsed.data;
  return {
    runsAtOnce: values.MOISSON_RUNS_AT_ONCE ?? null,
    lockSeconds: values.MOISSON_LOCK_SECONDS,
    retrySeconds: values.MOISSON_RETRY_SECONDS,
    graceSeconds: values.MOISSON_GRACE_SECONDS,
    tickSeconds: values.MOISSON_TICK_SECONDS,
    port: values.MOISSON_PORT ?? null,
    queue: values.MOISSON_QUEUE,
    checksLinks: values.MOISSON_LINK_CHECKS === "yes",
    heartbeatUrl: values.HEARTBEAT_URL ?? null,
  };
}
