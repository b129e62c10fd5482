import { totalmem } from "node:os";
import { readConsoleSettings, readPublicSettings } from "../../../console/console-settings.ts";
import { readJobSettings } from "../../../jobs/job-settings.ts";
import { secretNames } from "../../../kit/feed.ts";
import type { LoadedConnector } from "../../../kit/loaded-connector.ts";
import type { Config } from "../../../platform/config.ts";
import { readApiSettings } from "../../../publish/api/api-settings.ts";
import { unknownVariableMessage, unknownVariables } from "../../unknown-variables.ts";
import { type Finding, fault, warning } from "./finding.ts";

type Environment = Config["environment"];

/** Finds variables that nothing reads, and values that nobody meant. */
export function checkVariables(environment: Environment, connectors: readonly LoadedConnector[]): Finding[] {
  const addresses = connectors.flatMap(({ definition: { feed } }) => feed.urlFrom ?? []);
  const names = [...addresses, ...connectors.flatMap(({ definition: { feed } }) => secretNames(feed))];
  const unknown = unknownVariables(environment, names).map((found) =>
    warning(
      "variable",
      unknownVariableMessage(found),
      found.meant === undefined ? `remove ${found.name}` : `rename ${found.name} to ${found.meant}`,
    ),
  );
  return [...unknown, ...Object.entries(environment).flatMap(([name, value = ""]) => valueFindings(name, value, addresses))];
}

/** Never shows the value, which may be secret. */
function valueFindings(name: string, value: string, addresses: readonly string[]): Finding[] {
  const isOurs = /^(MOISSON_|DATABASE_URL$|REDIS_URL$|HEARTBEAT_URL$)/.test(name);
  if (isOurs && name !== "MOISSON_OLD_SECRETS" && value !== value.trim())
    return [warning("variable", `${name} begins or ends with a blank or a line end`, `write ${name} again without it`)];
  if (isOurs && /^(["']).*\1$/s.test(value))
    return [warning("variable", `${name} begins and ends with a quotation mark`, `write ${name}=value without them`)];
  if (isOurs && /<[^<>]+>|…/.test(value) && name.match(/_(URL|SECRET|PASSWORD)$/))
    return [fault("variable", `${name} contains a placeholder of the documentation`, `write the real value into ${name}`)];
  if (/^https?_proxy$/i.test(name))
    return [
      warning(
        "variable",
        `${name} has no effect: Moisson connects directly to feeds, mail and sign-ins`,
        `allow this machine to connect to them, and remove ${name}`,
      ),
    ];
  if (addresses.includes(name) && !/^https?:\/\//.test(value))
    return [fault("variable", `${name} is not an address`, `write ${name}=https://…`)];
  return [];
}

/** Finds settings that are valid one by one and wrong together. */
export function checkCombinations(config: Config): Finding[] {
  const { environment, databaseUrl, redisUrl, fixedNow } = config;
  const console = readConsoleSettings(environment);
  const servers = [
    { name: "CONSOLE", settings: console },
    ...(console.publicUrl === null ? [] : [{ name: "PUBLIC", settings: readPublicSettings(environment) }]),
    { name: "API", settings: readApiSettings(environment) },
  ];
  const findings: Finding[] = [];
  if (fixedNow !== null) findings.push(warning("clock", "MOISSON_NOW stops the clock of every process", "remove MOISSON_NOW"));
  if (redisUrl !== null && databaseUrl === null)
    findings.push(warning("redis", "REDIS_URL has no effect on the embedded catalogue", "set DATABASE_URL, or remove REDIS_URL"));
  if (databaseUrl !== null && environment.MOISSON_HOME !== undefined)
    findings.push(
      warning("catalogue", "MOISSON_HOME has no effect beside DATABASE_URL", "remove MOISSON_HOME, or DATABASE_URL for a trial"),
    );
  if (console.publicUrl !== null && console.publicUrl === console.url)
    findings.push(
      fault(
        "address",
        "MOISSON_PUBLIC_URL and MOISSON_CONSOLE_URL are the same address",
        "give `moisson public` a host of its own in MOISSON_PUBLIC_URL, or remove MOISSON_PUBLIC_URL: the console then serves its pages",
      ),
    );
  if (environment.MOISSON_SMTP_URL !== undefined && console.url === null && databaseUrl !== null)
    findings.push(
      warning("address", "mails have no links without MOISSON_CONSOLE_URL", "set MOISSON_CONSOLE_URL to the console's address"),
    );
  return [...findings, ...servers.flatMap(proxyFindings), ...sharedPorts(config, servers), ...memoryFindings(environment)];
}

interface Server {
  readonly name: string;
  readonly settings: { readonly url: string | null; readonly isBehindProxy: boolean; readonly host: string; readonly port: number };
}

function proxyFindings({ name, settings: { url, isBehindProxy } }: Server): Finding[] {
  if (url === null) return [];
  const { protocol, hostname } = new URL(url);
  const isLocal = hostname === "localhost" || hostname === "[::1]" || /^127\./.test(hostname);
  if (protocol === "http:" && !isLocal)
    return [
      warning(
        "address",
        `passwords and links cross the network unencrypted: MOISSON_${name}_URL begins with http://`,
        `use https:// in MOISSON_${name}_URL`,
      ),
    ];
  // Moisson speaks no TLS, so a proxy does. Without its `X-Forwarded-For`, all visitors share the limits of one.
  if (protocol === "https:" && !isBehindProxy)
    return [
      warning(
        "address",
        `all visitors count as one client: MOISSON_${name}_URL needs a proxy for https, and MOISSON_${name}_PROXY is not set`,
        `set MOISSON_${name}_PROXY=yes`,
      ),
    ];
  return [];
}

/** Two processes of one machine cannot listen on one port. `0.0.0.0` and `::` are containers, each with ports of its own. */
function sharedPorts({ environment }: Config, servers: readonly Server[]): Finding[] {
  const { port, host } = readJobSettings(environment);
  const all = [
    ...servers.map(({ name, settings }) => ({ name: `MOISSON_${name}_PORT`, host: settings.host, port: settings.port })),
    ...(port === null ? [] : [{ name: "MOISSON_PORT", host, port }]),
  ];
  return all.flatMap((one, index) => {
    const other = all
      .slice(index + 1)
      .find((next) => next.port === one.port && next.host === one.host && !/^(0\.0\.0\.0|::)$/.test(one.host));
    if (other === undefined) return [];
    return [fault("port", `${one.name} and ${other.name} are both ${one.port} on ${one.host}`, `write another port into ${other.name}`)];
  });
}

function memoryFindings(environment: Environment): Finding[] {
  const { runsAtOnce, processMemoryMb } = readJobSettings(environment);
  const wanted = (runsAtOnce ?? 2) * processMemoryMb;
  const there = Math.floor(totalmem() / 1024 / 1024);
  if (wanted <= there) return [];
  return [
    warning(
      "memory",
      `the runs of one worker may use ${wanted} MB, and this machine has ${there} MB`,
      "lower MOISSON_RUNS_AT_ONCE or MOISSON_PROCESS_MEMORY_MB",
    ),
  ];
}
