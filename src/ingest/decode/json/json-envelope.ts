import type { DecodeOptions } from "../../../kit/definition.ts";
import { FeedUnreadable } from "../../../model/run/run-error.ts";
import type { Decoded } from "../decoded.ts";

/** What is checked and read of the root object beside the records. */
export class JsonEnvelope {
  readonly #mustBe: ReadonlyMap<string, string | number | boolean>;
  readonly #totalKey: string | undefined;
  readonly #seen = new Set<string>();

  constructor(options: Extract<DecodeOptions, { format: "json" }>) {
    this.#mustBe = new Map(Object.entries(options.mustBe ?? {}));
    this.#totalKey = options.total;
  }

  /**
   * Takes a member of the root; gives the announced total where it is that.
   * @throws FeedUnreadable `envelope-says-error`
   */
  read(key: string, value: unknown): Decoded[] {
    const expected = this.#mustBe.get(key);
    if (expected !== undefined && value !== expected) throw saysError(key, value);
    this.#seen.add(key);
    const total = key === this.#totalKey ? asCount(value) : null;
    return total === null ? [] : [{ kind: "total", total }];
  }

  /**
   * Called when the root object has ended.
   * @throws FeedUnreadable `envelope-says-error` where a key that must be there is not
   */
  end(): void {
    for (const key of this.#mustBe.keys()) if (!this.#seen.has(key)) throw saysError(key, undefined);
  }
}

function saysError(key: string, found: unknown): FeedUnreadable {
  return new FeedUnreadable("envelope-says-error", { key, found: (JSON.stringify(found) ?? "absent").slice(0, 200) });
}

function asCount(value: unknown): number | null {
  if (value === null || value === "" || (typeof value !== "number" && typeof value !== "string")) return null;
  const count = Number(value);
  return Number.isSafeInteger(count) && count >= 0 ? count : null;
}
