import { createHmac, randomBytes } from "node:crypto";
import { RateLimiterMemory } from "rate-limiter-flexible";

/** A number of requests per window. */
export interface Limit {
  /** Name of the policy in headers. */
  readonly name: string;
  readonly max: number;
}

/** The remaining requests of a client. */
export interface Left {
  readonly used: number;
  readonly isOver: boolean;
  /** Seconds until the window ends. */
  readonly seconds: number;
  /** `RateLimit-Policy` and `RateLimit` (IETF draft), and `Retry-After` when the limit is reached. */
  readonly headers: Readonly<Record<string, string>>;
}

/** Counts the requests of this process. */
export interface Limits {
  /** Counts a request and returns the remaining number. */
  spend(limit: Limit, who: string): Promise<Left>;
  /** Returns the remaining number without counting. */
  look(limit: Limit, who: string): Promise<Left>;
}

/**
 * Number of counters, which bounds memory. Two clients may share a counter by chance. Nobody can choose another client's counter, because
 * the assignment changes at each start.
 */
const places = 65_536;

/** Creates limits with windows of this many seconds, starting with a client's first request. */
export function createLimits(windowSeconds = 60): Limits {
  const counter = new RateLimiterMemory({ points: Number.MAX_SAFE_INTEGER, duration: windowSeconds });
  const salt = randomBytes(16);
  const placeOf = ({ name }: Limit, who: string) => `${name} ${createHmac("sha256", salt).update(who).digest().readUInt32BE() % places}`;
  const left = ({ name, max }: Limit, used: number, msLeft: number): Left => {
    const seconds = Math.max(1, Math.ceil(msLeft / 1000));
    const isOver = used > max;
    const policy = `"${name}";q=${max};w=${windowSeconds}`;
    const rest = `"${name}";r=${Math.max(0, max - used)};t=${seconds}`;
    const headers = { "ratelimit-policy": policy, ratelimit: rest, ...(isOver && { "retry-after": String(seconds) }) };
    return { used, isOver, seconds, headers };
  };
  return {
    async spend(limit, who) {
      const { consumedPoints, msBeforeNext } = await counter.consume(placeOf(limit, who));
      return left(limit, consumedPoints, msBeforeNext);
    },
    async look(limit, who) {
      const found = await counter.get(placeOf(limit, who));
      return left(limit, found?.consumedPoints ?? 0, found?.msBeforeNext ?? windowSeconds * 1000);
    },
  };
}

/** Limit of clients without a key, by address. All limits are requests per minute. */
export const anonymousLimit: Limit = { name: "anonymous", max: 120 };

/** Requests for territories without a key, by address: all pages of the usual size, in one minute. */
export const territoryLimit: Limit = { name: "territories", max: 1000 };

/** Failed exchanges of a key for a token, by address. */
export const exchangeLimit: Limit = { name: "exchange", max: 10 };

/** Reports of errors, by address. */
export const reportLimit: Limit = { name: "report", max: 5 };

/** Refused tokens, by address. */
export const refusedLimit: Limit = { name: "refused", max: 30 };

/** Requests with a key, from any address. */
export function keyLimit(perMinute: number): Limit {
  return { name: "key", max: perMinute };
}
