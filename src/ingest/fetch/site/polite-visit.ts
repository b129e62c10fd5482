import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { FeedRefused, FeedUnreachable, FeedUnreadable } from "../../../model/run/run-error.ts";
import type { HttpClient } from "../../../platform/http-client.ts";
import { shownAddress } from "../../../platform/shown-address.ts";
import { type Downloaded, downloadPart } from "../download-part.ts";
import type { Validators } from "../fetched-feed.ts";
import { type RetryTiming, withRetries } from "../with-retries.ts";
import { everythingAllowed, type RobotsRules, readRobots } from "./robots-rules.ts";

const timeoutMs = 60_000;
const robotsMegabytes = 1;
const pageMegabytes = 8;

/** How a site is visited. */
export interface VisitOptions extends RetryTiming {
  readonly client: HttpClient;
  readonly pauseSeconds: number;
  /** Sent with each request; the User-Agent names a contact. */
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal | undefined;
  spoolFolder(): Promise<string>;
}

/** Requests pages of sites one by one, with a pause between two requests to the same host, where robots.txt allows them. */
export class PoliteVisit {
  readonly #robots = new Map<string, RobotsRules | FeedUnreachable>();
  readonly #lastAt = new Map<string, number>();
  /** Bytes received so far, robots.txt included. */
  bytes = 0;

  constructor(private readonly options: VisitOptions) {}

  /** Returns true if robots.txt allows the address. Throws `FeedUnreachable` if robots.txt cannot be read, which forbids everything. */
  async mayRequest(url: URL): Promise<boolean> {
    const rules = await this.#rulesOf(url);
    if (rules instanceof FeedUnreachable) throw rules;
    return rules.allows(url);
  }

  /** Throws `FeedRefused` (`robots-refused`) unless robots.txt allows the address. */
  async checkAllowed(url: URL): Promise<void> {
    if (!(await this.mayRequest(url))) throw new FeedRefused("robots-refused", { url: shownAddress(url) });
  }

  /** Returns the pause before the next request to a host, in milliseconds. */
  async pauseMs(url: URL): Promise<number> {
    const rules = await this.#rulesOf(url);
    const delay = rules instanceof FeedUnreachable ? 0 : (rules.delaySeconds ?? 0);
    return 1000 * Math.max(this.options.pauseSeconds, delay);
  }

  /** Returns the sitemaps that robots.txt names. */
  async sitemaps(url: URL): Promise<readonly string[]> {
    const rules = await this.#rulesOf(url);
    return rules instanceof FeedUnreachable ? [] : rules.sitemaps;
  }

  /** Waits until the host may be asked again, and requests a page. `name`: of its file. Throws the errors of `downloadPart`. */
  async page(url: URL, name: string, validators: Validators | undefined): Promise<Downloaded> {
    await this.#waitFor(url, await this.pauseMs(url));
    return this.#download(url, name, pageMegabytes, validators);
  }

  async #rulesOf(url: URL): Promise<RobotsRules | FeedUnreachable> {
    const known = this.#robots.get(url.origin);
    if (known !== undefined) return known;
    const rules = await this.#readRobots(new URL("/robots.txt", url));
    this.#robots.set(url.origin, rules);
    return rules;
  }

  async #readRobots(url: URL): Promise<RobotsRules | FeedUnreachable> {
    try {
      const { part } = await this.#download(url, "robots.txt", robotsMegabytes, undefined);
      return part === null ? everythingAllowed : readRobots(new TextDecoder().decode(await readFile(part.path)));
    } catch (error) {
      // RFC 9309: a status from 400 to 499, or too many redirects, means that there are no rules. Any other failure forbids everything.
      if (error instanceof FeedUnreachable) return isClientError(error.params.status) ? everythingAllowed : error;
      if (error instanceof FeedUnreadable) return new FeedUnreachable("body-cut-short", { url: shownAddress(url) }, { cause: error });
      if (!(error instanceof FeedRefused) || error.code === "address-refused") throw error;
      return everythingAllowed;
    }
  }

  async #download(url: URL, name: string, megabytes: number, validators: Validators | undefined): Promise<Downloaded> {
    const { client, headers, signal } = this.options;
    const limit = { bytes: megabytes * 1024 ** 2, megabytes, isOfPage: true };
    const path = async () => join(await this.options.spoolFolder(), name);
    const request = { url, headers, secretHeaders: {}, path, limit, timeoutMs, signal, onProgress: () => undefined };
    try {
      const downloaded = await withRetries(
        () => downloadPart(client, validators === undefined ? request : { ...request, validators }),
        this.options,
        signal,
      );
      this.bytes += downloaded.part?.bytes ?? 0;
      return downloaded;
    } finally {
      this.#lastAt.set(url.host, performance.now());
    }
  }

  async #waitFor({ host }: URL, pauseMs: number): Promise<void> {
    const last = this.#lastAt.get(host);
    const left = last === undefined ? 0 : last + pauseMs - performance.now();
    if (left > 0) await this.options.wait(left, this.options.signal);
  }
}

function isClientError(status: string | number | undefined): boolean {
  return Number(status) >= 400 && Number(status) < 500;
}
