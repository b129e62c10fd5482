import { connect, isIP } from "node:net";
import { connect as connectTls } from "node:tls";
import { queueSchema } from "../../../catalogue/connection/queue-schema.ts";
import { readJobSettings } from "../../../jobs/job-settings.ts";
import { noQueue } from "../../../jobs/queue/no-queue.ts";
import { openRunQueue, redisVersion } from "../../../jobs/queue/open-run-queue.ts";
import { QueueRefused } from "../../../jobs/queue/queue-refused.ts";
import type { Config } from "../../../platform/config.ts";
import { readMailSettings } from "../../../platform/mail/mail-settings.ts";
import { mailServerProblem } from "../../../platform/mail/send-mail.ts";
import { type Finding, fault, fine } from "./finding.ts";

const answerWithinMs = 5000;

/** Opens the queue, which refuses a Redis that may evict jobs. */
export async function checkQueue(config: Config): Promise<Finding[]> {
  if (config.databaseUrl === null) return [fine("queue", "in the memory of the worker")];
  const check = config.redisUrl === null ? "queue" : "redis";
  try {
    // Opening it would create it. If the database is away, the queue says so below.
    const schema = config.redisUrl === null ? await queueSchema(config.databaseUrl).catch(() => null) : null;
    if (schema?.exists === false) return [fine(check, "on the PostgreSQL of DATABASE_URL; the first worker creates it")];
    const queue = await openRunQueue(config, readJobSettings(config.environment));
    await queue.close();
    if (queue === noQueue) return [fine(check, "the role may not use it; workers find requested runs in the catalogue")];
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

/** Connects to the mail server and signs in; sends nothing. */
export async function checkMail({ environment }: Config): Promise<Finding[]> {
  const mail = readMailSettings(environment);
  if (mail === null) return [fine("mail", "not configured")];
  const problem = await mailServerProblem(mail, answerWithinMs);
  if (problem === null) return [fine("mail", `${mail.host}:${mail.port} accepts us; no mail was sent`)];
  return [
    fault("mail", `${mail.host}:${mail.port}: ${problem}`, "correct MOISSON_SMTP_URL, or the firewall; `moisson digest --send` tries it"),
  ];
}

/** Connects to the servers of `HEARTBEAT_URL`, the webhook and OpenID Connect; requests nothing. */
export async function checkAddresses({ environment }: Config): Promise<Finding[]> {
  const names = ["HEARTBEAT_URL", "MOISSON_DIGEST_WEBHOOK", "MOISSON_OIDC_ISSUER"];
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
