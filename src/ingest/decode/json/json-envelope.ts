import type { DecodeOptions } from "../../../kit/definition.ts";
import { FeedUnreadable } from "../../../model/run/run-error.ts";
import type { Decoded } from "../decoded.ts";

/** Checks the members of the root object other than the records, and reads the announced total. */
export class JsonEnvelope {
  readonly #mustBe: ReadonlyMap<string, string | number | boolean>;
  readonly #totalKey: string | undefined;
  readonly #seen = new Set<string>();

  constructor(options: Extract<DecodeOptions, { format: "json" }>) {
    this.#mustBe = new Map(Object.entries(options.mustBe ?? {}));
    this.#totalKey = options.total;
  }

  /** Reads a member of the root. Returns the announced total if it is that. Throws `FeedUnreadable` (`envelope-says-error`). */
  read(key: string, value: unknown): Decoded[] {
    const expected = this.#mustBe.get(key);
    if (expected !== undefined && value !== expected) throw saysError(key, value);
    this.#seen.add(key);
    const total = key === this.#totalKey ? asCount(value) : null;
    return total === null ? [] : [{ kind: "total", total }];
  }

  /** Ends the root object. Throws `FeedUnreadable` (`envelope-says-error`) if a required key is missing. */
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
