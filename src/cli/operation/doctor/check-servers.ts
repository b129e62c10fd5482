import { connect, isIP } from "node:net";
import { connect as connectTls } from "node:tls";
import { queueSchema } from "../../../catalogue/connection/queue-schema.ts";
import { providerProblem } from "../../../console/access/oidc.ts";
import { externalSignIns } from "../../../console/console-settings.ts";
import { readJobSettings } from "../../../jobs/job-settings.ts";
import { noQueue } from "../../../jobs/queue/no-queue.ts";
import { checkRedis, openRunQueue, redisVersion } from "../../../jobs/queue/open-run-queue.ts";
import { QueueRefused } from "../../../jobs/queue/queue-refused.ts";
import { workerQueues } from "../../../jobs/queue/worker-queues.ts";
import type { Config } from "../../../platform/config.ts";
import { readMailSettings } from "../../../platform/mail/mail-settings.ts";
import { mailServerProblem } from "../../../platform/mail/send-mail.ts";
import { type Finding, fault, fine, some } from "./finding.ts";

const answerWithinMs = 5000;

/** Checks that the queue can be used, and refuses a Redis that may evict jobs. `takingRuns`: how many workers of the catalogue take runs. */
export async function checkQueue(config: Config, takingRuns: number): Promise<Finding[]> {
  if (config.databaseUrl === null) return [fine("queue", "in the memory of the worker")];
  const check = config.redisUrl === null ? "queue" : "redis";
  const settings = readJobSettings(config.environment);
  const { queue: name } = settings;
  try {
    // Opening it would create it. If the database is away, the queue says so below.
    const schema = config.redisUrl === null ? await queueSchema(config.databaseUrl).catch(() => null) : null;
    if (schema?.exists === false)
      return [
        takingRuns === 0
          ? fine(check, "on the PostgreSQL of DATABASE_URL; the first worker creates it")
          : fault(check, "the workers use a Redis, and REDIS_URL is not set here", "set REDIS_URL here, as for the workers"),
      ];
    if (config.redisUrl === null) {
      const queue = await openRunQueue(config, settings);
      await queue.close();
      if (queue === noQueue) return [fine(check, "the role may not use it; workers find requested runs in the catalogue")];
    } else await checkRedis(config.redisUrl); // Opening the queue would create its key.
    const workers = await workerQueues(config);
    // Other installations may use this Redis: without a worker of this catalogue, its workers are theirs.
    const isWrong = !workers.includes(name) && (config.redisUrl === null ? workers.length > 0 : takingRuns > 0);
    if (isWrong) return [otherQueueFault(check, name, workers)];
    if (config.redisUrl === null) return [fine(check, "on the PostgreSQL of DATABASE_URL")];
    return [fine(check, `version ${await redisVersion(config.redisUrl)}, never evicts keys`)];
  } catch (error) {
    if (!(error instanceof QueueRefused)) throw error;
    return [
      fault(
        check,
        error.message,
        check === "redis" ? "correct REDIS_URL or the Redis server" : "correct DATABASE_URL, or the rights of its user",
      ),
    ];
  }
}

/** `workers`: queues with connected workers, none of which is `name`. */
function otherQueueFault(check: string, name: string, workers: readonly string[]): Finding {
  if (workers.length === 0)
    return fault(check, "no worker is connected to this database of this Redis", "set REDIS_URL here, as for the workers");
  const message = `no worker takes runs from the queue ${name}; workers take them from ${some(workers)}`;
  return fault(check, message, `set MOISSON_QUEUE=${workers[0]} here, as for the workers`);
}

/** Connects to the mail server and signs in; sends nothing. */
export async function checkMail({ environment }: Config): Promise<Finding[]> {
  const mail = readMailSettings(environment);
  if (mail === null) return [fine("mail", "not configured")];
  const problem = await mailServerProblem(mail, answerWithinMs);
  if (problem === null) return [fine("mail", `${mail.host}:${mail.port} accepts us; no mail was sent`)];
  return [
    fault(
      "mail",
      `${mail.host}:${mail.port}: ${problem}`,
      "correct MOISSON_SMTP_URL (smtps:// for port 465, smtp:// for others), or the firewall; `moisson digest --send` tries it",
    ),
  ];
}

/** Reads the metadata of the external sign-ins; nobody signs in. */
export async function checkSignIns({ environment }: Config): Promise<Finding[]> {
  const found = Object.entries(externalSignIns(environment)).map(async ([prefix, oidc]) => {
    if (oidc === null) return [];
    const problem = await providerProblem(oidc);
    const { host } = new URL(oidc.issuer);
    if (problem === null) return [fine("sign-in", `${prefix}ISSUER: ${host} answers`)];
    return [
      fault("sign-in", `${prefix}ISSUER: ${host} ${problem}`, `correct ${prefix}ISSUER, or the firewall: ${metadataOf(oidc.issuer)}`),
    ];
  });
  return (await Promise.all(found)).flat();
}

/** Returns what to type to see what the provider says. */
function metadataOf(issuer: string): string {
  return `curl ${issuer.replace(/\/+$/, "")}/.well-known/openid-configuration`;
}

/** Connects to the servers of `HEARTBEAT_URL` and the webhook; requests nothing. */
export async function checkAddresses({ environment }: Config): Promise<Finding[]> {
  const names = ["HEARTBEAT_URL", "MOISSON_DIGEST_WEBHOOK"];
  const found = await Promise.all(names.map((name) => addressFinding(name, environment[name])));
  return found.flatMap((finding) => finding ?? []);
}

async function addressFinding(name: string, address: string | undefined): Promise<Finding | null> {
  if (address === undefined || !URL.canParse(address)) return null;
  const url = new URL(address);
  const problem = await connectionProblem(url, answerWithinMs);
  // Never the path, which can be a secret.
  if (problem === null) return fine("address", `${name}: ${url.host} accepts connections`);
  return fault("address", `${name}: ${url.host} cannot be reached (${problem})`, "correct the address, DNS or the firewall");
}

/** Connects to the server of an address, with TLS for https, and disconnects. Returns the code of the failure, or null. */
function connectionProblem(url: URL, answerWithinMs: number): Promise<string | null> {
  const isTls = url.protocol === "https:";
  const host = url.hostname.replace(/^\[(.*)\]$/, "$1");
  const place = { host, port: Number(url.port) || (isTls ? 443 : 80) };
  return new Promise((resolve) => {
    const socket = isTls ? connectTls({ ...place, ...(isIP(host) === 0 && { servername: host }) }) : connect(place);
    const end = (problem: string | null) => {
      socket.destroy();
      resolve(problem);
    };
    socket.setTimeout(answerWithinMs, () => end("ETIMEDOUT"));
    socket.once(isTls ? "secureConnect" : "connect", () => end(null));
    socket.once("error", (error) => end("code" in error ? String(error.code) : "failed"));
  });
}
