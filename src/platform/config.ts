import { existsSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { z } from "zod";

const isoInstant = z.iso.datetime({ offset: true, error: "an ISO instant, as 2026-11-25T02:00:00Z" });
const hostEntry = /^(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9._-]+)(:\d{1,5})?$/;

const logLevels = ["trace", "debug", "info", "warn", "error", "fatal", "silent"] as const;

const Environment = z.object({
  MOISSON_HOME: z.string().min(1).optional(),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, "an address that begins with postgres://, as postgres://moisson:password@127.0.0.1:5432/moisson")
    .optional(),
  REDIS_URL: z
    .string()
    .regex(/^rediss?:\/\//, "an address that begins with redis://, as redis://127.0.0.1:6379")
    .optional(),
  // A mistyped folder would look like a folder without connectors.
  MOISSON_CONNECTORS: z
    .string()
    .refine((folder) => {
      const inner = ["connectors", "mappings"].map((name) => join(folder, name)).filter((path) => existsSync(path));
      return inner.length > 0 && inner.every(isReadableFolder);
    }, "a folder with connectors/ and mappings/ that the user of this process may read")
    .optional(),
  MOISSON_ALLOW_HOSTS: z
    .string()
    .transform((text) =>
      text
        .split(",")
        .map((host) => host.trim())
        .filter((host) => host !== ""),
    )
    .refine((hosts) => hosts.every((host) => hostEntry.test(host)), "a list host:port,host:port")
    .optional(),
  MOISSON_NOW: isoInstant.optional(),
  MOISSON_SHARED: z.string().min(1).optional(),
  MOISSON_LOG: z.enum(logLevels, { error: `one of ${logLevels.join(", ")}` }).optional(),
  MOISSON_USER: z.string().min(1).optional(),
});

function isReadableFolder(path: string): boolean {
  try {
    readdirSync(path);
    return true;
  } catch {
    return false;
  }
}

/** Names of the variables that every command reads. */
export const configVariables: readonly string[] = Object.keys(Environment.shape);

/** Settings of this process, read from the environment. */
export interface Config {
  /** Folder of the embedded catalogue. */
  readonly home: string;
  readonly databaseUrl: string | null;
  readonly redisUrl: string | null;
  /** A folder with `connectors/`, `mappings/` and optionally `fixtures/`, in addition to our own. */
  readonly connectorsFolder: string | null;
  /** `host:port` pairs with a private address that fetch may reach. */
  readonly allowHosts: readonly string[];
  /** Fixed current time; null for the machine's clock. */
  readonly fixedNow: string | null;
  readonly environment: Variables;
}

/** Invalid settings. The message has a line for each variable. The command line exits with 2. */
export class WrongSettings extends Error {
  constructor(readonly problems: readonly string[]) {
    super(problems.join("\n"));
    this.name = "WrongSettings";
  }
}

/** Environment variables by name. */
type Variables = Readonly<Record<string, string | undefined>>;

/** Returns the variables that are set. Empty ones count as unset. */
function filledOf(environment: Variables): Variables {
  return Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined && value !== ""));
}

/**
 * Reads variables. Empty ones count as unset. `alsoWrong` finds further problems in the set ones. Throws `WrongSettings` with a line per
 * problem. The lines contain no values, because they may be secret.
 */
export function readVariables<Shape extends z.ZodType>(
  shape: Shape,
  environment: Variables,
  alsoWrong: (filled: Variables) => readonly string[] = () => [],
): z.infer<Shape> {
  const filled = filledOf(environment);
  const parsed = shape.safeParse(filled);
  const wrong = parsed.success ? [] : parsed.error.issues.map((found) => `${String(found.path[0])}: expected ${found.message}`);
  const problems = [...wrong, ...alsoWrong(filled)];
  if (!parsed.success || problems.length > 0) throw new WrongSettings(problems);
  return parsed.data;
}

/** Reads the environment. Throws `WrongSettings`. */
export function readConfig(environment: Variables): Config {
  const values = readVariables(Environment, environment);
  return {
    home: resolve(values.MOISSON_HOME ?? ".moisson"),
    databaseUrl: values.DATABASE_URL ?? null,
    redisUrl: values.REDIS_URL ?? null,
    connectorsFolder: values.MOISSON_CONNECTORS === undefined ? null : resolve(values.MOISSON_CONNECTORS),
    allowHosts: values.MOISSON_ALLOW_HOSTS ?? [],
    fixedNow: values.MOISSON_NOW ?? null,
    environment: filledOf(environment),
  };
}
