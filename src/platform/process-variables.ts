/** Processes that can run apart, each with its own database role and its own secrets. */
export const serverProcesses = ["api", "public", "console", "worker"] as const;
export type ServerProcess = (typeof serverProcesses)[number];

/** Returns the variable with the password of a process's database role: `MOISSON_API_DB_PASSWORD`. */
export function passwordVariable(process: ServerProcess): string {
  return `MOISSON_${process.toUpperCase()}_DB_PASSWORD`;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Variables of every process. A final `*` matches any ending. */
const common = [
  "DATABASE_URL",
  "MOISSON_CONNECTORS",
  "MOISSON_HOME",
  "MOISSON_LOG",
  "MOISSON_NOW",
  "MOISSON_SHARED",
  "MOISSON_USER",
  "USER",
];

/** Variables that only some processes read. */
const variables: Readonly<Record<ServerProcess, { readonly reads: readonly string[]; readonly ignores: readonly string[] }>> = {
  api: { reads: [...common, "MOISSON_API_*", "MOISSON_OPEN_DATA_*", "MOISSON_PUBLIC_URL"], ignores: [] },
  public: {
    reads: [
      ...common,
      "MOISSON_PUBLIC_*",
      "MOISSON_CONSOLE_NAME",
      "MOISSON_CONSOLE_STATE",
      "MOISSON_CONSOLE_OWNER",
      "MOISSON_CONSOLE_CONTACT",
      "MOISSON_CONSOLE_CHECK",
    ],
    ignores: [],
  },
  // Connectors choose the names of their secrets, so these two read everything that is not another process's.
  console: { reads: ["*"], ignores: ["HEARTBEAT_URL", "MOISSON_DIGEST_WEBHOOK"] },
  worker: { reads: ["*"], ignores: ["MOISSON_OIDC_*", "MOISSON_PUBLIC_OIDC_*"] },
};

/** Our variables that contain secrets. */
const secretVariables = [
  "REDIS_URL",
  "MOISSON_SECRET",
  "MOISSON_OLD_SECRETS",
  "MOISSON_OIDC_CLIENT_SECRET",
  "MOISSON_PUBLIC_OIDC_CLIENT_SECRET",
  "MOISSON_SMTP_URL",
  "MOISSON_DIGEST_WEBHOOK",
  "HEARTBEAT_URL",
] as const;

/**
 * Returns the variables that a process may read. On the embedded catalogue, one process does everything, so it reads all. `ignored`:
 * secrets of other processes that are set and were left out.
 */
export function ownVariables(
  process: ServerProcess,
  environment: Environment,
): { readonly own: Environment; readonly ignored: readonly string[] } {
  if (!environment.DATABASE_URL) return { own: environment, ignored: [] };
  const { reads, ignores } = variables[process];
  const isOwn = (name: string) => reads.some((pattern) => matches(pattern, name)) && !ignores.some((pattern) => matches(pattern, name));
  return {
    own: Object.fromEntries(Object.entries(environment).filter(([name]) => isOwn(name))),
    ignored: secretVariables.filter((name) => environment[name] && !isOwn(name)),
  };
}

function matches(pattern: string, name: string): boolean {
  return pattern.endsWith("*") ? name.startsWith(pattern.slice(0, -1)) : name === pattern;
}
